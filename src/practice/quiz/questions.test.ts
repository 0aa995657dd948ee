/** Questions as authors write them: what is accepted, and how a mistake is told. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { closeDatabases } from '../../running/cells/execute/execute.ts';
import { collectPermalinks } from '../../sharing/permalinks/collect.ts';
import { checkLinks } from './check.ts';
import { parseQuestions } from './parse.ts';
import { answerOf } from './predict.ts';
import { jsonSchema, type PlacedQuestion, type Prediction } from './question.ts';
import { schemaText, SCHEMA_FILE } from './schema-file.ts';

const FILE = 'content/quizzes/1.2.yaml';
const head = (id: string, kind: string): string => `
- id: ${id}
  kind: ${kind}
  idea: an-idea
  difficulty: easy
  ask: Which?`;
const choice = (
  options: string,
  { id = 'q-one', kind = 'single', see = "see: '1.2'" } = {},
): string => `${head(id, kind)}
  ${see}
  options:${options}`;
const right = (says: string): string => `
    - says: ${says}
      right: true
      why: Because.`;
const wrong = (says: string): string => `
    - says: ${says}
      why: A misconception.`;
const file = (...questions: string[]): string =>
  `questions:${questions.join('').replaceAll('\n', '\n  ')}\n`;
const parse = (...questions: string[]): PlacedQuestion[] =>
  parseQuestions(file(...questions), FILE);
const good = choice(right('yes') + wrong('no') + wrong('never'));

/** The examples of the README, as the file that they would make. */
const README = readFileSync('src/practice/quiz/README.md', 'utf8');
const examples = [...README.matchAll(/```yaml\n(- id:[\s\S]*?)```/g)].map(
  ([, block]) => `\n${block!.trimEnd()}`,
);

afterAll(closeDatabases);

describe('a file of questions', () => {
  test('the README has an example of every kind, and all of them are accepted', async () => {
    const placed = parse(...examples);
    expect(placed.map(({ question }) => question.kind).sort()).toEqual([
      'flaw',
      'match',
      'multiple',
      'order',
      'predict',
      'short',
      'single',
    ]);
    const known = new Set(collectPermalinks().map(({ id }) => id));
    for (const one of placed) checkLinks(one, known);
    const prediction = placed.find(({ question }) => question.kind === 'predict');
    expect(await answerOf(prediction as PlacedQuestion & { question: Prediction })).toBe('2');
  });

  test('a question knows its section and its line', () => {
    const [, second] = parse(
      good,
      choice(wrong('no') + right('ye') + wrong('never'), { id: 'q-two' }),
    );
    expect(second).toMatchObject({ section: '1.2', file: FILE, line: 16 });
  });

  test('the schema for editors is the one of the validator', async () => {
    expect(
      readFileSync(SCHEMA_FILE, 'utf8'),
      'run: node scripts/author/questions.ts --schema',
    ).toBe(await schemaText(jsonSchema()));
  });
});

