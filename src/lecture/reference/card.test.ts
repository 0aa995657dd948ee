import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { collectCells } from '../../running/cells/fence/collect.ts';
import { commandTable } from '../../engines/redis/core/command-table.ts';
import { scriptLines } from '../../engines/redis/script.ts';
import { collectPermalinks } from '../../sharing/permalinks/collect.ts';
import { readReference } from './read.ts';

const LECTURE = 'content/lecture';
const groups = readReference();
const entries = groups.flatMap((group) => group.entries);
const commands = commandTable({});

/** Every Redis command in a cell of the lecture, with a page that uses it. */
function commandsOfTheLecture(): Map<string, string> {
  const used = new Map<string, string>();
  const pages = readdirSync(LECTURE, { recursive: true, encoding: 'utf8' });
  for (const page of pages.filter((name) => name.endsWith('.mdx')))
    for (const cell of collectCells(readFileSync(`${LECTURE}/${page}`, 'utf8'), page)) {
      if (cell.engine !== 'redis') continue;
      for (const { line } of scriptLines(cell.files)) {
        if (line.kind !== 'command') continue;
        const [first = '', second = ''] = line.text.toLowerCase().split(/\s+/);
        const spec = commands.get(first);
        if (spec) used.set((spec.subcommands ? `${first} ${second}` : first).toUpperCase(), page);
      }
    }
  return used;
}

describe('the reference card', () => {
  it('has an entry for every Redis command that the lecture uses', () => {
    const used = commandsOfTheLecture();
    expect(used.size).toBeGreaterThan(40);
    const names = new Set(entries.filter(({ kind }) => kind === 'command').map(({ name }) => name));
    const missing = [...used].filter(([name]) => !names.has(name));
    expect(missing, 'add them to content/reference/5-commands.yaml').toEqual([]);
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
    for (const { id } of entries) expect(links.get(`reference.${id}`)).toBe(`reference/#${id}`);
  });

  it('has words to find every entry by, apart from its name', () => {
    for (const { id, synonyms } of entries) expect(synonyms.length, id).toBeGreaterThan(0);
  });
});
