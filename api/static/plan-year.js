// The year grid: a visit opens beside it, is moved by keys or by dragging, checked before it is saved, taken back.

const byId = (id) => document.getElementById(id);
const frame = document.querySelector(".year-frame");
const panel = byId("visit");
const data = byId("year-data") ? JSON.parse(byId("year-data").textContent) : null;
const visits = frame ? [...frame.querySelectorAll("a.v")] : [];
const DAY = 86_400_000;

let chosen = null; // the visit that the panel shows
let move = null; // {mark, copy, from, to}: a move that is not saved yet
let last = 0; // number of the last check that was asked for

const say = (text) => { byId("year-said").textContent = text; };
const iso = (day) => day.toISOString().slice(0, 10);
const shifted = (text, days) => iso(new Date(Date.parse(text) + days * DAY));
const told = (text) => text.split("-").reverse().join("/");
const columnOf = (day) => {
  const at = data.columns.findLastIndex((first) => first <= day);
  return at < 0 || day >= shifted(data.columns.at(-1), data.step) ? -1 : at;
};
const place = (mark, column) => {
  mark.className = mark.className.replace(/\bw\d+\b/, `w${column + 1}`);
};
const spoken = (box) => box.innerText.replace(/\s*\n\s*/g, ". ").replace(/([.:;!?])\. /g, "$1 ").trim(); // lines as sentences
const part = (url, body) => fetch(url, { method: body ? "POST" : "GET", body, headers: { "HX-Request": "true" } });

// --- the visit beside the grid --------------------------------------------------------------------------

async function show(link) {
  const back = location.pathname + location.search;
  const answer = await part(`${link.href}?back=${encodeURIComponent(back)}`).catch(() => null);
  if (!answer) { byId("lost").hidden = false; return false; }
  if (answer.headers.get("HX-Redirect")) { location.href = answer.headers.get("HX-Redirect"); return false; }
  if (!answer.ok) { byId("problem").innerHTML = await answer.text(); return false; }
  panel.innerHTML = await answer.text();
  panel.hidden = false;
  document.body.classList.add("with-drawer");
  window.htmx?.process(panel);
  chosen?.classList.remove("chosen");
  chosen = link;
  if (link.matches(".v")) link.classList.add("chosen");
  return true;
}

function hide() {
  back();
  if (!panel || panel.hidden || !panel.classList.contains("drawer")) return;
  panel.hidden = true;
  document.body.classList.remove("with-drawer");
  chosen?.classList.remove("chosen");
  chosen?.focus();
  chosen = null;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.v, a.left-out, a.open-visit");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && panel?.classList.contains("drawer")) {
    event.preventDefault();
    if (move && link === move.mark) { save(); return; }
    back();
    if (await show(link)) panel.focus();
  }
  if (event.target.closest("[data-drawer-closes]")) hide();
});

// --- the check of every rule, before anything is saved --------------------------------------------------

async function check(form) {
  const mine = ++last;
  const box = form.querySelector(".verdict");
  const answer = await part(form.dataset.try, new FormData(form)).catch(() => null);
  if (mine !== last) return null;
  if (!answer) { byId("lost").hidden = false; return null; }
  box.innerHTML = await answer.text();
  const good = answer.ok && !box.querySelector(".notice-bad");
  form.querySelector("[type=submit]").disabled = !good && answer.status !== 401; // after signing in again it is sent
  say(spoken(box));
  return good;
}

panel?.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-try]");
  if (form) check(form);
});

// --- moves: proposed on the grid, checked, then saved or taken back -------------------------------------

function back() {
  if (!move) return;
  place(move.mark, columnOf(move.from));
  move.mark.classList.remove("moving", "refused");
  move.copy.remove();
  move = null;
  last += 1;
}

async function propose(mark, to) {
  if (!data.editable || columnOf(to) < 0) return;
  if (move && move.mark !== mark) back();
  if (!move) {
    const copy = mark.cloneNode(true);
    copy.classList.add("was");
    copy.removeAttribute("href");
    copy.removeAttribute("tabindex");
    copy.removeAttribute("aria-label");
    copy.setAttribute("aria-hidden", "true");
    mark.before(copy);
    move = { mark, copy, from: mark.dataset.d, to };
  }
  move.to = to;
  if (to === move.from) { back(); return; }
  place(mark, columnOf(to));
  mark.classList.add("moving");
  mark.classList.remove("refused");
  say(data.words.checking);
  const mine = ++last;
  await new Promise((resolve) => { setTimeout(resolve, 250); });
  if (mine !== last) return;
  if (chosen !== mark && !(await show(mark))) return;
  mark.scrollIntoView({ block: "nearest", inline: "nearest" }); // the grid is narrower now: what is moved stays in sight
  const form = panel.querySelector("form[data-try]");
  if (!form) back(); // what has begun stays; the panel says so
  if (!form || !move) return;
  form.elements.start.value = move.to;
  const good = await check(form);
  if (good === null || !move) return;
  mark.classList.toggle("refused", !good);
  if (good) say(data.words.moved.replace("{day}", told(move.to)));
  else say(`${data.words.refused} ${spoken(byId("verdict"))}`);
}

