/**
 * Divides PostgreSQL: its functions, and the pages of the files that it starts with. Sets have the functions first, then the pages.
 * Node only.
 */
import { isAmong, type Called } from '../../called.ts';
import type { Assets } from '../../engine.ts';
import { packFile, packImage, readFile } from '../image.ts';
import { REST } from '../rest.ts';
import { anatomyOf } from './anatomy.ts';
import { askedFor } from './asked.ts';
import { withCustom } from './binary.ts';
import { PAGE } from './absent.ts';
import { SECTIONS } from './names.ts';
import { pagesOf, placesOf, type Page } from './pages.ts';
import { split } from './split.ts';

/** @returns the first halves by their names, and the rest of all. */
export async function divide(
  assets: Assets,
  called: Called,
): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const wasm = await assets.bytes('postgres-wasm.bin');
  const snapshot = (await assets.bytes('postgres-snapshot.bin')).slice();
  const bundle = readFile(await assets.bytes('postgres-data.bin'));
  const functions = anatomyOf(wasm).bodies.length;
  const later = (await pagesOf(snapshot, bundle)).filter(
    (_, index) => !isAmong(called, functions + index),
  );
  const asked = await askedFor(wasm, bundle);
  const { first, rest } = split(
    wasm,
    (index) => isAmong(called, index),
    (name) => asked.has(name),
  );
  const absent = new TextEncoder().encode(JSON.stringify(placesOf(later)));
  const pages = packed(later);
  for (const { content } of later) content.fill(0);
  return {
    'postgres-wasm.bin': withCustom(first, SECTIONS.absent, absent),
    'postgres-snapshot.bin': snapshot,
    'postgres-data.bin': packFile(bundle),
    [REST]: withCustom(rest, SECTIONS.pages, pages),
  };
}

/** An image whose files are as long as they have to be for their pages. */
function packed(pages: readonly Page[]): Uint8Array {
  const changed = Object.keys(placesOf(pages)).map((path) => {
    const own = pages.filter((page) => page.path === path);
    const last = own.at(-1)!;
    return {
      path,
      size: last.number * PAGE + last.content.length,
      pages: new Map(own.map(({ number, content }) => [number, content])),
    };
  });
  return packImage({ script: '', removed: [], changed });
}
