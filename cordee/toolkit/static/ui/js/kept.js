// What pages keep on this device for when there is no network, `kept|person|until|page`, belongs to one person and ends:
// it goes at sign-out, when someone else signs in and after its day. What waits there to be sent, by page in
// `unsent|person`, is recalled to that person on every other page.

const person = document.documentElement.dataset.person ?? "";

async function clear() {
  const pages = new Set();
  for (const name of await caches.keys()) {
    const [kind, owner, until, page] = name.split("|");
    if (kind !== "kept") continue;
    if (owner === person && Number(until) > Date.now()) pages.add(page);
    else await caches.delete(name);
  }
  for (const worker of await navigator.serviceWorker.getRegistrations()) {
    const page = new URL(worker.scope).pathname;
    if (!pages.has(page) && page !== location.pathname) await worker.unregister();
  }
}

function recall() {
  const pages = Object.keys(JSON.parse(localStorage.getItem(`unsent|${person}`) ?? "{}"));
  const [page] = pages.filter((one) => one !== location.pathname);
  const template = document.getElementById("unsent");
  if (!page || !template) return;
  const flash = template.content.firstElementChild.cloneNode(true);
  flash.querySelector("a").href = page;
  document.getElementById("messages").append(flash);
}

recall();
if (window.isSecureContext && "serviceWorker" in navigator) clear();