describe('a mistake is refused with its question and its remedy', () => {
  const short = (accepts: string, mistake: string): string => `${head('q-short', 'short')}
  see: '1.2'
  accepts: [${accepts}]
  why: Because.
  mistakes:
    - says: [${mistake}]
      why: Not that.
  otherwise: Think again.`;
  const cases: [string, string[], RegExp][] = [
    [
      'no explanation',
      [good.replace('\n      why: Because.', '')],
      /question "q-one", option 1 why: is missing/,
    ],
    [
      'no link',
      [choice(right('yes') + wrong('no') + wrong('never'), { see: 'code: {lang: sql, text: x}' })],
      /question "q-one", option 1: no see.*1\.2\.eav/,
    ],
    [
      'an id twice',
      [good, good],
      /1\.2\.yaml:16: question "q-one", id: an earlier question has this id/,
    ],
    ['an id of another form', [good.replace('q-one', 'One')], /question "One", id: an id is q-/],
    ['a kind that does not exist', [good.replace('single', 'essay')], /kind is one of single/],
    ['an unknown key', [good.replace('why:', 'because:')], /because is not known|why: is missing/],
    ['no difficulty', [good.replace('\n  difficulty: easy', '')], /difficulty/],
    [
      'two right answers',
      [choice(right('yes') + right('also') + wrong('never'))],
      /option 2: two options are right/,
    ],
    [
      'no right answer',
      [choice(wrong('yes') + wrong('no') + wrong('never'))],
      /no option is right/,
    ],
    [
      'only right answers',
      [choice(right('a') + right('b') + right('c'), { kind: 'multiple' })],
      /all options are right/,
    ],
    [
      'the same option twice',
      [choice(right('Yes.') + wrong('no') + wrong('yes'))],
      /option 3: "yes" stands there twice/,
    ],
    ['too few options', [choice(right('yes') + wrong('no'))], /at least three options/],
    [
      'a flaw without a design',
      [choice(right('yes') + wrong('no') + wrong('never'), { kind: 'flaw' })],
      /code: is missing/,
    ],
    [
      'a right answer always in the same place',
      [good, choice(right('a') + wrong('b') + wrong('longer'), { id: 'q-two' })],
      /always option 1 \(q-one, q-two\)/,
    ],
    [
      'a right answer always the longest',
      [
        choice(right('the longest') + wrong('no') + wrong('never')),
        choice(wrong('b') + right('long') + wrong('c'), { id: 'q-two' }),
      ],
      /always the longest \(q-one, q-two\)/,
    ],
    [
      'a wrong form that is accepted too',
      [short("'->>'", "'->> '")],
      /"->> " is accepted as right too|"->>" is accepted as right too/,
    ],
    ['YAML that is none', ['\n- id: "q'], /1\.2\.yaml:\d+: /],
    ['no question', [' []'], /at least one question/],
  ];
  test.each(cases)('%s', (_name, questions, message) => {
    expect(() => parse(...questions)).toThrow(message);
    expect(() => parse(...questions)).toThrow(FILE);
  });

  test('a link that leads nowhere, with those that lead somewhere', () => {
    const [placed] = parse(good.replace("'1.2'", "'1.2.evv'"));
    expect(() => checkLinks(placed!, new Set(['1.2', '1.2.eav']))).toThrow(
      /question "q-one", option 1: see "1\.2\.evv" leads nowhere\. Did you mean "1\.2\.eav"\? On that page there are: 1\.2\.eav/,
    );
  });
});

describe('a prediction', () => {
  const prediction = (
    code: string,
    options: string,
    extra = '',
  ): PlacedQuestion & { question: Prediction } =>
    parse(`${head('q-guess', 'predict')}
  see: '1.2'
  code:
    lang: sqlite${extra}
    text: ${JSON.stringify(code)}
  options:${options}`)[0] as PlacedQuestion & { question: Prediction };
  const filled = `
    - right: true
      why: It is.`;
  const options = wrong("'1'") + filled + wrong("'3'");

  test('is answered by executing its code, whatever its author believes', async () => {
    expect(await answerOf(prediction('SELECT 1; SELECT 1 + 1;', options))).toBe('2');
    expect(await answerOf(prediction('SELECT 1 AS a, NULL AS b', options))).toBe('a | b\n1 | NULL');
    expect(await answerOf(prediction('SELECT 1 WHERE 1 = 2', options))).toBe('no row');
  });

  test('is refused if a wrong option is what the code answers', async () => {
    await expect(answerOf(prediction('SELECT 3', options))).rejects.toThrow(
      /question "q-guess": the option "3" is what the code answers/,
    );
  });

  test('is refused if its code fails, unless the error is the answer', async () => {
    await expect(answerOf(prediction('SELECT x', options))).rejects.toThrow(/q-guess.*fails/);
    expect(await answerOf(prediction('SELECT x', options, '\n    expect: error'))).toMatch(
      /no such column: x/,
    );
  });

  test('has no word of its author for the right answer, and one for every wrong one', () => {
    expect(() =>
      prediction('SELECT 2', options.replace('right: true', 'right: true\n      says: two')),
    ).toThrow(/Leave out its says/);
    expect(() =>
      prediction(
        'SELECT 2',
        `${filled}${wrong('a')}${filled.replace('right: true', 'right: false')}`,
      ),
    ).toThrow(/says is missing/);
  });
});
