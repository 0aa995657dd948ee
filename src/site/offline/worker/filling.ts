/**
 * Keeps the course ahead, while nobody waits for anything: one file after the other, behind all that a
 * reader asks for. What does not come is tried again another day.
 */
import type { KeptSite } from '../kept-site.ts';
import type { Keeping, Store } from './store.ts';

/** `unreachable`: there is no network, or the site does not answer. */
export type Fetching = Keeping | 'unreachable';

/** In milliseconds: when a file that did not come is asked for again. */
const AGAIN_AFTER = 3_600_000;
/** In milliseconds: how long one file may take. */
const AT_MOST = 60_000;
/** So many files that did not come in a row: there is no network. */
const IN_A_ROW = 3;

/** Fetches a file and keeps it. Never rejects. */
export async function fetchAndKeep(site: KeptSite, store: Store, path: string): Promise<Fetching> {
  const ask = async (cache: RequestCache): Promise<Keeping> => {
    const response = await fetch(site.base + path, {
      cache,
      priority: 'low',
      signal: AbortSignal.timeout(AT_MOST),
    });
    const keeping = store.keep(path, response);
    // Nobody else reads it: what is not kept need not come at all.
    if ((await keeping) === 'other') await response.body?.cancel();
    return keeping;
  };
  try {
    const first = await ask('default');
    // The browser's own cache may hold an older page, or one of a café's network.
    return first === 'other' ? await ask('reload') : first;
  } catch {
    return 'unreachable';
  }
}

interface Tried {
  version: string;
  at: number;
}

/**
 * @param quiet resolves when no reader waits for anything.
 */
export async function fill(site: KeptSite, store: Store, quiet: () => Promise<void>) {
  const { atOnce, pages, onDemand } = site.groups;
  const missing = await store.missing(
    [atOnce, pages, onDemand].flatMap((group) => Object.keys(group)),
  );
  if (missing.length === 0) return;
  const tried = await store.recall<Tried>('tried');
  if (tried?.version === site.version && Math.abs(Date.now() - tried.at) < AGAIN_AFTER) return;
  let unreachable = 0;
  for (const path of missing) {
    await quiet();
    let how = await fetchAndKeep(site, store, path);
    if (how === 'refused') {
      await store.makeRoom();
      how = await fetchAndKeep(site, store, path);
      if (how === 'refused') break;
    }
    unreachable = how === 'unreachable' ? unreachable + 1 : 0;
    // The next page that is opened begins again.
    if (unreachable === IN_A_ROW) return;
  }
  await store.note('tried', { version: site.version, at: Date.now() } satisfies Tried);
}
