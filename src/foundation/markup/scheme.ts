/**
 * Which addresses a page may hold: of this site, and of others by `https:`, `http:` and `mailto:`. Any
 * other scheme is a program (`javascript:`), a page in disguise (`data:`) or leads to nobody (`file:`).
 */

const SCHEMES = ['https:', 'http:', 'mailto:'];

/** @returns the scheme of an address, as a browser reads it, if it is none that a page may hold. */
export function forbiddenScheme(address: string): string | null {
  // Browsers take no notice of spaces and controls before it, and of tabs and line breaks in it.

  const read = address.replace(/^[\u0000-\u0020]+|[\t\n\r]/g, '');
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(read)?.[0].toLowerCase();
  return scheme === undefined || SCHEMES.includes(scheme) ? null : scheme;
}

/** Attributes that hold an address, in any element. */
const ADDRESS = new Set(
  (
    'href src action formaction xlink:href poster cite background longdesc manifest codebase ' +
    'ping data srcset imagesrcset'
  ).split(' '),
);
/** Of those, they hold several. */
const SEVERAL = new Set(['ping', 'srcset', 'imagesrcset']);
/** What SVG gives an attribute of another element. */
const ANIMATIONS = ['animate', 'set'];
const ANIMATED = ['to', 'from', 'by', 'values'];

/** The addresses in an attribute of an element; none if it holds something else. */
export function addressesIn(element: string, attribute: string, value: string): string[] {
  // JSX may write `xlinkHref` and `formAction`.
  const name = attribute.toLowerCase().replace(/^xlink:?/, 'xlink:');
  if (ANIMATIONS.includes(element.toLowerCase()) && ANIMATED.includes(name))
    return value.split(';');
  // Everywhere else `data` is what a component of ours is made of.
  if (!ADDRESS.has(name) || (name === 'data' && element.toLowerCase() !== 'object')) return [];
  return SEVERAL.has(name) ? value.split(/[\s,]+/).filter(Boolean) : [value];
}
