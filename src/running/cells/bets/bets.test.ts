/** What an author may ask, where its truth is, and what is refused with place and remedy. */
import { describe, expect, it } from 'vitest';
import type { Output } from '../../../engines/engine.ts';
import { collectPage } from '../fence/collect.ts';
import { valuesAt, whatIsThere } from './pointer.ts';
import { settle, type ShownBet } from './truth.ts';

const origin = (statement: number) => ({ file: 0, line: statement + 1, statement });
const column = (name: string) => ({ name, type: 'text', numeric: false });
const outputs: Output[] = [
  { kind: 'command', origin: origin(0), tag: 'INSERT 0 2' },
  {
    kind: 'table',
    origin: origin(1),
    columns: [column('name'), column('voltage')],
    rows: [
      ['ThinkPad', '220'],
      ['Desk', null],
    ],
    rowCount: 2,
    tag: 'SELECT 2',
  },
  {
    kind: 'text',
    origin: origin(2),
    text: "[\n  { _id: 1, total: 1499.5, who: 'Alice B' },\n  { _id: 2 }\n]",
  },
  { kind: 'error', origin: origin(3), severity: 'ERROR', code: '23505', message: 'duplicate key' },
  { kind: 'plan', origin: origin(4), lines: ['Seq Scan on products', '  Execution Time: 0.12 ms'] },
];
const one: Output[] = [
  {
    kind: 'table',
    origin: origin(0),
    columns: [column('count')],
    rows: [['28']],
    rowCount: 1,
    tag: 'SELECT 1',
  },
];

describe('a pointer', () => {
  it.each([
    ['1', ['INSERT 0 2']],
    ['2/1/name', ['ThinkPad']],
    ['2/last/voltage', ['NULL']],
    ['2/1/2', ['220']],
    ['2/every/name', ['ThinkPad', 'Desk']],
    ['2/rows', ['2']],
    ['2/nulls', ['1']],
    ['3/line 2', ["{ _id: 1, total: 1499.5, who: 'Alice B' },"]],
    ['3/after total:', ['1499.5']],
    ['3/after who:', ['Alice B']],
    ['3/after _id: #2', ['2']],
    ['3/count _id:', ['2']],
    ['4/code', ['23505']],
    ['4/failed', ['yes']],
    ['5/has Index Scan', ['no']],
    ['failed', ['4']],
  ])('%s leads to %j', (pointer, values) => {
    expect(valuesAt(pointer, outputs)).toEqual(values);
  });

  it.each([
    ['7/rows', 'names statement 7, which printed nothing'],
    ['2', 'does not say which of several values it means'],
    ['2/name', 'does not say which of 2 rows it means'],
    ['2/3/name', 'names row 3, and there are 2'],
    ['2/1/color', 'names the column “color”, which is not there'],
    [
      '3/after _id:',
      'looks for “_id:”, which is printed 2 times. Write “after _id: #1” for the first',
    ],
    ['3/after color:', 'looks for “color:”, which is not printed'],
    ['3/rows', 'asks for “rows” where no table is'],
    ['1/code', 'asks for the code of an error, and there is none'],
    ['name', 'begins with the number of a statement, as in 2/1/name'],
  ])('%s leads nowhere, and says why', (pointer, message) => {
    expect(() => valuesAt(pointer, outputs)).toThrow(message);
  });

  it('is helped by what is there', () => {
    expect(whatIsThere(outputs)).toBe(
      "1: “INSERT 0 2”; 2: 2 rows of name, voltage; 3: “[ { _id: 1, total: 1499.5, who: 'Alice B' }, { _id: 2 } ]”; " +
        '4: an error, code 23505; 5: “Seq Scan on products Execution Time: 0.12 ms”',
    );
  });
});

/** The bet of a page that has one cell. */
function betOf(yaml: string, fence = 'sql run id="a" title="A"') {
  const above = yaml === '' ? '' : `\`\`\`yaml bet\n${yaml}\n\`\`\`\n\n`;
  const { cells } = collectPage(
    `---\ntitle: x\n---\n\n${above}\`\`\`${fence}\nSELECT 1;\n\`\`\`\n`,
    'a.mdx',
  );
  return cells[0]!;
}
const settled = (yaml: string, of = one, fence?: string): ShownBet => {
  const { bet, masks } = betOf(yaml, fence);
  return settle(bet!, of, masks);
};
const NUMBER = 'predict: How many are NULL?\nbet: number\nidea: exact-money';

