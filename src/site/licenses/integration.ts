/** Writes `THIRD-PARTY.txt` into the built site. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { NOTICES_FILE } from '../../foundation/addresses/notices-file.ts';
import type { CourseSettings } from '../../foundation/course/settings.ts';
import { noticesFor, noticesText } from './notices.ts';

/**
 * @param course what it is called, whose it is, and under which license.
 * @param workerSources the files that the engines’ workers are made of: they are bundled apart.
 */
export function thirdPartyNotices(
  course: Pick<CourseSettings, 'title' | 'author' | 'license'>,
  workerSources: () => Promise<readonly string[]>,
): AstroIntegration {
  const modules = new Set<string>();
  let root = '';
  return {
    name: 'third-party-notices',
    hooks: {
      'astro:config:setup'({ config, updateConfig }) {
        root = fileURLToPath(config.root);
        updateConfig({
          vite: {
            plugins: [
              {
                name: 'note-bundled-modules',
                generateBundle(_options, bundle) {
                  // Scripts are the client's; styles come from where the pages are rendered.
                  const client = this.environment.name === 'client';
                  for (const chunk of Object.values(bundle)) {
                    if (chunk.type !== 'chunk') continue;
                    for (const [id, { renderedLength }] of Object.entries(chunk.modules))
                      if ((client && renderedLength > 0) || /\.css(\?|$)/.test(id)) modules.add(id);
                  }
                },
              },
            ],
          },
        });
      },
      async 'astro:build:done'({ dir, logger }) {
        const notices = noticesFor([...modules, ...(await workerSources())], root);
        writeFileSync(join(fileURLToPath(dir), NOTICES_FILE), noticesText(notices, course));
        logger.info(`${notices.length} works of others are named in ${NOTICES_FILE}`);
      },
    },
  };
}
