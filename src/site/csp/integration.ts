/** Puts its Content Security Policy into every page of the built site. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { EDITOR_STYLE_NONCE } from '../../cells/editor/nonce.ts';
import { brokerScript } from '../../runner/broker-document.ts';
import { withPolicy } from './policy.ts';

export function contentSecurityPolicy(): AstroIntegration {
  return {
    name: 'content-security-policy',
    hooks: {
      'astro:build:done'({ dir }) {
        const folder = fileURLToPath(dir);
        for (const name of readdirSync(folder, { recursive: true }).map(String)) {
          if (!name.endsWith('.html')) continue;
          const path = join(folder, name);
          const html = readFileSync(path, 'utf8');
          try {
            const options = { inheritedScripts: [brokerScript], styleNonce: EDITOR_STYLE_NONCE };
            writeFileSync(path, withPolicy(html, options));
          } catch (error) {
            throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
          }
        }
      },
    },
  };
}
