import { describe, expect, it } from 'vitest';
import { titleOf } from '../../engines/descriptors.ts';
import { KINDS } from './entry.ts';
import { createFilter, marksIn } from './filter.ts';
import { readReference } from './read.ts';
import { slips } from '../../foundation/mistakes/slips.ts';
import { isTypoOf } from './typo.ts';

const entries = readReference().flatMap((group) => group.entries);
const filter = createFilter(
  entries.map(({ name, synonyms, kind, engines }) => ({
    name,
    synonyms,
    tags: [KINDS[kind], ...engines.map((engine) => titleOf(engine))],
  })),
);
/** The ids of what the query finds, best first. */
const find = (query: string): string[] => filter(query).places.map((place) => entries[place]!.id);
/** What stands marked in a text. */
const marked = (text: string, query: string): string[] =>
  marksIn(text, filter(query).terms).map(([start, end]) => text.slice(start, end));

describe('filtering the card', () => {
  it('finds $lookup and embedding by “join”', () => {
    expect(find('join').slice(0, 2).sort()).toEqual(['embed', 'lookup']);
  });

  it('finds by synonyms that stand in no name', () => {
    expect(find('leaderboard')).toContain('zadd');
    expect(find('top ten')[0]).toMatch(/sorted-sets|zrange/);
    expect(find('pydantic')).toEqual(['schema']);
    expect(find('alembic')).toEqual(['migration']);
    expect(find('lose data')[0]).toBe('decide-persistence');
    expect(find('embed or reference')[0]).toBe('decide-embed');
  });

  it('works from one letter, by what begins with it', () => {
    const found = entries.filter(({ id }) => find('z').includes(id));
    expect(found.length).toBeGreaterThan(5);
    for (const { name, synonyms } of found)
      expect(`${name} ${synonyms.join(' ')}`).toMatch(/(^|[^a-z])z/i);
  });

  it('puts the name before everything else', () => {
    expect(find('get')[0]).toBe('get');
    expect(find('set')[0]).toBe('set');
    expect(find('ttl')[0]).toBe('ttl');
    expect(find('INCR')[0]).toBe('incr');
    expect(find('config')[0]).toBe('config-get');
    expect(find('sort')[0]).toBe('sort-limit');
  });

  it('finds all of an engine and all of a kind, and both together', () => {
    expect(find('mongodb').length).toBeGreaterThan(20);
    const structures = find('redis structure').slice(0, 5);
    expect(structures).toHaveLength(5);
    for (const id of structures)
      expect(entries.find((entry) => entry.id === id)!.kind).toBe('structure');
  });

  it('narrows with every word', () => {
    expect(find('redis queue').length).toBeGreaterThan(0);
    for (const id of find('redis queue')) expect(find('queue')).toContain(id);
    expect(find('queue nonsense')).toEqual([]);
  });

  it('passes over the words that a question is made of', () => {
    expect(find('how do i join')).toEqual(find('join'));
    // A filler that is all there is, or still being typed, counts.
    expect(find('in')).toContain('or-in');
  });

  it('tolerates a slip of the finger in a longer word', () => {
    expect(find('lokup')[0]).toBe('lookup');
    expect(find('loookup')[0]).toBe('lookup');
    expect(find('leaderbord')).toContain('sorted-sets');
    expect(find('tranasction')).toContain('transaction');
    expect(find('hgetal')[0]).toBe('hgetall');
    expect(find('zrnage')[0]).toBe('zrange');
  });

  it('does not guess where the word as typed is found, or is short', () => {
    expect(find('hset')).not.toContain('mset');
    expect(filter('sets').terms).toEqual([{ text: 'sets', typo: false }]);
    expect(find('qqq')).toEqual([]);
  });

  it('finds signs that make no word', () => {
    expect(find('@>')).toEqual(['array-contains']);
    expect(find('->>')).toEqual(['nested-field']);
    expect(find('$')).toContain('lookup');
  });

  it('finds nothing for an empty query, and everybody shows everything then', () => {
    expect(find('')).toHaveLength(entries.length);
    expect(find('   ')).toHaveLength(entries.length);
  });
});

describe('marking what matched', () => {
  it('marks the letters that were typed, without regard to case', () => {
    expect(marked('JOIN → $lookup', 'join')).toEqual(['JOIN']);
    expect(marked('JOIN → $lookup', 'look')).toEqual(['look']);
    expect(marked('left join, inner join', 'join')).toEqual(['join', 'join']);
    expect(marked('ZREMRANGEBYSCORE', 'range')).toEqual(['RANGE']);
  });

  it('marks the whole word that a typo stands for', () => {
    expect(marked('leaderboard, ranking', 'leaderbord')).toEqual(['leaderboard']);
  });

  it('marks nothing twice', () => {
    expect(marked('sorted sets', 'sorted sort')).toEqual(['sorted']);
  });
});

describe('a slip of the finger', () => {
  it('is a letter more, less, other, or two swapped', () => {
    expect(slips('lookup', 'lookup')).toBe(0);
    expect(slips('lokup', 'lookup')).toBe(1);
    expect(slips('loookup', 'lookup')).toBe(1);
    expect(slips('lookap', 'lookup')).toBe(1);
    expect(slips('loopuk', 'lookup')).toBe(2);
    expect(slips('olokup', 'lookup')).toBe(1);
    expect(slips('', 'set')).toBe(3);
  });

  it('may be in the beginning of a longer word, not in its first letter', () => {
    expect(isTypoOf('leadr', 'leaderboard')).toBe(true);
    expect(isTypoOf('xookup', 'lookup')).toBe(false);
    expect(isTypoOf('set', 'get')).toBe(false);
  });
});
