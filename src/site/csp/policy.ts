/**
 * The Content Security Policy of a page, and how it gets into the page: as a meta element, because the
 * site has to work on hosts that can set no header.
 */
import { Parser } from 'htmlparser2';
import { cspHash } from '../../foundation/markup/csp-hash.ts';

export interface InlineCode {
  scripts: string[];
  styles: string[];
}

/** Types of `<script>` that are data: a policy does not apply to them. */
const DATA_TYPES = /^(application\/(ld\+)?json|text\/template)$/;

/** What stands between the tags of a page's inline scripts and styles. */
export function inlineCode(html: string): InlineCode {
  const found: InlineCode = { scripts: [], styles: [] };
  let open: string[] | undefined;
  let text = '';
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        text = '';
        if (name === 'style') open = found.styles;
        else if (
          name === 'script' &&
          !('src' in attributes) &&
          !DATA_TYPES.test(attributes['type'] ?? '')
        )
          open = found.scripts;
      },
      ontext: (chunk) => (text += chunk),
      onclosetag(name) {
        if (name === 'style' || name === 'script') {
          open?.push(text);
          open = undefined;
        }
      },
    },
    { decodeEntities: false },
  );
  parser.end(html);
  return found;
}

export interface PolicyOptions {
  /** Scripts of documents that inherit the page's policy: the broker's. */
  inheritedScripts: readonly string[];
  /** The word that the editor's style elements carry. */
  styleNonce: string;
}

/** @returns the policy that lets in what stands in the page, and nothing else. */
export function policyFor(html: string, { inheritedScripts, styleNonce }: PolicyOptions): string {
  const { scripts, styles } = inlineCode(html);
  const hashes = (texts: readonly string[]): string => [...new Set(texts.map(cspHash))].join(' ');
  return [
    `default-src 'self'`,
    // `blob:` is for the worker that the broker starts: it inherits this policy.
    `script-src 'self' 'wasm-unsafe-eval' blob: ${hashes([...scripts, ...inheritedScripts])}`,
    // The empty text is a style element that a library fills through the CSSOM.
    `style-src 'self' 'nonce-${styleNonce}' ${hashes([...styles, ''])}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data:`,
    `worker-src 'self' blob:`,
    `object-src 'none'`,
    `base-uri 'self'`,
    `form-action 'self'`,
  ].join('; ');
}

const CHARSET = /<meta charset="utf-8"\s*\/?>/i;

/**
 * @param html a page whose head declares its charset.
 * @returns the page with its policy right behind the charset, so that it holds for all that follows.
 * @throws Error if there is no such place.
 */
export function withPolicy(html: string, options: PolicyOptions): string {
  if (!CHARSET.test(html))
    throw new Error('the page has no <meta charset="utf-8"> to put the policy behind');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policyFor(html, options)}">`;
  return html.replace(CHARSET, (charset) => charset + meta);
}
