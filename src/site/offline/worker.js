/**
 * The service worker: after the first visit the course reads without a network, and what was used once
 * (an engine, the editor, the search) works without one too. `integration.ts` puts `VERSION`, `PAGES`,
 * `FILES` and `LASTING` in front of it; all are paths under the site's base.
 *
 * Pages come from the network while there is one, so that nobody reads an old text. Files whose names
 * carry their hash never change and come from the cache.
 */
/* global VERSION, PAGES, FILES, LASTING, self, caches, fetch, Response, URL */

const PAGE_CACHE = `course-pages-${VERSION}`;
const FILE_CACHE = 'course-files';
const HASHED = /\/_(astro|engines)\//;

self.addEventListener('install', (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

/** A reader who asked the browser to save data gets only what is visited. */
async function fill() {
  if (self.navigator.connection?.saveData) return;
  const pages = await caches.open(PAGE_CACHE);
  const files = await caches.open(FILE_CACHE);
  await Promise.all([
    ...PAGES.map((path) => pages.add(path)),
    ...FILES.map(async (path) => (await files.match(path)) ?? files.add(path)),
  ]);
}

self.addEventListener('activate', (event) => {
  event.waitUntil(forget().then(() => self.clients.claim()));
});

async function forget() {
  for (const name of await caches.keys())
    if (name.startsWith('course-pages-') && name !== PAGE_CACHE) await caches.delete(name);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  event.respondWith(HASHED.test(pathname) ? unchanging(request) : fresh(request));
});

async function unchanging(request) {
  const cache = await caches.open(FILE_CACHE);
  const known = await cache.match(request, { ignoreSearch: true });
  if (known && request.cache !== 'reload') return known;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

async function fresh(request) {
  const cache = await caches.open(PAGE_CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const known = await cache.match(request, { ignoreSearch: true });
    if (known) return known;
    if (request.mode !== 'navigate') throw error;
    const there = lasting(new URL(request.url).pathname);
    if (there) return Response.redirect(new URL(there, request.url));
    return new Response(
      '<!doctype html><meta charset="utf-8"><title>Offline</title><h1>You are offline</h1><p>This page has not been visited yet. Go back, or try again with a connection.</p>',
      { status: 503, headers: { 'Content-Type': 'text/html; charset=utf-8' } },
    );
  }
}

/** Where a lasting link leads: the list says it of pages, and the rest stands on a page. */
function lasting(pathname) {
  const id = /\/go\/([^/]+)\/$/.exec(pathname)?.[1];
  if (!id) return undefined;
  const dot = id.lastIndexOf('.');
  const page = LASTING[id.slice(0, dot)];
  return LASTING[id] ?? (page && `${page}#${id.slice(dot + 1)}`);
}
