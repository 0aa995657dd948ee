/**
 * A second edition of the built site: every page says so, and every script, style and engine file has
 * another name, as if all of it had changed.
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
  writeFileSync(join(folder, 'sw.js'), await serviceWorker(await keptSite(folder, '/')));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
