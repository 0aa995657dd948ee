import { Kept } from './kept.ts';

/** Whether this browser keeps anything for the site beyond the page. */
export function canKeep(): boolean {
  const kept = new Kept('trial', 1, (data) => data);
  const can = kept.set('', true);
  kept.clear();
  return can;
}
