import { describe, expect, it } from 'vitest';
import { collectCells } from '../../running/cells/fence/collect.ts';
import { readCourse } from '../../foundation/course/pages.ts';
import { collectPermalinks } from '../../sharing/permalinks/collect.ts';
import { commandsOf, missingOnCard } from './missing.ts';
import { readReference } from './read.ts';

const groups = readReference();
const entries = groups.flatMap((group) => group.entries);

const cells = readCourse().pages.flatMap(({ source, file }) => collectCells(source, file));

describe('the reference card', () => {
  it('has an entry for every Redis command that the lecture uses', () => {
    expect(commandsOf(cells).size).toBeGreaterThan(40);
    expect(missingOnCard(groups, cells).map(({ message }) => message)).toEqual([]);
    const without = groups.map((group) => ({
      ...group,
      entries: group.entries.filter(({ name }) => name !== 'ZADD'),
    }));
    expect(missingOnCard(without, cells).map(({ what }) => what)).toEqual([
      expect.stringContaining(
        'uses ZADD, and the reference card has no entry for it. Add one to content/reference/',
      ),
    ]);
  });

  it('holds what the lecture’s own card holds', () => {
    const counts = Object.fromEntries(groups.map(({ kind, entries }) => [kind, entries.length]));
    expect(counts).toMatchObject({ family: 4, structure: 5, rule: 1 });
    const text = entries.map(({ name, what, when }) => `${name} ${what} ${when}`).join('\n');
    const terms =
      'Memcached DynamoDB CouchDB Firestore ScyllaDB HBase Neo4j Neptune ArangoDB Pydantic embed $lookup ' +
      'SADD SISMEMBER ZRANGE RPOP HGET leaderboard JSONB Cassandra';
    for (const term of terms.split(' ')) expect(text.toLowerCase()).toContain(term.toLowerCase());
  });

  it('gives every entry a lasting link, and shows no id twice', () => {
    const links = new Map(collectPermalinks().map((link) => [link.id, link.target]));
    expect(entries.length).toBeGreaterThan(50);
    for (const { id } of entries) expect(links.get(`reference.${id}`)).toBe(`reference/#${id}`);
  });

  it('has words to find every entry by, apart from its name', () => {
    expect(entries.length).toBeGreaterThan(50);
    for (const { id, synonyms } of entries) expect(synonyms.length, id).toBeGreaterThan(0);
  });
});
