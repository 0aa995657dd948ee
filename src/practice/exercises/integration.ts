/**
 * What judging an exercise needs of it, as a module: `…/x-eav-furniture.yaml?judged`. Attempts and texts of the
 * page stay out, and so does the YAML parser.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { AstroIntegration } from 'astro';
import type { JudgedExercise } from './check.ts';
import { parseExercise } from './parse.ts';
import { courseRoot } from '../../foundation/content/root.ts';

const MODULE = /\/(content\/exercises\/[^/]+\.yaml)\?judged$/;

export function judgedExercises(): AstroIntegration {
  return {
    name: 'judged-exercises',
    hooks: {
      'astro:config:setup'({ updateConfig }) {
        const root = courseRoot();
        updateConfig({
          vite: {
            plugins: [
              {
                name: 'judged-exercises',
                enforce: 'pre',
                load(id: string) {
                  if (!MODULE.test(id)) return null;
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

function judged(source: string, file: string): JudgedExercise {
  const { id, lang, dataset, solution, checks } = parseExercise(source, file).exercise;
  return {
    id,
    lang,
    ...(dataset !== undefined && { dataset }),
    solution: { code: solution.code },
    checks,
  };
}
