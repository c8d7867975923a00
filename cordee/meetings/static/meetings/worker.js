// Answers for one roster, with the page that was kept of it, when the network does not (decision 6). It sends and keeps
// nothing itself.

const PAGE = new URL(self.registration.scope).pathname;
const PATIENCE = 8_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function kept(url) {
  for (const name of await caches.keys()) {
    const [kind, , until, page] = name.split("|");
    if (kind !== "kept" || page !== PAGE || Number(until) < Date.now()) continue;
    const found = await (await caches.open(name)).match(url);
    if (found) return found;
  }
  return undefined;
}

// Another page under the roster, or what a button sends, cannot be had: one comes back to the roster.
async function instead(url) {
  const page = await kept(PAGE);
  if (page && new URL(url).pathname !== PAGE) return Response.redirect(PAGE, 303);
  return page;
}

async function navigate(request) {
  const answer = fetch(request);
  // A network that is there and gives nothing is no better than none; but what is being sent is never given up.
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const first = request.method === "GET" ? Promise.race([answer, patience]) : answer;
  return (await first.catch(() => undefined)) ?? (await instead(request.url)) ?? answer;
}

async function asset(request) {
  try {
    return await fetch(request);
  } catch (failure) {
    const found = await kept(request.url);
    if (found) return found;
    throw failure;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(navigate(request));
  else if (request.method === "GET" && request.destination) event.respondWith(asset(request));
});
