/** The files that PostgreSQL starts with, page by page. Node only. */
import { bundledFiles } from '../data-bundle.ts';
import { filesOf } from '../snapshot-files.ts';
import { readTar } from '../tar.ts';
import { type Absent, inDataFolder, PAGE } from './absent.ts';

/** One page, as the server finds it. */
export interface Page {
  /** The file's path on the server, and the page's number in it. */
  path: string;
  number: number;
  /** A view of the archive that it lies in. */
  content: Uint8Array;
}

/**
 * All pages that are not empty, always in the same order.
 *
 * @param snapshot a tar archive of the data folder.
 * @param bundle PGlite's own files.
 */
export async function pagesOf(snapshot: Uint8Array, bundle: Uint8Array): Promise<Page[]> {
  const files = [...filesOf(readTar(snapshot))].map(
    ([name, content]) => [inDataFolder(name), content] as const,
  );
  const bundled = (await bundledFiles()).map(
    ({ name, start, end }) => [name, bundle.subarray(start, end)] as const,
  );
  return [...files, ...bundled].flatMap(([path, content]) =>
    Array.from({ length: Math.ceil(content.length / PAGE) }, (_, number) => ({
      path,
      number,
      content: content.subarray(number * PAGE, (number + 1) * PAGE),
    })).filter((page) => page.content.some((byte) => byte !== 0)),
  );
}

/** @returns where these pages lie. */
export function placesOf(pages: readonly Page[]): Absent {
  const absent: Record<string, number[]> = {};
  for (const { path, number } of pages) (absent[path] ??= []).push(number);
  return absent;
}
