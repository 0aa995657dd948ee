/** What a built script imports. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a script imports when it starts, and what that imports; not what it imports on demand.
 *
 * @param folder the built site.
 * @param base its path, with slashes at both ends.
 * @param script the script's address, from the site's root: `/course/_astro/cell.js`.
 * @returns addresses like it, in the order of the imports, each once.
 */
export function staticImports(folder: string, base: string, script: string): string[] {
  const found = new Set<string>();
  const follow = (address: string): void => {
    const source = readFileSync(join(folder, address.slice(base.length)), 'utf8');
    for (const [, name] of source.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
      const imported = `${address.slice(0, address.lastIndexOf('/'))}/${name!}`;
      if (found.has(imported)) continue;
      found.add(imported);
      follow(imported);
    }
  };
  follow(script);
  return [...found];
}
