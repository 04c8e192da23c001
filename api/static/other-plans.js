// When unit or days of a row change, where it meets our plan is asked for anew; nothing is saved.

document.addEventListener("change", async (event) => {
  const row = event.target.closest("[data-meetings]");
  if (!row || event.target.type === "checkbox") return;
  const fields = row.querySelectorAll("[name=unit], [name=other], [name=start], [name=end]");
  const asked = new URLSearchParams([...fields].map((field) => [field.name, field.value]));
  row.dataset.asked = asked;
  const answer = await fetch(`${row.dataset.meetings}?${asked}`, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || row.dataset.asked !== String(asked)) return;
  row.querySelector(".other-meets").innerHTML = await answer.text();
});
