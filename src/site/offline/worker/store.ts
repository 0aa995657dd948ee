/**
 * What is kept in the browser. A file is kept under its path and the hash of its content, so copies of
 * two builds stand beside each other. Nothing in here rejects: storage may be denied, full or broken,
 * and then there are no copies.
 */
import { cacheName, type KeptSite } from '../kept-site.ts';
import { knownFile, isUnchanging, outdated, type KeptEntry } from './addresses.ts';
import { PATIENCE, within } from './answers.ts';
import { isItsContent, isOfKind, maybeIt } from './checks.ts';

/** `other`: something else came in its place. `refused`: the browser gives no room, or no more. */
export type Keeping = 'kept' | 'other' | 'refused';

/** Headers that say how a body came, not what it is. */
const OF_THE_WAY = ['content-encoding', 'content-length', 'transfer-encoding', 'vary'];

/** In milliseconds. */
const SILENCE = 60_000;
/** In milliseconds: how long a reader waits for a copy where there is nothing else. */
const LAST_RESORT = 20_000;

/** Below the base; no page is there. */
const NOTES = '_offline/';

export class Store {
  readonly #site: KeptSite;
  #silentUntil = 0;

  constructor(site: KeptSite) {
    this.#site = site;
  }

  /**
   * @returns the copy of a file, if it is what the path names. A copy that is not is thrown away. A
   * storage that does not answer is not asked for a while.
   */
  async read(path: string): Promise<Response | undefined> {
    if (Date.now() < this.#silentUntil) return undefined;
    const reading = this.#read(path);
    const answered = reading.then(() => true);
    if (await within(PATIENCE, answered)) return reading;
    this.#silentUntil = Date.now() + SILENCE;
    return undefined;
  }

  /** As {@link read}, but waits for a storage that is slow. */
  readPatiently(path: string): Promise<Response | undefined> {
    return within(LAST_RESORT, this.#read(path));
  }

  #read(path: string): Promise<Response | undefined> {
    return this.#attempt(async (cache) => {
      const key = await this.#keyOf(cache, path);
      const found = key && (await cache.match(key));
      if (!found) return undefined;
      const good = await this.#checked(path, key, found);
      if (!good) await cache.delete(key);
      return good;
    });
  }

  async #keyOf(cache: Cache, path: string): Promise<string | undefined> {
    const known = knownFile(this.#site, path);
    if (known) {
      const key = this.#key({ path, hash: known[0] });
      if (isUnchanging(path) || (await cache.match(key))) return key;
    }
    // Of an earlier build: what a tab that shows it asks for, and pages whose new copy has not come yet.
    if (!known && !isUnchanging(path)) return undefined;
    const older = await cache.keys(this.#site.base + path, { ignoreSearch: true });
    return older.at(-1)?.url;
  }

  async #checked(path: string, key: string, found: Response): Promise<Response | undefined> {
    if (!isOfKind(path, found)) return undefined;
    // The runner looks at its files itself, and asks for them again; they are large.
    if (path.startsWith('_engines/')) return found;
    const content = await found.arrayBuffer();
    const { hash } = this.#entry(key);
    return (await isItsContent([hash, content.byteLength], content))
      ? new Response(content, { headers: found.headers })
      : undefined;
  }

  /** Keeps a response's content, if it is a file of this build. The response can still be read. */
  keep(path: string, response: Response): Promise<Keeping> {
    const known = knownFile(this.#site, path);
    if (!known || !maybeIt(path, response)) return Promise.resolve('other');
    const headers = new Headers(response.headers);
    for (const name of OF_THE_WAY) headers.delete(name);
    const copy = response.clone();
    const keep = async (): Promise<Keeping> => {
      const content = await copy.arrayBuffer();
      if (!(await isItsContent(known, content))) return 'other';
      const kept = await this.#attempt(async (cache) => {
        await cache.put(this.#key({ path, hash: known[0] }), new Response(content, { headers }));
        return true;
      });
      return kept ? 'kept' : 'refused';
    };
    return keep().catch(() => 'other');
  }

  /** @returns those of the paths that are not kept. */
  async missing(paths: readonly string[]): Promise<string[]> {
    const kept = new Set((await this.#entries()).map(({ path, hash }) => `${path}?${hash}`));
    return paths.filter((path) => !kept.has(`${path}?${knownFile(this.#site, path)?.[0]}`));
  }

  /**
   * Throws away what this build has no use for.
   *
   * @param oldTabs see {@link outdated}.
   * @returns whether something of an earlier build is left.
   */
  async prune(oldTabs: boolean): Promise<boolean> {
    const entries = await this.#entries();
    const old = outdated(this.#site, entries, oldTabs);
    await this.#remove(old);
    return entries.some(
      (entry) => !old.includes(entry) && knownFile(this.#site, entry.path)?.[0] !== entry.hash,
    );
  }

  /** Throws away all of earlier builds, whoever may need it. */
  async makeRoom(): Promise<void> {
    const entries = await this.#entries();
    await this.#remove(
      entries.filter(({ path, hash }) => knownFile(this.#site, path)?.[0] !== hash),
    );
  }

  async #remove(entries: readonly KeptEntry[]): Promise<void> {
    await this.#attempt((cache) =>
      Promise.all(entries.map((entry) => cache.delete(this.#key(entry)))),
    );
  }

  /** What workers of the course kept before their files had hashes: nobody knows what is in there. */
  async forgetUnchecked(): Promise<void> {
    try {
      const names = (await caches.keys()).filter((name) => /^course-(pages-|files$)/.test(name));
      for (const name of names) {
        const cache = await caches.open(name);
        for (const { url } of await cache.keys()) {
          const { pathname } = new URL(url);
          const path =
            pathname.startsWith(this.#site.base) && pathname.slice(this.#site.base.length);
          // Another course on this host may have kept the others.
          if (path !== false && (isUnchanging(path) || knownFile(this.#site, path)))
            await cache.delete(url);
        }
        if ((await cache.keys()).length === 0) await caches.delete(name);
      }
    } catch {
      // They take room, and nobody reads them.
    }
  }

  /** Keeps something that the worker has to know when it starts again. */
  async note(name: string, value: unknown): Promise<void> {
    const key = this.#site.base + NOTES + name;
    await this.#attempt((cache) => cache.put(key, Response.json(value)));
  }

  async recall<T>(name: string): Promise<T | undefined> {
    return this.#attempt(async (cache) => {
      const found = await cache.match(this.#site.base + NOTES + name);
      return found && ((await found.json()) as T);
    });
  }

  #key = ({ path, hash }: KeptEntry): string => `${this.#site.base}${path}?${hash}`;

  #entry(key: string): KeptEntry {
    const { pathname, search } = new URL(key, location.origin);
    return { path: pathname.slice(this.#site.base.length), hash: search.slice(1) };
  }

  async #entries(): Promise<KeptEntry[]> {
    const keys = await this.#attempt((cache) => cache.keys());
    return (keys ?? [])
      .map(({ url }) => this.#entry(url))
      .filter(({ path }) => !path.startsWith(NOTES));
  }

  async #attempt<T>(use: (cache: Cache) => Promise<T>): Promise<T | undefined> {
    try {
      return await use(await caches.open(cacheName(this.#site.base)));
    } catch {
      return undefined;
    }
  }
}