function save() {
  const button = panel.querySelector("form[data-try] [type=submit]");
  if (button && !button.disabled && panel.querySelector(".verdict .notice-good")) button.click();
  else panel.focus();
}

frame?.addEventListener("keydown", (event) => {
  const mark = event.target.closest("a.v");
  if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const walk = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step && data.editable) {
    propose(mark, shifted(move?.mark === mark ? move.to : mark.dataset.d, step * (data.step === 1 ? 1 : 7)));
  } else if (walk) {
    back();
    const next = visits[visits.indexOf(mark) + walk];
    if (next) focus(next);
  } else return;
  event.preventDefault();
  event.stopPropagation();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    if (drag) letGo();
    else if (move) { const { mark } = move; back(); mark.focus(); } else hide();
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey) {
    if (event.target.closest("input, textarea, select")) return;
    const form = byId("undo");
    if (form) { event.preventDefault(); form.requestSubmit(); }
  }
});

// --- dragging -------------------------------------------------------------------------------------------

let drag = null; // {mark, strip, x, shadow}

frame?.addEventListener("pointerdown", (event) => {
  const mark = event.target.closest("a.v");
  if (!mark || !data.editable || event.button !== 0 || event.pointerType === "touch") return;
  drag = { mark, strip: mark.closest(".strip"), x: event.clientX, on: false };
});
frame?.addEventListener("dragstart", (event) => event.preventDefault());
addEventListener("pointermove", (event) => {
  if (!drag) return;
  if (!event.buttons) { letGo(); return; } // it was let go outside of the window
  if (!drag.on && Math.abs(event.clientX - drag.x) < 6) return;
  drag.on = true;
  drag.column = columnAt(drag.strip, event.clientX);
  lit(drag.column);
});
addEventListener("pointerup", () => {
  if (!drag) return;
  const { mark, on, column } = drag;
  drag = null;
  lit(-1);
  if (!on || column === undefined) return;
  const swallow = (event) => { event.preventDefault(); event.stopPropagation(); };
  addEventListener("click", swallow, { capture: true, once: true }); // the click that ends a drag opens nothing
  setTimeout(() => {
    removeEventListener("click", swallow, { capture: true });
    const from = move?.mark === mark ? move.from : mark.dataset.d;
    const now = columnOf(from);
    propose(mark, data.step === 1 ? data.columns[column] : shifted(from, 7 * (column - now)));
    mark.focus({ preventScroll: true });
  }, 0);
});

addEventListener("pointercancel", letGo);

function letGo() {
  drag = null;
  lit(-1);
}

function columnAt(strip, x) {
  const box = strip.getBoundingClientRect();
  const at = Math.floor(((x - box.left) / box.width) * data.columns.length);
  return Math.max(0, Math.min(data.columns.length - 1, at));
}

function lit(column) {
  const ground = frame.querySelector(".ground");
  ground.querySelector(".drop-column")?.remove();
  if (column < 0) return;
  const mark = document.createElement("i");
  const closed = ground.querySelector(`.w${column + 1}.off`);
  mark.className = `drop-column w${column + 1}${closed ? " off" : ""}`;
  ground.append(mark);
}

// --- where one was, and one stop of the Tab key for the whole grid --------------------------------------

function focus(mark) {
  for (const other of visits) other.tabIndex = -1;
  mark.tabIndex = 0;
  mark.focus();
}
for (const mark of visits) mark.tabIndex = -1;
if (visits[0]) visits[0].tabIndex = 0;
frame?.addEventListener("focusin", (event) => {
  if (event.target.matches("a.v")) {
    for (const other of visits) if (other.tabIndex === 0) other.tabIndex = -1;
    event.target.tabIndex = 0;
  }
});
frame?.addEventListener("pointerover", (event) => {
  const mark = event.target.closest("a.v");
  if (mark && !mark.title) mark.title = mark.getAttribute("aria-label");
});
if (frame) {
  const key = `year:${location.pathname}${location.search}`;
  addEventListener("pagehide", () => sessionStorage.setItem(key, `${frame.scrollLeft},${frame.scrollTop},${chosen?.getAttribute("href") ?? ""}`));
  const [left, top, href] = (sessionStorage.getItem(key) ?? "").split(",");
  if (left) {
    frame.scrollTo(Number(left), Number(top));
    const mark = href && visits.find((each) => each.getAttribute("href") === href);
    if (mark) focus(mark);
  } else {
    const today = frame.querySelector(".ground .today");
    if (today) frame.scrollLeft = today.offsetLeft - frame.clientWidth / 3;
  }
}
