/**
 * Which elements of a page stand for all others when colors are judged: few for each look. A long
 * table has thousands of cells of one look, and axe asks the browser about the pixel under each.
 */
import type { Page } from '@playwright/test';

/** The attribute of those elements, as a selector. */
export const REPRESENTATIVES = '[data-represents]';

/** The looks that the marked elements stand for, by element: what {@link markRepresentatives} leaves in the page. */
export interface Represented {
  looks: Map<Element, string>;
}

/**
 * Marks, in the state and theme that the page is in, elements for each look: color, font, and every
 * background and opacity up to what nothing shows through. What is positioned without a background of its
 * own may lie over something else and stands for itself alone; a link is one more look, by the text around
 * it. axe says nothing of a text of one character, so none stands for others.
 *
 * @param settled looks that need no one to stand for them.
 * @param within a part of the page, of which elements are taken.
 * @returns the looks that are represented.
 */
export async function markRepresentatives(
  page: Page,
  settled: readonly string[],
  within?: string,
): Promise<string[]> {
  return page.evaluate(
    ({ settled, within }) => {
      for (const marked of document.querySelectorAll('[data-represents]'))
        marked.removeAttribute('data-represents');
      interface Ground {
        /** What lies behind a text, as far as it can be seen. */
        seen: string;
        /** What changes the colors of all that is in the element: opacity and filters. */
        changed: string;
      }
      const grounds = new Map<Element, Ground>();
      let alone = 0;
      const groundOf = (element: Element | null): Ground => {
        if (!element) return { seen: '', changed: '' };
        const known = grounds.get(element);
        if (known) return known;
        const { backgroundColor, backgroundImage, opacity, filter, position } =
          getComputedStyle(element);
        const behind = groundOf(element.parentElement);
        const changes = [opacity, filter].filter((it) => it !== '1' && it !== 'none').join(' ');
        const changed = behind.changed + changes;
        const pictured = backgroundImage !== 'none';
        let { seen } = behind;
        // Nothing shows through a plain color.
        if (backgroundColor.startsWith('rgb(') && !pictured && changed === '')
          seen = backgroundColor;
        else {
          if (backgroundColor !== 'rgba(0, 0, 0, 0)' || pictured || changes !== '')
            seen += `|${backgroundColor} ${backgroundImage} ${changes}`;
          if (position !== 'static' && position !== 'relative') seen += `|alone ${alone++}`;
        }
        const ground = { seen, changed };
        grounds.set(element, ground);
        return ground;
      };
      const lookOf = (element: Element): string => {
        const { color, fontSize, fontWeight, textShadow, textDecorationLine } =
          getComputedStyle(element);
        const own = [color, fontSize, fontWeight, textShadow, textDecorationLine];
        return [groundOf(element).seen, ...own].join(', ');
      };
      const done = new Set(settled);
      const wearers = new Map<string, Element[]>();
      const roots = within === undefined ? [document.body] : document.querySelectorAll(within);
      for (const root of roots)
        for (const element of [root, ...root.querySelectorAll('*')]) {
          const says =
            element.matches('input, select, textarea') ||
            [...element.childNodes].some(
              (node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim().length > 1,
            );
          if (!says || !element.checkVisibility()) continue;
          const link = element.closest('a');
          const look = lookOf(element) + (link ? `|in ${lookOf(link.parentElement!)}` : '');
          if (done.has(look)) continue;
          const known = wearers.get(look);
          if (known) known.push(element);
          else wearers.set(look, [element]);
        }
      const looks = new Map<Element, string>();
      for (const [look, all] of wearers)
        // The first alone may be one that axe cannot judge: half under something, or out of reach.
        for (const one of [all[0]!, all[Math.floor(all.length / 2)]!, all.at(-1)!]) {
          looks.set(one, look);
          // Of a link the whole is looked at: how it differs from the text around it.
          for (const marked of [one, one.closest('a')]) marked?.setAttribute('data-represents', '');
        }
      (globalThis as unknown as Represented).looks = looks;
      return [...wearers.keys()];
    },
    { settled, within },
  );
}
