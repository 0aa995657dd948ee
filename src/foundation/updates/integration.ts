/** Publishes what tells open pages of other builds that the course was updated. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { rolldown } from 'rolldown';
import { NOTICE_FILE } from './updates.ts';

export function updatesNotice(): AstroIntegration {
  return {
    name: 'updates-notice',
    hooks: {
      async 'astro:build:done'({ dir }) {
        const build = await rolldown({
          input: fileURLToPath(new URL('notice.ts', import.meta.url)),
        });
        try {
          const { output } = await build.generate({ format: 'es', minify: true });
          writeFileSync(join(fileURLToPath(dir), NOTICE_FILE), output[0].code);
        } finally {
          await build.close();
        }
      },
    },
  };
}
