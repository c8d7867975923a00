// What pages keep on this device for when there is no network, `kept|person|until|page`, belongs to one person and ends:
// it goes at sign-out, when someone else signs in and after its day.

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

if (window.isSecureContext && "serviceWorker" in navigator) clear();
