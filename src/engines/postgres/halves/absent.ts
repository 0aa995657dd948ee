/** Pages of files that a server is without until the rest of PostgreSQL is here, and that nothing has looked at until then. */
import type { Image } from '../image.ts';

/** In bytes, as in `image.ts`. */
export const PAGE = 8192;

/** Numbers of pages, by the paths of their files. */
export type Absent = Readonly<Record<string, readonly number[]>>;

/** @returns the path on the server of a file of PostgreSQL's data folder. */
export const inDataFolder = (name: string): string => `/pglite/data/${name}`.replace(/\/+/g, '/');

/** Gives a file's pages by their numbers, or throws. */
export type BringPages = (path: string) => ReadonlyMap<number, Uint8Array>;

/** A file of Emscripten's MEMFS. */
interface Node {
  name: string;
  parent: Node;
  contents: Uint8Array;
  usedBytes: number;
  /** Whoever keeps the node's properties, and puts them back, keeps this with them: it is never written to. */
  absent?: { path: string; pages: ReadonlySet<number> } | undefined;
}

type Touch = (stream: { node: Node }, ...rest: unknown[]) => unknown;

/** What is used of Emscripten's `FS` and `MEMFS`. */
interface FileSystem {
  FS: { analyzePath(path: string): { exists: boolean; object: unknown } };
  MEMFS: {
    ops_table: {
      file: {
        stream: { read: Touch; write: Touch; mmap: Touch };
        node: { setattr(node: Node, attributes: { size?: number | undefined }): void };
      };
    };
  };
}

/**
 * To be called before the server looks at a file.
 *
 * @param image whose pages have come in the place of the snapshot's.
 */
export function leaveOut(
  system: FileSystem,
  absent: Absent,
  image: Image | null,
  bring: BringPages,
): void {
  const replaced = new Map(image?.changed.map((one) => [inDataFolder(one.path), one]));
  for (const [path, pages] of Object.entries(absent)) {
    const found = system.FS.analyzePath(path);
    if (!found.exists) continue;
    const { pages: others, size = Infinity } = replaced.get(path) ?? {};
    const left = pages.filter((page) => !others?.has(page) && page * PAGE < size);
    if (left.length > 0) (found.object as Node).absent = { path, pages: new Set(left) };
  }
  onTouch(system, (node, touched) => {
    if (!node.absent) return;
    const { path, pages } = node.absent;
    if (![...pages].some(touched)) return;
    const known = bring(path);
    for (const page of pages) node.contents.set(known.get(page)!, page * PAGE);
    node.absent = undefined;
  });
}

/** @param note is told of every page that is looked at or written to. */
export function watchPages(system: FileSystem, note: (path: string, page: number) => void): void {
  onTouch(system, (node, touched) => {
    const path = pathOf(node);
    for (let page = 0; page * PAGE < node.usedBytes; page++) if (touched(page)) note(path, page);
  });
}

/** Calls `touch` before something is done to a file, with which of its pages that concerns. */
function onTouch(
  { MEMFS }: FileSystem,
  touch: (node: Node, touched: (page: number) => boolean) => void,
): void {
  const { stream, node: nodes } = MEMFS.ops_table.file;
  const between = (from: number, length: number) => (page: number) =>
    page * PAGE < from + length && (page + 1) * PAGE > from;
  const { read, write, mmap } = stream;
  const { setattr } = nodes;
  type Moved = [buffer: unknown, offset: number, length: number, position: number];
  const moving =
    (move: Touch): Touch =>
    (of, ...rest) => {
      const [, , length, position] = rest as Moved;
      touch(of.node, between(position, length));
      return move(of, ...rest);
    };
  stream.read = moving(read);
  stream.write = moving(write);
  stream.mmap = (of, ...rest) => {
    touch(of.node, () => true);
    return mmap(of, ...rest);
  };
  nodes.setattr = (node, attributes) => {
    // What is cut off and grown again is zeros.
    if (attributes.size !== undefined) touch(node, () => true);
    setattr(node, attributes);
  };
}

function pathOf(node: Node): string {
  return node.parent === node ? '' : `${pathOf(node.parent)}/${node.name}`;
}
