// On every page: what another session left on this device goes, and an inspector's worker is set to work.

const whose = document.querySelector('meta[name="offline-owner"]')?.content ?? "";
const offline = document.documentElement.hasAttribute("data-offline");

async function begin() {
  const book = await caches.open("congvu-book");
  const owner = (await (await book.match("/owner"))?.text()) ?? "";
  if (owner && owner !== whose) {
    for (const name of await caches.keys()) if (name.startsWith("congvu-")) await caches.delete(name);
  }
  if (!whose || !("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/sw.js");
  if (owner === whose) return;
  const worker = await navigator.serviceWorker.ready;
  const gone = await (await (await caches.open("congvu-book")).match("/gone"))?.text();
  if (gone === whose) return;
  await (await caches.open("congvu-book")).put("/owner", new Response(whose));
  worker.active.postMessage("opened");
}

if ("caches" in window && !offline) begin().catch(() => {});
