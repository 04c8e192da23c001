// The zone that takes files: names of what was chosen, and a mark while something is held over it.
// The field itself lies over the whole zone, so that dropping works without a script, too.

for (const zone of document.querySelectorAll("[data-drop]")) {
  const field = zone.querySelector("input[type=file]");
  const names = zone.querySelector("[data-names]");
  field.addEventListener("change", () => {
    names.replaceChildren(...[...field.files].map((file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name} – ${(file.size / 1024).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 0 })} KB`;
      return line;
    }));
    zone.classList.toggle("drop-full", field.files.length > 0);
  });
  for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, () => zone.classList.add("drop-over"));
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("drop-over"));
}
