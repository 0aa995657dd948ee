import { expect, it } from 'vitest';
import { TypeAhead } from './type-ahead.ts';

function typeAhead(text = '') {
  const kept = { text };
  const ahead = new TypeAhead({
    get text() {
      return kept.text;
    },
    keep: (now) => void (kept.text = now),
  });
  return { ahead, kept };
}

it('what was entered too early runs in its order', () => {
  const { ahead } = typeAhead();
  ahead.add('CREATE TABLE t (n int);');
  ahead.add('SELECT 1;');
  expect([ahead.next(), ahead.next(), ahead.next()]).toEqual([
    'CREATE TABLE t (n int);',
    'SELECT 1;',
    undefined,
  ]);
});

it('what waits is kept with what stands at the prompt, until it runs', () => {
  const { ahead, kept } = typeAhead('half');
  expect(ahead.draft.text).toBe('half');
  ahead.add('SELECT 1;');
  ahead.draft.keep('SELECT 2');
  expect(kept.text).toBe('SELECT 1;\nSELECT 2');
  ahead.next();
  expect(kept.text).toBe('SELECT 2');
});

it('where the database does not come, all of it is given back', () => {
  const { ahead, kept } = typeAhead();
  ahead.add('SELECT 1;');
  ahead.add('SELECT 2;');
  ahead.draft.keep('SEL');
  expect(ahead.giveBack()).toBe('SELECT 1;\nSELECT 2;\nSEL');
  expect(ahead.isEmpty).toBe(true);
  expect(kept.text).toBe('SEL');
});
