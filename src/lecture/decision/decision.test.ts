import { describe, expect, it } from 'vitest';
import { schemaText } from '../../practice/quiz/schema-file.ts';
import { jsonSchema, parseDecision, readDecision, waysTo } from './decision.ts';

const OUTCOME = `{ name: N, engine: none, short: S, verdict: V, why: [W], before: B, argued: [{ section: '1.3', says: R }] }`;
const question = (yes: string, no: string) =>
  `{ ask: A, short: S, help: H, yes: { to: ${yes}, says: Y }, no: { to: ${no}, says: N } }`;
const decision = (lines: string[]) =>
  ['title: T', 'start: first', ...lines, 'additions: {}'].join('\n');
const parse = (...lines: string[]) => parseDecision(decision(lines), 'content/decisions/x.yaml');

describe('the decision of this course', () => {
  const database = readDecision('database');

  it('asks for relationships first, and for traversals before transactions', () => {
    expect(database.start).toBe('related');
    expect(database.questions['related']!.yes.to).toBe('traversal');
    expect(database.questions['traversal']).toMatchObject({
      yes: { to: 'graph' },
      no: { to: 'together' },
    });
  });

  it('leads to PostgreSQL on half of its ways', () => {
    const ways = Object.entries(database.outcomes).flatMap(([name, { engine }]) =>
      waysTo(name, database).map(() => engine),
    );
    expect(ways).toHaveLength(6);
    expect(ways.filter((engine) => engine === 'postgres')).toHaveLength(3);
  });

  it('says add, and never replace', () => {
    expect(Object.values(database.additions).map(({ verb, what }) => `${verb} ${what}`)).toEqual([
      'add Redis',
      'add Elasticsearch',
      'add TimescaleDB',
      'consider Cassandra',
    ]);
  });
});

describe('the ways to an outcome', () => {
  it('are all of them, shortest first', () => {
    const tree = parse(
      'questions:',
      `  first: ${question('second', 'shared')}`,
      `  second: ${question('shared', 'other')}`,
      'outcomes:',
      `  shared: ${OUTCOME}`,
      `  other: ${OUTCOME}`,
    );
    expect(waysTo('shared', tree)).toEqual([
      [{ question: 'first', answer: 'no' }],
      [
        { question: 'first', answer: 'yes' },
        { question: 'second', answer: 'yes' },
      ],
    ]);
    expect(waysTo('first', tree)).toEqual([[]]);
  });
});

describe('a decision is refused with its line and the remedy', () => {
  const outcomes = ['outcomes:', `  end: ${OUTCOME}`];

  it.each([
    [
      'an answer that leads nowhere',
      ['questions:', `  first: ${question('end', 'elsewhere')}`, ...outcomes],
      'x.yaml:4: questions.first.no.to: leads to "elsewhere", which is nowhere. There are: first, end.',
    ],
    [
      'questions that never end',
      ['questions:', `  first: ${question('end', 'first')}`, ...outcomes],
      'x.yaml:4: questions.first.no.to: leads back to "first"',
    ],
    [
      'an outcome that no answer leads to',
      ['questions:', `  first: ${question('end', 'end')}`, ...outcomes, `  lost: ${OUTCOME}`],
      'x.yaml:7: outcomes.lost: no answer leads to "lost". Lead one there, or remove it.',
    ],
    [
      'a question and an outcome of one name',
      ['questions:', `  first: ${question('end', 'end')}`, 'outcomes:', `  first: ${OUTCOME}`],
      'x.yaml:6: outcomes.first: a question has this name too.',
    ],
    [
      'a start that is no question',
      ['questions:', `  other: ${question('end', 'end')}`, ...outcomes],
      'x.yaml:2: start: no question is called "first". There are: other.',
    ],
    [
      'a name that cannot stand in an address',
      [
        'questions:',
        `  first: ${question('The End', 'The End')}`,
        'outcomes:',
        `  The End: ${OUTCOME}`,
      ],
      'x.yaml:6: outcomes.The End: a name is lowercase letters',
    ],
    [
      'a section that is no number',
      [
        'questions:',
        `  first: ${question('end', 'end')}`,
        'outcomes:',
        `  end: ${OUTCOME.replace("'1.3'", 'JSONB')}`,
      ],
      "x.yaml:6: outcomes.end.argued.0.section: write the section's number in quotes",
    ],
    [
      'a text that YAML cut at its comma',
      [
        'questions:',
        `  first: ${question('end', 'end').replace('says: Y', 'says: Y, and more')}`,
        ...outcomes,
      ],
      'A text with a comma or a colon needs quotes.',
    ],
  ])('%s', (_what, lines, message) => {
    expect(() => parse(...lines)).toThrow(message);
  });

  it('that is not there', () => {
    expect(() => readDecision('dinner')).toThrow(
      'there is no decision "dinner". There are: database',
    );
  });

  it('that is no YAML', () => {
    expect(() => parseDecision('title: "T', 'x.yaml')).toThrow(/^x\.yaml:1: /);
  });
});

it('has a schema for editors: npm run unit -- src/lecture/decision -u writes it', async () => {
  await expect(await schemaText(jsonSchema())).toMatchFileSnapshot('decision.schema.json');
});