describe('a bet', () => {
  it('of a simple kind stands in the options of its fence; its only value is the truth', () => {
    const fence =
      'sql run id="a" title="A" predict="How many?" bet="number" near="5%" idea="exact-money"';
    expect(settled('', one, fence)).toMatchObject({
      predict: 'How many?',
      truth: '28',
      key: { kind: 'number', truth: ['28'], near: { by: 0.05, share: true } },
    });
  });

  it('has sentences for the misconceptions that its author names', () => {
    const { whys } = settled(
      `${NUMBER}\nmistakes:\n  - says: 35\n    why: Those are all of them.\nmore: Too many.\nwhy: So it is.`,
    );
    expect(whys).toEqual([
      { to: '35', why: 'Those are all of them.' },
      { to: 'more', why: 'Too many.' },
      { to: 'all', why: 'So it is.' },
    ]);
  });

  it('on a choice has the option that the truth names, and on an order items that are mixed', () => {
    const choice = `predict: Which?\nbet: choice\ntruth: failed\nidea: exact-money\noptions:\n  - says: The insert\n    is: 1\n  - says: The fourth\n    is: 4`;
    expect(settled(choice, outputs)).toMatchObject({ truth: 'The fourth', key: { truth: ['1'] } });
    const order = settled(
      'predict: Which first?\nbet: order\ntruth: 2/every/name\nidea: exact-money',
      outputs,
    );
    expect(order.shown).toEqual(['Desk', 'ThinkPad']);
    expect(order.key.truth).toEqual(['1', '0']);
  });

  it('is another one when its question or its truth is', () => {
    const versions = [
      settled(NUMBER),
      settled(NUMBER.replace('NULL', 'absent')),
      settled(NUMBER, [{ ...one[0], rows: [['29']] } as Output]),
    ].map(({ version }) => version);
    expect(new Set(versions).size).toBe(3);
    expect(settled(`${NUMBER}\nwhy: So it is.`).version).toBe(versions[0]);
  });

  it('folds the other cell of a comparison, and those that it names', () => {
    const source = `<Compare>\n\n\`\`\`yaml bet\npredict: Which?\nbet: free\nalso: [c]\n\`\`\`\n\n\`\`\`sql run id="a" title="SQL"\nSELECT 1;\n\`\`\`\n\n\`\`\`mongosh run id="b" title="mongosh"\n1\n\`\`\`\n\n</Compare>\n\n\`\`\`sql run id="c" title="C"\nSELECT 1;\n\`\`\`\n`;
    const { cells } = collectPage(source, 'a.mdx');
    expect(cells.map(({ foldedBy }) => foldedBy?.id)).toEqual([undefined, 'a', 'a']);
    expect(() => collectPage(source.replace('[c]', '[d]'), 'a.mdx')).toThrow(
      'a.mdx:6: the bet also 1: there is no other cell "d" on this page.',
    );
  });
});

describe('refused, with line and remedy, is', () => {
  it.each([
    [
      'an unknown kind',
      'predict: How many?\nbet: guess',
      'a.mdx:7: the bet bet: bet is one of free, number, word, choice, order',
    ],
    ['an unknown key', `${NUMBER}\ntruht: 1/count`, 'truht'],
    ['a bet without its idea', 'predict: How many?\nbet: number', 'idea'],
    ['a free bet with a truth', 'predict: How many?\nbet: free\ntruth: 1/count', 'truth'],
    [
      'a choice of one',
      'predict: Which?\nbet: choice\nidea: exact-money\noptions:\n  - says: 28',
      'offer at least two options',
    ],
  ])('%s', (_what, yaml, message) => {
    expect(() => betOf(yaml)).toThrow(message);
  });

  it.each([
    [
      'a wrong pointer',
      `${NUMBER}\ntruth: 1/1/volts`,
      'a.mdx:9: the bet truth: the truth “1/1/volts” names the column “volts”, which is not there. What is there: 1: 1 row of count.',
    ],
    [
      'no pointer where there are several values',
      NUMBER.replace('number', 'word'),
      'does not say which of several values it means. What is there: 1: “INSERT',
      outputs.slice(0, 2),
    ],
    [
      'a word for a number',
      `${NUMBER}\ntruth: 2/1/name`,
      'the truth is “ThinkPad”, which is not one number',
      outputs,
    ],
    [
      'a time that differs from run to run',
      `${NUMBER}\ntruth: '5/after Execution Time:'`,
      'differs from run to run',
      outputs,
    ],
    [
      'the truth among the mistakes',
      `${NUMBER}\nmistakes:\n  - says: 28 values\n    why: No.`,
      'a.mdx:10: the bet mistakes 1 says: “28 values” is the truth, and no mistake.',
    ],
    [
      'a mistake that nobody can bet',
      `${NUMBER}\nmistakes:\n  - says: many\n    why: No.`,
      '“many” is no number',
    ],
    [
      'a choice without the truth',
      'predict: Which?\nbet: choice\nidea: exact-money\noptions:\n  - says: 27\n  - says: 29',
      'no option is the truth, which is “28”. Give the right one is: "28".',
    ],
    [
      'a choice with the truth twice',
      'predict: Which?\nbet: choice\nidea: exact-money\noptions:\n  - says: 28\n  - says: all\n    is: 28',
      'options 1 and 2 are both the truth',
    ],
    [
      'an order of one',
      'predict: Which?\nbet: order\ntruth: 1/every/count\nidea: exact-money',
      'two to seven items',
    ],
  ])('%s', (_what, yaml, message, of: Output[] = one) => {
    expect(() => settled(yaml, of, 'sql run id="a" title="A" mask="timing"')).toThrow(message);
  });

  it('a bet above no cell, two for one cell, and what belongs to a bet without one', () => {
    const bet = '```yaml bet\npredict: Which?\nbet: free\n```\n';
    expect(() => collectPage(`${bet}\nText.\n`, 'a.mdx')).toThrow(
      'a.mdx:1: the bet: no cell follows it',
    );
    expect(() =>
      betOf('predict: A?\nbet: free', 'sql run id="a" title="A" predict="B?" bet="free"'),
    ).toThrow('asks already');
    expect(() => betOf('', 'sql run id="a" title="A" near="2"')).toThrow(
      'near="…" belongs to a bet',
    );
    expect(() => betOf('', 'sql run id="a" title="A" predict="B?"')).toThrow('needs its kind');
    expect(() => betOf('', 'sql run id="a" title="A" predict="B?" bet="choice"')).toThrow(
      'in a fence ```yaml bet',
    );
    expect(() => betOf('', 'sql run id="a" title="A" predict="B?" bet="number"')).toThrow(
      'names its idea',
    );
  });
});
