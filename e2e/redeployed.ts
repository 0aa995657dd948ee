/**
 * A second edition of the built site: every page says so, and every script, style, engine file and part of
 * the search's index has another name, as if all of it had changed.
 */
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { serviceWorker } from '../src/site/offline/integration.ts';
import { keptSite } from '../src/site/offline/kept-files.ts';

export const SECOND_EDITION = '(second edition)';

/** Frames and redirects name no script that a journey here runs. */
const LEFT_OUT = /^dist\/(embed|go|teach)(\/|$)/;

/** @returns the folder, and a function that removes it. */
export async function redeployed(): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'second-edition-'));
  cpSync('dist', folder, { recursive: true, filter: (path) => !LEFT_OUT.test(path) });
  const names = new Map<string, string>();
  for (const part of ['_astro', '_engines'])
    for (const name of readdirSync(join(folder, part))) {
      const renamed = name.replace(
        /([^.]+)(\.\w+)$/,
        (_, hash: string, ending: string) => `${[...hash].reverse().join('')}${ending}`,
      );
      names.set(name, renamed);
      renameSync(join(folder, part, name), join(folder, part, renamed));
    }
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    if (!/\.(html|js|css)$/.test(name) || name.startsWith('pagefind')) continue;
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8')
      .replace(/[\w.@-]+\.(js|css|bin)\b/g, (word) => names.get(word) ?? word)
      .replace(/<\/h1>/, ` ${SECOND_EDITION}</h1>`);
    writeFileSync(file, text);
  }
  renameIndex(join(folder, 'pagefind'));
  writeFileSync(join(folder, 'sw.js'), await serviceWorker(await keptSite(folder, '/')));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** Gives the search's index other names, as it has when a page has another text. */
function renameIndex(folder: string): void {
  const meta = readdirSync(folder).find((name) => name.endsWith('.pf_meta'))!;
  let content = gunzipSync(readFileSync(join(folder, meta))).toString('latin1');
  for (const part of ['index', 'fragment'])
    for (const name of readdirSync(join(folder, part))) {
      const hash = /_(\w+)\./.exec(name)![1]!;
      const other = [...hash].reverse().join('');
      content = content.replaceAll(`_${hash}`, `_${other}`);
      renameSync(join(folder, part, name), join(folder, part, name.replace(hash, other)));
    }
  const hash = /(\w+)\.pf_meta$/.exec(meta)![1]!;
  const other = [...hash].reverse().join('');
  writeFileSync(join(folder, meta.replace(hash, other)), gzipSync(Buffer.from(content, 'latin1')));
  rmSync(join(folder, meta));
  const entry = join(folder, 'pagefind-entry.json');
  writeFileSync(entry, readFileSync(entry, 'utf8').replaceAll(hash, other));
}
