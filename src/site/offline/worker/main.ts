/**
 * The service worker: after the first visit the course reads without a network, and what was used once
 * (an engine, the editor, the search) works without one too. `integration.ts` bundles it and puts `SITE`
 * in front of it.
 *
 * It answers for what a build has listed, by its hash; all else goes to the network as if there were no
 * worker. A worker of a new build takes over at once: copies stand under the hash of their content, so
 * it cannot mix them with those of another build.
 */
import { GROUPS, OFFLINE_PATH, type KeptSite } from '../kept-site.ts';
import type { Kept, Message } from '../messages.ts';
import { isUnchanging, knownFile, lastingPath, pathOf } from './addresses.ts';
import { fresh, unchanging, type Answer, type Sources } from './answers.ts';
import { fetchAndKeep, fill } from './filling.ts';
import type { WorkerScope } from './scope.ts';
import { Store } from './store.ts';

declare const SITE: KeptSite;
declare const self: WorkerScope;

const store = new Store(SITE);
const sources: Sources = {
  fetch: (request) => fetch(request),
  read: (path) => store.read(path),
  readPatiently: (path) => store.readPatiently(path),
  keep: (path, response) => store.keep(path, response),
};

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));

self.addEventListener('activate', (event) =>
  event.waitUntil(
    takeOver()
      .catch(() => undefined)
      .then(() => self.clients.claim()),
  ),
);

const windows = async (): Promise<string[]> => {
  const all = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return all.map(({ id }) => id);
};

/** Tabs that were open before this build came need what their build had. */
async function takeOver(): Promise<void> {
  await store.forgetUnchecked();
  await store.note('tabs', await windows());
  await prune();
}

/** Whether nothing of an earlier build is left. */
let pruned = false;

async function prune(): Promise<void> {
  if (pruned) return;
  const [old = [], open] = await Promise.all([store.recall<string[]>('tabs'), windows()]);
  const left = await store.prune(old.some((id) => open.includes(id)));
  pruned = !left;
}

/** Answers that somebody waits for. */
let waiting = 0;
let whenQuiet: (() => void)[] = [];

function waitFor({ settled }: Answer): void {
  waiting++;
  void settled.finally(() => {
    waiting--;
    if (waiting > 0) return;
    for (const resolve of whenQuiet) resolve();
    whenQuiet = [];
  });
}

async function quiet(): Promise<void> {
  while (waiting > 0) await new Promise<void>((resolve) => whenQuiet.push(resolve));
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const path = pathOf(request.url, SITE, location.origin);
  if (path === undefined || request.method !== 'GET' || request.headers.has('range')) return;
  const navigates = request.mode === 'navigate';
  const known = knownFile(SITE, path);
  let answer: Answer;
  if (isUnchanging(path)) answer = unchanging(request, path, sources);
  else if (navigates && known) answer = fresh(asked(request), path, sources);
  else if (navigates || known) answer = fresh(request, path, sources);
  else return;
  waitFor(answer);
  event.respondWith(
    navigates ? answer.response.catch((error: unknown) => elsewhere(path, error)) : answer.response,
  );
  event.waitUntil(navigates ? answer.settled.then(prune).catch(() => undefined) : answer.settled);
});

/**
 * Pages past the browser's own cache, which may hold one whose scripts the site does not have any more,
 * or the sign-in page of a network that is well by now.
 */
const asked = (request: Request): Request =>
  request.cache === 'default'
    ? new Request(request.url, {
        cache: 'no-cache',
        credentials: 'include',
        headers: request.headers,
        redirect: 'manual',
      })
    : request;

/** What comes in the place of a page that cannot be reached and is not kept. */
async function elsewhere(path: string, error: unknown): Promise<Response> {
  const slashed = `${path}/`;
  const there = lastingPath(SITE, path) ?? (knownFile(SITE, slashed) && slashed);
  if (there !== undefined)
    return Response.redirect(new URL(SITE.base + there, location.origin).href);
  const page = await store.read(OFFLINE_PATH);
  if (!page) throw error;
  return new Response(page.body, { status: 503, headers: page.headers });
}

let filling: Promise<void> | undefined;

self.addEventListener('message', (event) => {
  const message = event.data as Message;
  const [port] = event.ports;
  const answer = async () => {
    switch (message.ask) {
      case 'fill':
        // A reader who asked the browser to save data gets only what is visited.
        if (!self.navigator.connection?.saveData)
          await (filling ??= fill(SITE, store, quiet)
            .then(prune)
            .finally(() => (filling = undefined)));
        return;
      case 'keep all':
        for (const path of await store.missing(ofThis(message.addresses)))
          await quiet().then(() => fetchAndKeep(SITE, store, path));
        return;
      case 'kept':
        return port?.postMessage(await kept());
      case 'keep':
        return port?.postMessage(await fetchAndKeep(SITE, store, message.path));
    }
  };
  event.waitUntil(answer().catch(() => undefined));
});

const ofThis = (addresses: readonly string[]): string[] =>
  addresses
    .map((address) => pathOf(address, SITE, location.origin))
    .filter((path) => path !== undefined && knownFile(SITE, path) !== undefined) as string[];

async function kept(): Promise<Kept> {
  const paths = GROUPS.flatMap((group) => Object.keys(SITE.groups[group]));
  const missing = await store.missing(paths);
  const pages = Object.keys(SITE.groups.pages);
  return {
    version: SITE.version,
    pages: { kept: pages.filter((path) => !missing.includes(path)).length, all: pages.length },
    missing: missing.map((path) => [path, knownFile(SITE, path)![1]]),
  };
}
