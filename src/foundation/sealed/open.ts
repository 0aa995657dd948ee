/** Opens in the page what `Sealed.astro` closed. */
import { unseal } from './seal.ts';

/**
 * @param holder what the sealed text stands in, in the page or not.
 * @returns an element of another document that holds it: import what you show. Empty if there is none.
 */
export function openSealed(holder: Element): HTMLElement {
  const sealed = holder.querySelector<HTMLElement>('template[data-sealed]')?.dataset['sealed'];
  const { body } = new DOMParser().parseFromString(unseal(sealed ?? ''), 'text/html');
  // A frame has no place for another page.
  if ('embed' in document.documentElement.dataset)
    for (const link of body.querySelectorAll('a')) {
      link.target = '_blank';
      link.rel = 'noopener';
    }
  return body;
}
