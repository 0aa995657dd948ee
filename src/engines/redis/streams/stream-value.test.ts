import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyspace } from '../cli/keyspace.ts';
import { bench } from '../testing.ts';
import { radixNodes } from './layout.ts';
import { Consumer, PendingList, type Pending } from './pending.ts';
import { compareIds, FIRST_ID, idText, LAST_ID, nextId, parseId, previousId } from './stream-id.ts';
import { StreamValue } from './stream-value.ts';

describe('ids', () => {
  it.each([
    ['5', '5-0'],
    ['5-7', '5-7'],
    ['007-+2', '7-2'],
    ['18446744073709551615-9007199254740993', '18446744073709551615-9007199254740993'],
    ['1--03', '1-18446744073709551613'],
  ])('%s is %s', (word, id) => {
    expect(idText(parseId(word))).toBe(id);
  });
  it.each(['', '-5', '5-', 'x', '1-2-3', '1--3', '18446744073709551616', '1'.repeat(128)])(
    '%j is none',
    (word) => {
      expect(() => parseId(word)).toThrow();
    },
  );
  it('have one before and one behind, over the borders of milliseconds and of doubles', () => {
    for (const [a, b] of [
      ['1-18446744073709551615', '2-0'],
      ['1-9007199254740991', '1-9007199254740992'],
      ['9007199254740991-18446744073709551615', '9007199254740992-0'],
    ]) {
      expect(idText(nextId(parseId(a!))!)).toBe(b);
      expect(idText(previousId(parseId(b!))!)).toBe(a);
    }
    expect(nextId(LAST_ID)).toBeUndefined();
    expect(previousId(FIRST_ID)).toBeUndefined();
  });
});

describe('a stream', () => {
  it('has the entries of a plain list after any additions, deletions and trims', () => {
    const change = fc.oneof(
      { weight: 6, arbitrary: fc.record({ add: fc.nat(3) }) },
      { weight: 2, arbitrary: fc.record({ remove: fc.nat(40) }) },
      { weight: 1, arbitrary: fc.record({ keep: fc.nat(20) }) },
      { weight: 1, arbitrary: fc.record({ from: fc.nat(40) }) },
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80 }), fc.nat(40), fc.nat(40), (changes, a, b) => {
        const stream = new StreamValue();
        let model: number[] = [];
        let last = 0;
        for (const each of changes) {
          if ('add' in each) {
            last += 1 + each.add;
            stream.append({ ms: last, seq: 0 }, ['n', String(last)], { bytes: 4096, entries: 4 });
            model.push(last);
          } else if ('remove' in each) {
            stream.delete([{ ms: each.remove, seq: 0 }]);
            model = model.filter((n) => n !== each.remove);
          } else if ('keep' in each) {
            stream.trim({ to: each.keep, approximate: false, limit: 0 });
            model = each.keep === 0 ? [] : model.slice(-each.keep);
          } else {
            stream.trim({ to: { ms: each.from, seq: 0 }, approximate: false, limit: 0 });
            model = model.filter((n) => n >= each.from);
          }
        }
        const found = (backwards: boolean): number[] =>
          stream
            .range({ ms: a, seq: 0 }, { ms: b, seq: 0 }, 0, backwards)
            .map(({ ms }) => Number(ms));
        const expected = model.filter((n) => n >= a && n <= b);
        expect(found(false)).toEqual(expected);
        expect(found(true)).toEqual([...expected].reverse());
        expect(stream.size).toBe(model.length);
        expect(stream.firstId.ms).toBe(model[0] ?? 0);
        expect(stream.last?.ms).toBe(model.at(-1));
      }),
    );
  });

  it('of a hundred thousand entries is read in the middle, consumed and acknowledged', () => {
    const { run, server } = bench();
    const client = server.connect();
    const many = 100_000;
    run('XGROUP CREATE log g 0 MKSTREAM');
    for (let i = 1; i <= many; i++) server.execute(client, ['XADD', 'log', `${i}`, 'line', `${i}`]);
    expect(run('XRANGE log 50000 + COUNT 1')).toContain('"50000-0"');
    expect(run('XREVRANGE log 50000 - COUNT 1')).toContain('"50000-0"');
    expect(run('XINFO STREAM log')).toContain('"radix-tree-keys"\n 4) (integer) 1000');
    const words = ['XREADGROUP', 'GROUP', 'g', 'ann', 'STREAMS', 'log', '>'];
    expect(server.execute(client, words)).toMatchObject([['log', { length: many }]]);
    expect(run('XPENDING log g 50000 + 1')).toContain('"50000-0"');
    for (let i = 1; i <= many; i += 2) server.execute(client, ['XACK', 'log', 'g', `${i}`]);
    expect(run('XPENDING log g')).toContain('1) (integer) 50000\n2) "2-0"\n3) "100000-0"');
    run('XTRIM log MAXLEN 10');
    expect(run('XAUTOCLAIM log g bob 0 0 COUNT 100000 JUSTID')).toContain('1) "99992-0"');
    expect(run('XPENDING log g')).toContain('1) (integer) 5\n2) "99992-0"\n3) "100000-0"');
  });

  it('shows its first entries in a view of the keys', () => {
    const { run, server } = bench();
    run('XADD log 1 level info text "caf\\xc3\\xa9"');
    run('XADD log 2 level warn');
    expect(keyspace(server)).toMatchObject([
      {
        key: 'log',
        type: 'stream',
        size: 2,
        preview: ['1-0 level info text café', '2-0 level warn'],
      },
    ]);
  });
});

