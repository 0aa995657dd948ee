/** Puts its Content Security Policy into every page of the built site. */
import type { AstroIntegration } from 'astro';
import { EDITOR_STYLE_NONCE } from '../../running/cells/editor/nonce.ts';
import { brokerScript } from '../../running/runner/broker-document.ts';
import { rewritePages } from '../rewrite-pages.ts';
import { withPolicy } from './policy.ts';

export function contentSecurityPolicy(): AstroIntegration {
  return {
    name: 'content-security-policy',
    hooks: {
      'astro:build:done'({ dir }) {
        const options = { inheritedScripts: [brokerScript], styleNonce: EDITOR_STYLE_NONCE };
        rewritePages(dir, (html) => withPolicy(html, options));
      },
    },
  };
}
