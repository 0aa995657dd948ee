/**
 * Scripts that start when the page is seen. A browser asks for the modules that a page names as soon as
 * it reads of them, along with the style sheet, and on a slow line they make the first paint wait for
 * its share of the line. What they bring is needed after it.
 */

const MODULE = /<script type="module" src="([^"]+)"><\/script>/g;

/** The template that holds the page's scripts until then. */
export const HELD = 'held-scripts';

/**
 * @param html a built page.
 * @param importsOf what a script imports at once: it is asked for along with the script.
 * @param loader the script that starts them.
 * @returns the page with its scripts, in their order, in a template at its end, and the loader behind it.
 * @throws Error naming a script that is loaded in another way.
 */
export function deferScripts(
  html: string,
  importsOf: (script: string) => readonly string[],
  loader: string,
): string {
  const scripts = [...html.matchAll(MODULE)].map(([, address]) => address!);
  const page = html.replace(MODULE, '');
  const other = /<script\b[^>]*\ssrc=[^>]*>/.exec(page);
  if (other) throw new Error(`${other[0]} is loaded before the page is seen. Make it a module.`);
  if (scripts.length === 0) return page;
  const held = [...new Set(scripts.flatMap((script) => [...importsOf(script), script]))].map(
    (address) => `<script type="module" src="${address}"></script>`,
  );
  const end = page.lastIndexOf('</body>');
  if (end < 0) throw new Error('The page has no end of its body.');
  return (
    page.slice(0, end) +
    `<template id="${HELD}">${held.join('')}</template><script type="module">${loader}</script>` +
    page.slice(end)
  );
}
