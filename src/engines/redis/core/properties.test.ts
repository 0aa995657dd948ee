import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bench } from '../testing.ts';
import { Deque } from './deque.ts';
import { formatDouble, strtod } from './numbers.ts';
import { SortedSet } from './sorted-set.ts';
import { globMatch } from './bytes.ts';

const member = fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'b', 'c', 'd') });
const score = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }));

describe('sorted sets', () => {
  it('are in the order of score and name after any insertions, moves and removals, and know every rank', () => {
    const change = fc.oneof(
      fc.record({ member, score: score as fc.Arbitrary<number | null> }),
      fc.record({ member, score: fc.constant(null) }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const set = new SortedSet();
        const model = new Map<string, number>();
        for (const { member: name, score: value } of changes) {
          if (value === null) expect(set.delete(name)).toBe(model.delete(name));
          else {
            set.set(name, value);
            model.set(name, value);
          }
        }
        const expected = [...model].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
        const forward: [string, number][] = [];
        for (let e = set.first; e; e = e.next) forward.push([e.member, e.score]);
        const backward: string[] = [];
        for (let e = set.last; e; e = e.previous) backward.unshift(e.member);
        expect(forward).toEqual(expected);
        expect(backward).toEqual(expected.map(([name]) => name));
        expected.forEach(([name], i) => {
          expect(set.rank(name)).toBe(i);
          expect(set.at(i)!.member).toBe(name);
        });
        expect(set.at(expected.length)).toBeNull();
      }),
    );
  });
});

describe('lists', () => {
  it('behave like an array under pushes, pops, insertions and reads at both ends', () => {
    const operation = fc.record({
      kind: fc.constantFrom('push', 'unshift', 'pop', 'shift', 'insert', 'set'),
      at: fc.nat(30),
      item: fc.string({ maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 150 }), (operations) => {
        const deque = new Deque();
        const model: string[] = [];
        for (const { kind, at, item } of operations) {
          const index = model.length === 0 ? 0 : at % model.length;
          if (kind === 'push' || kind === 'unshift') {
            deque[kind](item);
            model[kind](item);
          } else if (kind === 'pop' || kind === 'shift') expect(deque[kind]()).toBe(model[kind]());
          else if (kind === 'insert') {
            deque.insert(index, item);
            model.splice(index, 0, item);
          } else if (model.length > 0) {
            deque.set(index, item);
            model[index] = item;
          }
        }
        expect(deque.toArray()).toEqual(model);
        expect(deque.at(-1)).toBe(model.at(-1));
      }),
    );
  });
});

describe('expiry', () => {
  it('a key is there up to its time and gone after it, however often it is set anew', () => {
    const step = fc.oneof(
      fc.record({ expire: fc.integer({ min: 1, max: 500 }) }),
      fc.record({ pass: fc.integer({ min: 1, max: 300 }) }),
      fc.constant({ persist: true }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const b = bench();
        b.run('SET k v');
        let left = Infinity;
        for (const each of steps) {
          if ('expire' in each) {
            const answer = b.run(`PEXPIRE k ${each.expire}`);
            expect(answer).toBe(left >= 0 ? '(integer) 1' : '(integer) 0');
            if (left >= 0) left = each.expire;
          } else if ('pass' in each) {
            b.wait(each.pass);
            left -= each.pass;
          } else {
            b.run('PERSIST k');
            if (left >= 0) left = Infinity;
          }
          expect(b.run('PTTL k')).toBe(
            `(integer) ${left < 0 ? -2 : left === Infinity ? -1 : left}`,
          );
        }
      }),
    );
  });
});

describe('doubles', () => {
  it('read back as the number they print', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) =>
        Object.is(strtod(formatDouble(value)), value),
      ),
    );
  });
});

describe('patterns', () => {
  it('match the text they were made from, with any of its characters replaced by a star or a question mark', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', '/'), fc.constantFrom('same', '*', '?'))),
        (parts) => {
          const text = parts.map(([ch]) => ch).join('');
          const pattern = parts.map(([ch, how]) => (how === 'same' ? ch : how)).join('');
          expect(globMatch(pattern, text)).toBe(true);
          expect(globMatch(`${pattern}x`, text)).toBe(false);
        },
      ),
    );
  });
});

describe('SCAN', () => {
  it('returns every key that stays exactly once while others come and go', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 7 }),
        (names, count) => {
          const b = bench();
          const client = b.connect();
          const execute = (...argv: string[]): unknown => b.server.execute(client, argv);
          const keys = names.map((name) =>
            [...name].map((ch) => String.fromCharCode(ch.charCodeAt(0) & 0xff)).join(''),
          );
          for (const key of keys) execute('SET', `stay:${key}`, '1');
          const seen: string[] = [];
          let cursor = '0';
          let round = 0;
          do {
            const [next, found] = execute('SCAN', cursor, 'COUNT', String(count)) as [
              string,
              string[],
            ];
            seen.push(...found);
            cursor = next;
            execute('SET', `new:${round}`, '1');
            if (round > 0) execute('DEL', `new:${round - 1}`);
            round++;
          } while (cursor !== '0');
          const stayed = seen.filter((key) => key.startsWith('stay:'));
          expect(stayed.sort()).toEqual([...new Set(keys)].map((key) => `stay:${key}`).sort());
        },
      ),
    );
  });
});
