/**
 * What earlier releases kept: one entry for all answers, one for all progress, and keys without the course's name.
 * Few readers have any, so this is loaded for them alone. Whether a thing has its shape is seen when it is read, as
 * with any other.
 */
import type { KeptName } from './names.ts';
import { PREFIX } from './prefix.ts';

type Entry = [name: KeptName, id: string, data: unknown];

/** Several times what the course has; more was not written by it. */
const MOST = 2000;

/**
 * Gives each of these things an entry of its own, unless it has one. What cannot be read stays where it is, and so does
 * what there is no room for.
 *
 * @returns whether something was moved.
 */
export function takeOver(): boolean {
  let moved = false;
  for (const storage of [localStorage, sessionStorage])
    for (const key of Object.keys(storage)) {
      const text = storage.getItem(key)!;
      const entries = entriesOf(key, text);
      if (!entries) continue;
      if (store(storage, entries)) storage.removeItem(key);
      else {
        // It takes as much room as before: without the old one there may be enough.
        storage.removeItem(key);
        if (!store(storage, entries)) {
          storage.setItem(key, text);
          continue;
        }
      }
      moved = true;
    }
  return moved;
}

function store(storage: Storage, entries: readonly Entry[]): boolean {
  const added: string[] = [];
  try {
    for (const [name, id, data] of entries) {
      const key = `${PREFIX}${name}/${id}`;
      if (storage.getItem(key) !== null) continue;
      storage.setItem(key, JSON.stringify([1, data]));
      added.push(key);
    }
    return true;
  } catch {
    for (const key of added) storage.removeItem(key);
    return false;
  }
}

/** @returns `undefined` if the key is not of an earlier release, or what stands there cannot be read. */
function entriesOf(key: string, text: string): Entry[] | undefined {
  if (key === 'starlight-theme') return [['theme', '', text]];
  if (key === 'course-teacher') return [['teacher', '', text === 'on']];
  const [start, name, colon] = /^course-([a-z-]+)(:?)/.exec(key) ?? [];
  if (!start) return undefined;
  try {
    const data = JSON.parse(text) as unknown;
    return colon ? one(name!, key.slice(start.length), data) : many(name!, data);
  } catch {
    return undefined;
  }
}

function one(name: string, id: string, data: unknown): Entry[] | undefined {
  switch (name) {
    case 'draft':
    case 'challenge':
      return [[name, id, data]];
    case 'console-history':
      return [['history', id, data]];
  }
  return undefined;
}

function many(name: string, data: unknown): Entry[] | undefined {
  switch (name) {
    case 'answers':
      return byId('answer', data);
    case 'exercises':
      return byId('tries', data);
    case 'self-tests':
      // The latest came first.
      return (data as { test: string }[])
        .slice(0, MOST)
        .map((sitting, at) => ['sitting', sitting.test, { ...sitting, when: -at }]);
    case 'progress': {
      const { version, read, ran, solved, reviews } = data as Record<string, unknown>;
      if (version !== 1) return undefined;
      return [
        ...inOrder('read', read),
        ...inOrder('ran', ran),
        ...inOrder('solved', solved),
        ...byId('review', reviews),
      ];
    }
  }
  return undefined;
}

const byId = (name: KeptName, data: unknown): Entry[] =>
  Object.entries(data as object)
    .slice(0, MOST)
    .map(([id, value]) => [name, id, value]);

const inOrder = (name: KeptName, ids: unknown): Entry[] =>
  (ids as string[]).slice(0, MOST).map((id, at) => [name, id, at]);
