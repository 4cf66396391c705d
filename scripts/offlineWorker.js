// The service worker: after the first visit the page works without a network. The build puts the list of its files and their version in
// (scripts/offline.ts). A new version is fetched whole before it takes the old one's place, and never while the page is open.
const VERSION = '__VERSION__';
const FILES = '__FILES__';
/** Files below this folder are large: they are kept when they are first asked for. */
const KEPT_WHEN_USED = '__USED__';

addEventListener('install', (event) => event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(FILES))));

addEventListener('activate', (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('tapo-') && name !== VERSION) await caches.delete(name);
      await clients.claim();
    })(),
  ),
);

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(VERSION);
  const key = request.mode === 'navigate' ? new URL('./', registration.scope).href : request.url;
  const known = await cache.match(key, { ignoreSearch: true });
  if (known) return known;
  const response = await fetch(request);
  if (response.ok && request.url.startsWith(new URL(KEPT_WHEN_USED, registration.scope).href)) await cache.put(key, response.clone());
  return response;
}
