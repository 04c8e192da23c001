// What pages do beyond links and forms: keys, dialogs, cards beside buttons, forms that are sent once.

const byId = (id) => document.getElementById(id);

// Vietnamese with or without accents: "Phường Đống Đa" -> "phuong dong da"
export const folded = (text) =>
  text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");

// --- dialogs --------------------------------------------------------------------------------------------

export function open(id) {
  const dialog = byId(id);
  if (dialog && !dialog.open) {
    dialog.showModal();
    (dialog.querySelector("[autofocus]") ?? dialog.querySelector(".control"))?.focus();
  }
}

document.addEventListener("click", (event) => {
  const opens = event.target.closest("[data-opens]");
  if (opens) open(opens.dataset.opens);
  if (event.target.closest("[data-prints]")) print();
  if (event.target.closest("[data-closes]") || event.target instanceof HTMLDialogElement) {
    event.target.closest("dialog")?.close();
  }
});

// --- cards beside their buttons -------------------------------------------------------------------------

document.addEventListener("toggle", (event) => {
  const card = event.target;
  if (event.newState !== "open" || card.id === "rail" || !card.popover) return;
  const button = document.querySelector(`[popovertarget="${CSS.escape(card.id)}"]`);
  if (!button) return;
  const at = button.getBoundingClientRect();
  const left = Math.max(16, Math.min(at.left, innerWidth - card.offsetWidth - 16));
  const below = at.bottom + 6;
  const top = below + card.offsetHeight > innerHeight - 8 ? Math.max(8, at.top - card.offsetHeight - 6) : below;
  card.style.left = `${left}px`;
  card.style.top = `${top}px`;
}, true);
document.addEventListener("scroll", () => document.querySelector(".how-card:popover-open")?.hidePopover(), { passive: true });

// --- forms ----------------------------------------------------------------------------------------------

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-once]") && form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (form.matches("[data-once]")) form.dataset.sent = "yes";
}, true);
document.addEventListener("change", ({ target }) => {
  if (target.dataset?.shows) byId(target.dataset.shows).type = target.checked ? "text" : "password";
});
const ended = (form) => form?.removeAttribute?.("data-sent");
document.addEventListener("htmx:finally:request", (event) => ended(event.target));
addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach(ended));

document.addEventListener("htmx:after:swap", (event) => {
  const box = event.detail?.ctx?.target;
  if (box?.matches?.("#problem, .form-problem") && box.firstElementChild) {
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: "nearest" });
  }
});
document.addEventListener("htmx:error", () => { byId("lost").hidden = false; });
document.addEventListener("htmx:before:request", () => { byId("lost").hidden = true; });

// --- find and go ----------------------------------------------------------------------------------------

// Links that can be chosen: pages of the menu, then what the server found for exactly these words.
function finderLinks() {
  const fresh = document.querySelector("#finder-more [data-found-for]")?.dataset.foundFor === byId("finder-text").value;
  return [...document.querySelectorAll(`#finder-places li:not([hidden]) a${fresh ? ", #finder-more a" : ""}`)];
}

byId("finder-text")?.addEventListener("input", (event) => {
  const wanted = folded(event.target.value.trim());
  for (const line of byId("finder-places").children) {
    line.hidden = !folded(line.querySelector("span").textContent).includes(wanted);
  }
});
byId("finder-text")?.addEventListener("keydown", (event) => {
  const first = finderLinks()[0];
  if (event.key !== "Enter" || event.isComposing || !first || !event.target.value.trim()) return;
  event.preventDefault(); // without any link the form leads to the page of all that is found
  first.click();
});
byId("finder")?.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = finderLinks();
  const at = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  event.preventDefault();
  (at < 0 ? byId("finder-text") : links[Math.min(at, links.length - 1)])?.focus();
});
document.addEventListener("htmx:after:swap", () => {
  const found = document.querySelector("#finder-more [data-found-for]");
  if (found) byId("finder-told").textContent = found.dataset.told;
});

// --- tabs on a phone: the one that is open is in sight ---------------------------------------------------

for (const tabs of document.querySelectorAll(".tabs")) {
  const open = tabs.querySelector("[aria-current]");
  if (open) tabs.scrollLeft = open.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - open.offsetWidth) / 2;
}

// --- keys -----------------------------------------------------------------------------------------------

let waiting = 0; // moment of a "g" whose second key has not come yet

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    open("finder");
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
  const key = event.key;
  if (waiting && event.timeStamp - waiting < 1500) {
    waiting = 0;
    document.querySelector(`.menu a[data-key="${CSS.escape(key)}"]`)?.click();
    return;
  }
  waiting = 0;
  if (key === "g") waiting = event.timeStamp;
  else if (key === "?") open("keys");
  else if (key === "/") {
    event.preventDefault();
    const field = document.querySelector("main [data-search]");
    if (field) field.focus();
    else open("finder");
  } else {
    // A page with periods marks its links: data-step="ArrowLeft", "ArrowRight", "t"
    document.querySelector(`main [data-step="${CSS.escape(key)}"]`)?.click();
  }
});
