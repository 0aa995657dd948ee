/**
 * What a page needs of a YAML file, and no more, as a module: `…/x-eav-furniture.yaml?judged`. The YAML parser stays
 * out of the page.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { AstroIntegration } from 'astro';
import { courseRoot } from '../content/root.ts';

/**
 * @param folder of the files, `content/exercises`.
 * @param judged makes the module's default export, plain data, of a file's text.
 */
export function judgedModule(
  folder: string,
  judged: (source: string, file: string) => unknown,
): AstroIntegration {
  const module = new RegExp(`/(${folder}/[^/]+\\.yaml)\\?judged$`);
  const name = `judged: ${folder}`;
  return {
    name,
    hooks: {
      'astro:config:setup'({ updateConfig }) {
        const root = courseRoot();
        updateConfig({
          vite: {
            plugins: [
              {
                name,
                enforce: 'pre',
                load(id: string) {
                  if (!module.test(id)) return null;
                  const path = id.replace(/\?judged$/, '');
                  this.addWatchFile(path);
                  const file = relative(root, path).replaceAll('\\', '/');
                  return `export default ${JSON.stringify(judged(readFileSync(path, 'utf8'), file))};`;
                },
              },
            ],
          },
        });
      },
    },
  };
}
