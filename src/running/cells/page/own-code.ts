/**
 * A reader's own code of one cell: the draft, and what it was before. Loaded when a reader has some or asks for it.
 *
 * What a draft was is set aside before it becomes something else: after a pause, after a run, or when it is reset,
 * restored, or written by another tab. Each version has an entry of its own, so that no tab writes over another's.
 */
import type { ScriptFile } from '../../../engines/engine.ts';
import { isDenied, Kept } from '../../../foundation/kept/kept.ts';
import { draftId, drafts, isSame, readFiles, type Draft } from './drafts.ts';

/** What a draft was. */
export interface Version {
  files: ScriptFile[];
  /** When the reader last typed in it, in milliseconds since 1970; 0 if nobody knows. */
  at: number;
}

/** A reader who types on within this time, in milliseconds, goes on with the same version. */
export const PAUSE = 30_000;
/** For so long, in milliseconds, and so many of a cell, versions are kept. */
export const LASTS = 7 * 24 * 3_600_000;
export const MOST = 10;

/** By the draft's id, `@`, and when they were set aside. */
const versions = new Kept<Version>('version', 1, (data) => {
  const { files, at } = data as Version;
  const texts = readFiles(files);
  return texts && Number.isFinite(at) ? { files: texts, at } : undefined;
});

type Stored = [id: string, version: Version];
const setAsideAt = (id: string): number => Number(id.slice(id.lastIndexOf('@') + 1));

export class OwnCode {
  readonly #id: string;
  /** The draft as this tab last read or wrote it. */
  #known: Draft | undefined;
  /** Whether this tab wrote it. */
  #mine = false;
  /** Whether what comes next is another version. */
  #sealed = true;
  #revision = 0;

  /** @param cell its id on this page. */
  constructor(cell: string) {
    this.#id = draftId(cell);
    this.#known = drafts.get(this.#id);
  }

  /** Another number when there are other versions. */
  get revision(): number {
    return this.#revision;
  }

  /** The reader's code, or `null` if they have none. */
  get files(): readonly ScriptFile[] | null {
    return this.#known?.files ?? null;
  }

  /** What the reader types next is another version: what there is has been run. */
  seal(): void {
    this.#sealed = true;
  }

  /**
   * The reader typed.
   *
   * @param now in milliseconds since 1970.
   * @returns whether it will survive a reload.
   */
  type(files: readonly ScriptFile[], now = Date.now()): boolean {
    const before = drafts.get(this.#id);
    const paused = now - (before?.at ?? 0) >= PAUSE;
    if (this.#sealed || paused || !isSame(before?.files, this.#known?.files))
      this.#setAside(before, now);
    this.#sealed = false;
    return this.#write([...files], now);
  }

  /**
   * Other code becomes the draft, or with `null` there is none any more. What it was is a version.
   *
   * @returns whether it will survive a reload.
   */
  replace(files: readonly ScriptFile[] | null, now = Date.now()): boolean {
    this.#setAside(drafts.get(this.#id), now);
    this.#sealed = true;
    return this.#write(files && [...files], now);
  }

  /** Another tab may have written: what this tab wrote becomes a version, and the other's is the draft. */
  sync(now = Date.now()): void {
    const stored = drafts.get(this.#id);
    if (this.#mine && !isSame(stored?.files, this.#known?.files)) this.#setAside(this.#known, now);
    this.#known = stored;
    this.#mine = false;
    this.#sealed = true;
  }

  /** What it was before, the latest first. What is too old, or too much, goes. */
  versions(now = Date.now()): Version[] {
    for (const [id] of versions.all())
      if (!(Math.abs(now - setAsideAt(id)) < LASTS)) versions.remove(id);
    const mine = this.#all();
    for (const [id] of mine.splice(MOST)) versions.remove(id);
    // Without any, nothing needs to be looked for when the page is opened the next time.
    if (mine.length === 0 && this.#known?.files === null) drafts.remove(this.#id);
    return mine
      .map(([, version]) => version)
      .filter(
        ({ files }, index, all) =>
          !isSame(files, this.files) &&
          all.findIndex((other) => isSame(other.files, files)) === index,
      );
  }

  /** Draft and versions are gone. */
  forget(): void {
    for (const [id] of this.#all()) versions.remove(id);
    drafts.remove(this.#id);
    this.#known = undefined;
    this.#mine = false;
    this.#sealed = true;
  }

  /** The cell's, the latest first. */
  #all(): Stored[] {
    return [...versions.all()]
      .filter(([id]) => id.startsWith(`${this.#id}@`))
      .sort(([one], [other]) => setAsideAt(other) - setAsideAt(one));
  }

  #setAside(draft: Draft | undefined, now: number): void {
    if (!draft?.files) return;
    this.#revision += 1;
    const { files, at } = draft;
    const all = this.#all();
    for (const [id, version] of all) if (isSame(version.files, files)) versions.remove(id);
    const last = Math.max(now, ...all.map(([id]) => setAsideAt(id) + 1));
    this.#put(versions, `${this.#id}@${last}`, { files, at });
  }

  #write(files: ScriptFile[] | null, now: number): boolean {
    this.#known = { files, at: now };
    this.#mine = true;
    return this.#put(drafts, this.#id, this.#known);
  }

  /** Where a browser is full, the oldest versions of all cells make room. */
  #put<Value>(kept: Kept<Value>, id: string, value: Value): boolean {
    if (kept.set(id, value)) return true;
    if (isDenied()) return false;
    const oldestFirst = [...versions.all().keys()].sort((a, b) => setAsideAt(a) - setAsideAt(b));
    for (const old of oldestFirst) {
      if (old === id) continue;
      versions.remove(old);
      if (kept.set(id, value)) return true;
    }
    return false;
  }
}
