/**
 * An image: what a dataset's script, and the statistics collected after it, changed in the files of
 * the snapshot. A server that starts with it holds the data at once: nothing has to be run.
 *
 * Files are compared in pages, as PostgreSQL writes them. The script itself travels along, so that a
 * database can tell whether the image is of the dataset it is asked for.
 */

/** As `BLCKSZ` in PostgreSQL's pg_config.h. */
const PAGE = 8192;

/** Files by path, from the data folder: `base/5/1249`. */
export type Files = Map<string, Uint8Array>;

/** An image, unpacked. */
export interface Image {
  /** The dataset's script, as it ran. */
  script: string;
  /** Files of the snapshot that are gone. */
  removed: string[];
  changed: {
    path: string;
    /** The file's new size, in bytes. */
    size: number;
    /** Its pages that differ, by their place in the file; each has {@link PAGE} bytes or ends the file. */
    pages: Map<number, Uint8Array>;
  }[];
}

/** The image's table of contents, as it is stored: JSON before the pages. */
interface Contents {
  script: string;
  removed: string[];
  changed: { path: string; size: number; pages: number[] }[];
}

/** @returns what leads from the files of `before` to those of `after`. */
export function difference(script: string, before: Files, after: Files): Image {
  const changed = [...after].flatMap(([path, content]) => {
    const known = before.get(path);
    const pages = new Map<number, Uint8Array>();
    for (let page = 0; page * PAGE < content.length; page++) {
      const now = pageOf(content, page);
      // A new file is zeros until its pages are there.
      const old = known ? pageOf(known, page) : new Uint8Array(now.length);
      if (!isSame(now, old)) pages.set(page, now);
    }
    if (known?.length === content.length && pages.size === 0) return [];
    return [{ path, size: content.length, pages }];
  });
  return { script, removed: [...before.keys()].filter((path) => !after.has(path)), changed };
}

/** Brings files to where the image leads. Contents are written into where they have the room. */
export function apply({ removed, changed }: Image, files: Files): void {
  removed.forEach((path) => files.delete(path));
  for (const { path, size, pages } of changed) {
    const known = files.get(path);
    const content = known?.length === size ? known : new Uint8Array(size);
    if (known && known !== content) content.set(known.subarray(0, size));
    for (const [page, bytes] of pages) content.set(bytes, page * PAGE);
    files.set(path, content);
  }
}

/** The image as bytes: the length of the contents, the contents as JSON, the pages. */
export function packImage({ script, removed, changed }: Image): Uint8Array<ArrayBuffer> {
  const contents: Contents = {
    script,
    removed,
    changed: changed.map(({ path, size, pages }) => ({ path, size, pages: [...pages.keys()] })),
  };
  const head = new TextEncoder().encode(JSON.stringify(contents));
  const parts = [head, ...changed.flatMap(({ pages }) => [...pages.values()])];
  const packed = new Uint8Array(4 + parts.reduce((sum, part) => sum + part.length, 0));
  new DataView(packed.buffer).setUint32(0, head.length);
  let at = 4;
  for (const part of parts) {
    packed.set(part, at);
    at += part.length;
  }
  return packed;
}

/** @throws Error if it is not an image. */
export function readImage(packed: Uint8Array): Image {
  let at = 4 + new DataView(packed.buffer, packed.byteOffset).getUint32(0);
  const { script, removed, changed } = JSON.parse(
    new TextDecoder().decode(packed.subarray(4, at)),
  ) as Contents;
  return {
    script,
    removed,
    changed: changed.map(({ path, size, pages }) => ({
      path,
      size,
      pages: new Map(
        pages.map((page) => {
          const length = Math.min(PAGE, size - page * PAGE);
          return [page, packed.subarray(at, (at += length))];
        }),
      ),
    })),
  };
}

/** What {@link readFile} makes a file of that is zeros for the most part: they take no room, and no time. */
export const packFile = (content: Uint8Array): Uint8Array<ArrayBuffer> =>
  packImage(difference('', new Map(), new Map([['', content]])));

/** @throws Error if it is not a packed file. */
export function readFile(packed: Uint8Array): Uint8Array<ArrayBuffer> {
  const [file, ...others] = readImage(packed).changed;
  if (!file || others.length > 0) throw new Error('this is not one packed file');
  const content = new Uint8Array(file.size);
  for (const [page, bytes] of file.pages) content.set(bytes, page * PAGE);
  return content;
}

const pageOf = (content: Uint8Array, page: number): Uint8Array =>
  content.subarray(page * PAGE, (page + 1) * PAGE);

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
