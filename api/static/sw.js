// The service worker: keeps an inspector's own pages of the next days, to be read without a network.
//
// What is kept belongs to one session, told by the server in each page's header. Anybody else's page, a page
// of nobody, signing in or out: all of it goes. Nothing is kept but the paths that /offline/pages names.
// /envelopes is never among them.

const BOOK = "congvu-book"; // whose pages are kept, since when, who has gone
const FILES = "congvu-files"; // style, script, fonts: the same for everybody
const PAGES = "congvu-pages-"; // and the session
const LIST = "/offline/pages", FALLBACK = "/offline", OUT = "/signed-out";
const EVERY = 5 * 60e3, LONGEST = 8 * 24 * 3600e3;

const note = async (name) => (await (await caches.open(BOOK)).match(`/${name}`))?.text();
const write = async (name, text) => (await caches.open(BOOK)).put(`/${name}`, new Response(text));
const erase = async (name) => (await caches.open(BOOK)).delete(`/${name}`);
const owner = async () => ((await note("since")) > Date.now() - LONGEST ? note("owner") : undefined);

async function forget() {
  const mine = await note("owner");
  if (mine) await write("gone", mine);
  await Promise.all(["owner", "since", "kept"].map(erase));
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PAGES)).map((name) => caches.delete(name)));
}

// --- what comes over the network ------------------------------------------------------------------------

async function seen(response) {
  const html = response.headers.get("content-type")?.startsWith("text/html");
  if (!html || response.status >= 500 || response.type !== "basic") return;
  const who = response.headers.get("x-offline-owner") ?? "";
  if (who !== ((await note("owner")) ?? "")) await forget();
  if (!who || who === (await note("gone"))) return;
  await write("owner", who);
  if (!((await note("kept")) > Date.now() - EVERY)) await keep(who);
}

async function keep(who) {
  await write("kept", String(Date.now()));
  const list = await fetch(LIST, { headers: { accept: "application/json" }, redirect: "error" });
  if (!list.ok) return;
  const paths = await list.json();
  const fresh = new Map();
  for (const path of paths) {
    const page = await fetch(path, { headers: { accept: "text/html", "x-in-passing": "yes" }, redirect: "error" });
    if (page.ok && page.headers.get("x-offline-owner") === who) fresh.set(path, page);
  }
  if ((await note("owner")) !== who || !fresh.has(FALLBACK)) return; // gone, or another, meanwhile
  const cache = await caches.open(PAGES + who);
  const files = new Set();
  let lang = "vi";
  for (const [path, page] of fresh) {
    const html = await page.text();
    lang = html.match(/<html lang="(\w+)"/)?.[1] ?? lang;
    for (const [file] of html.matchAll(/\/static\/[^"'#?\s]+/g)) files.add(file);
    const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", "x-kept": String(Date.now()) };
    for (const name of ["content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"]) {
      if (page.headers.has(name)) headers[name] = page.headers.get(name);
    }
    await cache.put(path, new Response(html, { headers }));
  }
  for (const request of await cache.keys()) {
    if (!fresh.has(new URL(request.url).pathname)) await cache.delete(request);
  }
  // without a session, so that it is nobody's page
  const out = await fetch(`${OUT}?lang=${lang}`, { credentials: "omit", headers: { accept: "text/html" } });
  if (out.ok) await (await caches.open(FILES)).put(OUT, out);
  await write("since", String(Date.now()));
  await stock(files);
  if ((await note("owner")) !== who) await caches.delete(PAGES + who);
}

// Files of the pages, and what their styles name; those of an older version go.
async function stock(files) {
  const cache = await caches.open(FILES);
  const wanted = [...files], had = new Set();
  while (wanted.length) {
    const file = wanted.pop();
    if (had.has(file)) continue;
    had.add(file);
    let found = await cache.match(file);
    if (!found) {
      found = await fetch(file);
      if (!found.ok) continue;
      await cache.put(file, found.clone());
    }
    if (file.endsWith(".css")) {
      const css = await found.text();
      for (const [, named] of css.matchAll(/url\(\s*["']?([^"')]+)/g)) {
        const url = new URL(named, location.origin + file);
        if (url.origin === location.origin && url.pathname.startsWith("/static/")) wanted.push(url.pathname);
      }
    }
  }
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname;
    if (path !== OUT && !had.has(path)) await cache.delete(request);
  }
}

// --- what is asked for ----------------------------------------------------------------------------------

async function opened(event) {
  if (await note("unsaid")) {
    // somebody signed out without a network: the server is told before anything else is asked of it
    try {
      await fetch("/sign-out", { method: "POST", redirect: "manual" });
      await erase("unsaid");
    } catch {
      return (await (await caches.open(FILES)).match(OUT)) ?? Response.error();
    }
  }
  let response;
  try {
    response = await fetch(event.request);
  } catch {
    return kept(new URL(event.request.url));
  }
  event.waitUntil(seen(response.clone()).catch(() => {}));
  return response;
}

async function kept(url) {
  const who = await owner();
  if (!who) return Response.error();
  const cache = await caches.open(PAGES + who);
  const found = (!url.search && (await cache.match(url.pathname))) || (await cache.match(FALLBACK));
  if (!found) return Response.error();
  return marked(found);
}

// The same page, saying that it is an old one, and of when; the style hides everything that would save.
async function marked(found) {
  const at = new Date(Number(found.headers.get("x-kept")) + 7 * 3600e3).toISOString(); // Hanoi
  const today = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10) === at.slice(0, 10);
  const told = at.slice(11, 16) + (today ? "" : ` ${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(0, 4)}`);
  const html = (await found.text())
    .replace("<html ", "<html data-offline ")
    .replace('id="offline" hidden>', 'id="offline">')
    .replace("<b data-kept></b>", `<b data-kept>${told}</b>`);
  return new Response(html, { headers: found.headers });
}

async function leaving(request) {
  await forget();
  try {
    return await fetch(request);
  } catch {
    if (new URL(request.url).pathname !== "/sign-out") return Response.error();
    await write("unsaid", "yes");
    return (await (await caches.open(FILES)).match(OUT)) ?? Response.error();
  }
}

async function changed(request) {
  await erase("kept"); // the next page that is opened renews what is kept
  return fetch(request);
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  if (event.data === "opened") {
    event.waitUntil(note("owner").then((who) => who && keep(who)).catch(() => {}));
  }
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && ["/sign-in", "/sign-out"].includes(pathname)) event.respondWith(leaving(request));
  else if (request.method !== "GET") event.respondWith(changed(request));
  else if (request.mode === "navigate") event.respondWith(opened(event));
  else if (pathname.startsWith("/static/")) {
    event.respondWith(caches.match(request, { cacheName: FILES }).then((found) => found ?? fetch(request)));
  }
});
