/**
 * Which elements of a page stand for all others when colors are judged: one for each look. A long
 * table has thousands of cells of one look, and axe asks the browser about the pixel under each.
 */
import type { Page } from '@playwright/test';

/** The attribute of those elements, as a selector. */
export const REPRESENTATIVES = '[data-represents]';

/**
 * Marks, in the state and theme that the page is in, one element for each look: color, font, and every
 * background and opacity up to the root. What is positioned may lie over something else and stands
 * for itself alone; a link is one more look, by the text around it. axe says nothing of a text of one character, so none stands
 * for others.
 *
 * @param within a part of the page, of which elements are taken.
 * @returns how many there are.
 */
export async function markRepresentatives(page: Page, within?: string): Promise<number> {
  return page.evaluate((within) => {
    for (const marked of document.querySelectorAll('[data-represents]'))
      marked.removeAttribute('data-represents');
    const numbers = new Map<string, number>();
    const numberOf = (text: string): number => {
      const number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      return number;
    };
    const grounds = new Map<Element, number>();
    let alone = 0;
    /** What lies behind the element's text. */
    const groundOf = (element: Element | null): number => {
      if (!element) return -1;
      const known = grounds.get(element);
      if (known !== undefined) return known;
      const style = getComputedStyle(element);
      const { backgroundColor, backgroundImage, opacity, filter, position } = style;
      const own = [
        ...(backgroundColor === 'rgba(0, 0, 0, 0)' ? [] : [backgroundColor]),
        ...[backgroundImage, filter].filter((value) => value !== 'none'),
        ...(opacity === '1' ? [] : [opacity]),
        ...(position === 'static' || position === 'relative' ? [] : [`alone ${alone++}`]),
      ];
      const behind = groundOf(element.parentElement);
      const ground = own.length === 0 ? behind : numberOf([behind, ...own].join('|'));
      grounds.set(element, ground);
      return ground;
    };
    const lookOf = (element: Element): string => {
      const { color, fontSize, fontWeight, textShadow, textDecorationLine } =
        getComputedStyle(element);
      return [
        groundOf(element),
        color,
        fontSize,
        fontWeight,
        textShadow,
        textDecorationLine,
      ].join();
    };
    const seen = new Set<string>();
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
        if (seen.has(look)) continue;
        seen.add(look);
        (link ?? element).setAttribute('data-represents', '');
      }
    return seen.size;
  }, within);
}
