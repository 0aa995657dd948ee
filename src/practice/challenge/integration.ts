/** What judging a challenge needs of it, as a module: `…/x-catalog-design.yaml?judged`. Designs stay out. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { AstroIntegration } from 'astro';
import type { JudgedStage } from './check.ts';
import { parseChallenge } from './parse.ts';
import { courseRoot } from '../../foundation/content/root.ts';

const MODULE = /\/(content\/challenges\/[^/]+\.yaml)\?judged$/;

export function judgedChallenges(): AstroIntegration {
  return {
    name: 'judged-challenges',
    hooks: {
      'astro:config:setup'({ updateConfig }) {
        const root = courseRoot();
        updateConfig({
          vite: {
            plugins: [
              {
                name: 'judged-challenges',
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

const judged = (source: string, file: string): JudgedStage[] =>
  parseChallenge(source, file).challenge.stages.map(
    ({ name, products, stores, columns, ordered, expect, checks }) => ({
      name,
      products,
      stores,
      columns,
      ordered,
      expect,
      checks,
    }),
  );
