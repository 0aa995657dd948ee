/** Lasting links as the page in the browser knows them. */
import { base } from './base.ts';
import { goPath, idOnPage } from './permalink.ts';

/**
 * @param anchor of something on this page; without one the page itself is meant.
 * @returns its lasting id, or `null` if this page has none.
 */
export function lastingId(anchor?: string): string | null {
  const page = document.querySelector<HTMLElement>('[data-page]')?.dataset['page'];
  if (page === undefined) return null;
  return anchor === undefined ? page : idOnPage(page, anchor);
}

/**
 * @param anchor of something on this page; without one the page itself is meant.
 * @returns the whole address, or `null` if this page has no lasting link.
 */
export function lastingLink(anchor?: string): string | null {
  const id = lastingId(anchor);
  return id === null ? null : new URL(`${base}/${goPath(id)}`, location.href).href;
}
