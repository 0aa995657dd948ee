/** The sheets that are loaded, or on their way. */
const sheets = new Map<string, Promise<void>>();

/**
 * Loads a style sheet that few readers need. Give it the address that an import with `?url` returns: a
 * plain import of a sheet would load it with every page that has the script, before anything is drawn.
 *
 * @returns when its rules apply.
 * @throws when it does not arrive; the next call tries again.
 */
export function loadStyles(href: string): Promise<void> {
  let sheet = sheets.get(href);
  if (!sheet) {
    sheet = new Promise((resolve, reject) => {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = href;
      link.onload = () => resolve();
      link.onerror = () => {
        link.remove();
        sheets.delete(href);
        reject(new Error(`${href} could not be loaded.`));
      };
      document.head.append(link);
    });
    sheets.set(href, sheet);
  }
  return sheet;
}
