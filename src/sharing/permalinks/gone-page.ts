/** The page at `/go/<id>/` of what was taken out of the course: links that lead there are out in the world. */
import { escaped } from '../../foundation/markup/escaped.ts';

/** Nothing but its own styles, which it has none of, and the empty picture that keeps browsers from asking for an icon. */
const POLICY = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'";

/** @param id what the link named. @param home the site's base, with a slash at the end. */
export function gonePage(id: string, home: string): string {
  const title = 'Not in the course any more';
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">',
    `<meta name="robots" content="noindex"><link rel="icon" href="data:,"><title>${title}</title></head>`,
    `<body><main><h1>${title}</h1><p>This link was to ${escaped(id)}, which the course had and has no more. `,
    `Nothing took its place. <a href="${escaped(home)}">Go to the course</a>, where the search may find what you want.</p>`,
    '</main></body></html>\n',
  ].join('');
}