describe('what is pending', () => {
  it('is in the order of its ids after any additions and removals', () => {
    const consumer = new Consumer('ann', 0);
    const pendingAt = (ms: number): Pending => ({
      ms,
      seq: 0,
      consumer,
      deliveredAt: 0,
      deliveries: 1,
    });
    fc.assert(
      fc.property(
        fc.array(fc.record({ adds: fc.boolean(), from: fc.nat(3000), count: fc.nat(700) })),
        fc.nat(4000),
        (changes, start) => {
          const list = new PendingList();
          const model = new Set<number>();
          for (const { adds, from, count } of changes) {
            for (let ms = from; ms < from + count; ms++) {
              if (!adds) list.delete(pendingAt(ms));
              else if (!model.has(ms)) list.add(pendingAt(ms));
              if (adds) model.add(ms);
              else model.delete(ms);
            }
          }
          const expected = [...model].sort((a, b) => a - b);
          expect([...list].map(({ ms }) => ms)).toEqual(expected);
          expect(list.size).toBe(expected.length);
          expect(list.last?.ms).toBe(expected.at(-1));
          expect(list.firstFrom({ ms: start, seq: 0 })?.ms).toBe(expected.find((n) => n >= start));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('the radix tree of redis-server', () => {
  it('has a node per key, per place where keys part, and per run of bytes between', () => {
    /** The same by building it: every prefix of every key, less those that only lead on. */
    const built = (keys: string[]): number => {
      const children = new Map<string, Set<string>>([['', new Set()]]);
      for (const key of keys) {
        for (let i = 0; i < key.length; i += 2) {
          const prefix = key.slice(0, i);
          if (!children.has(prefix)) children.set(prefix, new Set());
          children.get(prefix)!.add(key.slice(i, i + 2));
        }
      }
      const inner = [...children];
      const runs = inner.filter(([prefix, next]) => {
        const parent = children.get(prefix.slice(0, -2));
        return next.size === 1 && (prefix === '' || parent!.size > 1);
      });
      const forks = inner.filter(([, next]) => next.size > 1);
      return Math.max(1, keys.length + runs.length + forks.length);
    };
    const part = fc.oneof(
      fc.nat(700).map(BigInt),
      fc.nat().map((n) => BigInt(n) * 70_001n),
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(part, part), { maxLength: 60 }), (pairs) => {
        const ids = pairs
          .map(([ms, seq]) => parseId(`${ms}-${seq}`))
          .sort(compareIds)
          .filter((id, i, all) => i === 0 || compareIds(all[i - 1]!, id) !== 0);
        const hex = (n: number | bigint): string => n.toString(16).padStart(16, '0');
        expect(radixNodes(ids)).toBe(built(ids.map(({ ms, seq }) => hex(ms) + hex(seq))));
      }),
    );
  });
});
