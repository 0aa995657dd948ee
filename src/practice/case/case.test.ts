import { describe, expect, it } from 'vitest';
import { schemaText } from '../quiz/schema-file.ts';
import { caseNames, jsonSchema, parseCase, readCase } from './case.ts';
import { recordFile, recordMarkdown } from './markdown.ts';

const part = (name: string): string => `  - { name: ${name}, title: T, hint: H, expert: E }`;
const ask = (name: string, of: string): string =>
  `  - { name: ${name}, part: ${of}, says: S, why: W }`;
const parse = (parts: string[], rubric: string[]) =>
  parseCase(
    ['title: T', 'case: C', 'parts:', ...parts, 'rubric:', ...rubric].join('\n'),
    'content/cases/x.yaml',
  );
const ASKS = [ask('a', 'context'), ask('b', 'decision'), ask('c', 'decision')];
const PARTS = [part('context'), part('decision')];

describe('the cases of the course', () => {
  it.each(caseNames())('%s has a record whose every part is asked for', (name) => {
    const { parts, rubric } = readCase(name);
    for (const { name } of parts) expect(rubric.map((one) => one.part)).toContain(name);
  });

  it('are there', () => expect(caseNames()).toContain('theater-tickets'));
});

describe('a case is refused with its line and the remedy', () => {
  it.each([
    [
      'a part that is not there',
      PARTS,
      [...ASKS.slice(0, 2), ask('c', 'decisions')],
      'x.yaml:9: rubric 3 part: there is no part "decisions". Did you mean "decision"? There are: context, decision.',
    ],
    [
      'two parts of one name',
      [part('context'), part('context')],
      ASKS,
      'x.yaml:5: part 2 name: "context" is taken.',
    ],
    ['a record of one part', [part('context')], ASKS, 'a record has at least two parts'],
    ['two questions', PARTS, ASKS.slice(1), 'ask for at least three things'],
  ])('%s', (_what, parts, rubric, says) => {
    expect(() => parse(parts, rubric)).toThrow(says);
  });

  it('that is not there, with those that are', () => {
    expect(() => readCase('theatre-tickets')).toThrow(
      'content/cases/theatre-tickets.yaml:1: there is no case "theatre-tickets". Did you mean "theater-tickets"?',
    );
  });
});

it('the schema for editors is the one of the validator', async () => {
  await expect(await schemaText(jsonSchema())).toMatchFileSnapshot('case.schema.json');
});

describe('a record', () => {
  it('is Markdown, with a word where nothing is written yet', () => {
    const parts = [
      { title: 'Context', text: '400 seats.\r\n- once\n' },
      { title: 'Decision', text: '  ' },
    ];
    expect(recordMarkdown('Tickets', parts)).toBe(
      '# Tickets\n\n## Context\n\n400 seats.\n- once\n\n## Decision\n\n_Not written yet._\n',
    );
    expect(recordFile('tickets')).toBe('0001-tickets.md');
  });
});
