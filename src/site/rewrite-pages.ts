/** Changes the pages of the built site, those that no route made (`/embed/`) among them. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @param dir the built site.
 * @param rewrite gets a page's HTML and gives the new one.
 * @throws Error as `rewrite` does, naming the page.
 */
export function rewritePages(dir: URL, rewrite: (html: string) => string): void {
  const folder = fileURLToPath(dir);
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    if (!name.endsWith('.html')) continue;
    const path = join(folder, name);
    try {
      writeFileSync(path, rewrite(readFileSync(path, 'utf8')));
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
    }
  }
}
