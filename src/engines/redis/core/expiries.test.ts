import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Expiries } from './expiries.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const step = fc.oneof(
  fc.record({ do: fc.constant('set' as const), key, at: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ do: fc.constant('delete' as const), key }),
  fc.record({ do: fc.constant('pass' as const), to: fc.integer({ min: 0, max: 9 }) }),
);

it('keys expire when they were last said to, in that order, whatever was said before', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const expiries = new Expiries();
      const model = new Map<string, number>();
      for (const one of steps) {
        if (one.do === 'set') {
          expiries.set(one.key, one.at);
          model.set(one.key, one.at);
        } else if (one.do === 'delete') {
          expiries.delete(one.key);
          model.delete(one.key);
        } else {
          const gone: number[] = [];
          for (let next; (next = expiries.takeBefore(one.to)) !== undefined; model.delete(next))
            gone.push(model.get(next)!);
          expect(gone).toEqual([...gone].sort((a, b) => a - b));
          expect([...model.values()].filter((at) => at < one.to)).toEqual([]);
        }
        expect(expiries.next()).toBe(Math.min(Infinity, ...model.values()));
        expect([...expiries.entries()]).toEqual([...model]);
      }
    }),
  );
});

it('of those that expire at once the first that came goes first', () => {
  const expiries = new Expiries();
  for (const name of ['m', 'a', 'z', 'b']) expiries.set(name, 5);
  const order = Array.from({ length: 5 }, () => expiries.takeBefore(6));
  expect(order).toEqual(['m', 'a', 'z', 'b', undefined]);
});

it('a key whose time is put off again and again takes no more room', () => {
  const expiries = new Expiries();
  for (let at = 0; at < 10_000; at++) expiries.set('session', at);
  expect((expiries as unknown as { at: number[] }).at.length).toBeLessThan(100);
  expect(expiries.takeBefore(9999)).toBeUndefined();
  expect(expiries.takeBefore(10_000)).toBe('session');
});
