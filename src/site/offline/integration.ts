/** Writes the service worker of the built site, with the list of what it keeps. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { rolldown } from 'rolldown';
import { destinations } from '../../sharing/permalinks/destinations.ts';
import { keptSite } from './kept-files.ts';
import type { KeptSite } from './kept-site.ts';

const WORKER = fileURLToPath(new URL('worker/main.ts', import.meta.url));

/** @returns the service worker's script. */
export async function serviceWorker(site: KeptSite): Promise<string> {
  const build = await rolldown({ input: WORKER, platform: 'browser', logLevel: 'warn' });
  try {
    const { output } = await build.generate({ format: 'iife', minify: true });
    return `const SITE=${JSON.stringify(site)};\n${output[0].code}`;
  } finally {
    await build.close();
  }
}

export function offline(): AstroIntegration {
  let base = '/';
  return {
    name: 'offline',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.endsWith('/') ? config.base : `${config.base}/`;
      },
      async 'astro:build:done'({ dir }) {
        const folder = fileURLToPath(dir);
        const site = await keptSite(folder, base, destinations());
        writeFileSync(join(folder, 'sw.js'), await serviceWorker(site));
      },
    },
  };
}
