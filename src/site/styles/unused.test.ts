import { expect, it } from 'vitest';
import { unusedShown } from './unused.ts';

it('a page that shows what has no style is told, however many classes the element has', () => {
  expect(unusedShown('<p class="lead sl-badge new">New</p>')).toEqual(['sl-badge']);
  expect(unusedShown('<p class="lead">A hero, a tagline and an sl-badge</p>')).toEqual([]);
});
