/**
 * The page at `/go/<id>/`: it sends its reader on at once. It works on the plainest host, under a
 * strict policy, and without JavaScript. A script is there only because a `refresh` drops what stands
 * behind `#`: old fragments and the code of shared links travel on with it.
 */
import { cspHash } from '../../foundation/markup/csp-hash.ts';
import { escaped } from '../../foundation/markup/escaped.ts';

export interface Redirect {
  /** The path to go to, with the site's base: `/course/the-problem/#eav`. */
  path: string;
  title: string;
  /** Where the site is, for the canonical link: `https://example.org`. */
  origin: string;
}

/**
 * A fragment of the reader's own replaces the target's; behind a colon it is a cell's code, which the
 * target's own cell gets.
 */
const SCRIPT = `(()=>{const to=document.querySelector('a'),own=to.hash,its=location.hash,code=its.indexOf(':');if(its)to.hash=own&&code>0?own+its.slice(code):its;location.replace(to.href)})()`;

/** Nothing but the script, and the empty picture that keeps browsers from asking for an icon. */
const POLICY = `default-src 'none'; script-src ${cspHash(SCRIPT)}; img-src data:; base-uri 'none'; form-action 'none'`;

export function redirectPage({ path, title, origin }: Redirect): string {
  const to = escaped(path);
  const canonical = escaped(origin + path.replace(/#.*/, ''));
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex"><link rel="icon" href="data:,">',
    `<title>${escaped(title)}</title><link rel="canonical" href="${canonical}">`,
    `<noscript><meta http-equiv="refresh" content="0;url=${to}"></noscript></head>`,
    `<body><main><h1>${escaped(title)}</h1><p><a href="${to}">Go there</a></p></main>`,
    `<script>${SCRIPT}</script></body></html>\n`,
  ].join('');
}
