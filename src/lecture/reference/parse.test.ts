import { describe, expect, it } from 'vitest';
import { schemaText } from '../../practice/quiz/schema-file.ts';
import { parseGroup } from './parse.ts';
import { jsonSchema } from './shape.ts';

const FILE = 'content/reference/9-test.yaml';
const GROUP = `id: test
title: Test
kind: command
engine: redis
section: '4.2'
entries:
`;
const ENTRY = `  - id: zadd
    name: ZADD
    also: [score]
    what: Adds members.
    when: Always.
    example: |
      ZADD key 1 a
`;

/** What an author reads about a file. */
function complaint(source: string): string {
  try {
    parseGroup(source, FILE);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing';
}

describe('reading a file of the card', () => {
  it('gives an entry what its file says for all, and the command table its arguments', () => {
    const [entry] = parseGroup(GROUP + ENTRY, FILE).entries;
    expect(entry).toMatchObject({
      id: 'zadd',
      kind: 'command',
      engines: ['redis'],
      section: '4.2',
      synonyms: ['score'],
      line: 7,
    });
    expect(entry!.syntax).toMatch(/^key \[/);
    expect(entry!.cells).toMatchObject([
      { id: 'zadd-example', engine: 'redis', title: 'ZADD', file: FILE, line: 12 },
    ]);
  });

  it('reads a pair, with the rules of its comparison', () => {
    const source =
      GROUP.replace('command', 'query') +
      `  - id: count
    name: count
    what: How many.
    when: Often.
    engine: [postgres, documents]
    compare:
      dataset: shop
      ignore: id _id
      sql: SELECT 1
      mongosh: '1'
`;
    const [entry] = parseGroup(source, FILE).entries;
    expect(entry!.cells.map(({ id, engine, dataset }) => [id, engine, dataset])).toEqual([
      ['count-sql', 'postgres', 'shop'],
      ['count-mongosh', 'documents', 'shop'],
    ]);
    expect(entry!.comparison).toMatchObject({ ignore: ['id', '_id'], merge: [] });
  });

  it.each([
    [
      'a field that is missing',
      ENTRY.replace('    what: Adds members.\n', ''),
      'what: is missing. Write it.',
    ],
    [
      'a field it does not know',
      `${ENTRY}    whne: x\n`,
      '"whne" is not known here. Did you mean "when"? It takes: id,',
    ],
    ['a number where a text belongs', `${ENTRY}    section: 4.2\n`, 'Put it in quotes'],
    [
      'a line too long to print',
      ENTRY.replace('Adds members.', 'x'.repeat(120)),
      'what: this has 120 characters. It is one line of a printed page: 95 at most',
    ],
    ['a command that Redis lacks', ENTRY.replace('name: ZADD', 'name: ZAD'), 'no command "ZAD"'],
    [
      'an unknown engine',
      `${ENTRY}    engine: mongo\n`,
      'there is no engine "mongo". Write postgres',
    ],
    [
      'no example',
      ENTRY.replace(/ {4}example[\s\S]*/, ''),
      'it needs either "example" (one cell) or "compare"',
    ],
  ])('refuses %s, with file, line, entry and remedy', (_what, entry, message) => {
    const said = complaint(GROUP + entry);
    expect(said).toContain(message);
    expect(said).toMatch(/^content\/reference\/9-test\.yaml:\d+: entry "zadd"[:,] /);
  });

  it('refuses an id that is none, and a language that cannot run', () => {
    expect(complaint(GROUP + ENTRY.replace('id: zadd', 'id: Z ADD'))).toContain(
      'entry "Z ADD", id: this is no id',
    );
    expect(
      complaint(
        GROUP + ENTRY.replace(/example: \|[\s\S]*/, 'example: { language: python, code: "1" }\n'),
      ),
    ).toContain('there is no language that runs called "python". Write one of');
  });

  it('refuses a kind that is none, YAML that is none, and a file without entries', () => {
    expect(complaint(GROUP.replace('command', 'order') + ENTRY)).toContain(
      'there is no kind "order". Write one of family,',
    );
    expect(complaint('id: "test')).toMatch(/9-test\.yaml:\d+: /);
    expect(complaint(GROUP)).toContain('entries: write a list with at least one entry');
  });

  it('has a schema for editors: npm run unit -- src/lecture/reference -u writes it', async () => {
    await expect(await schemaText(jsonSchema())).toMatchFileSnapshot('card.schema.json');
  });
});
