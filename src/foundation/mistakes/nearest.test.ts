import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from './nearest.ts';

const COMPONENTS = ['Beside', 'Compare', 'Console', 'TeacherNote', 'Timer', 'Workbench'];

describe('a name that nobody knows', () => {
  it.each([
    ['TeacherNot', 'TeacherNote'],
    ['Tmier', 'Timer'],
    ['compare', 'Compare'],
    ['Workbnech', 'Workbench'],
  ])('%s is taken for %s', (written, meant) => {
    expect(nearest(written, COMPONENTS)).toBe(meant);
  });

  it.each(['Video', 'Ti', 'Sandwich'])('%s is close to none', (written) => {
    expect(nearest(written, COMPONENTS)).toBeUndefined();
    expect(didYouMean(written, COMPONENTS)).toBe('');
  });

  it('is proposed for no number', () => {
    expect(nearest('1.9', ['1.1', '1.2'])).toBeUndefined();
  });

  it('gets the closest of several', () => {
    expect(nearest('dataste', ['data', 'database', 'dataset'])).toBe('dataset');
  });

  it('is told as it is written there', () => {
    expect(didYouMean('Tmer', COMPONENTS, (name) => `<${name}>`)).toBe(' Did you mean <Timer>?');
    expect(didYouMean('shpo', ['bank', 'shop'])).toBe(' Did you mean "shop"?');
  });
});
