import { Parser } from 'acorn';
import { beforeAll, describe, expect, it } from 'vitest';
import { engine } from '../index.ts';
import { hereEvaluator } from './evaluators.ts';
import { type Located, rewrite } from './rewrite.ts';
import { Shell } from './shell.ts';
import { type Input, inputsOf } from './statements.ts';
import { loadEveryPart } from '../parts/parts.ts';

beforeAll(loadEveryPart);

function rewritten(source: string): string {
  const program = Parser.parse(source, { ecmaVersion: 'latest' });
  return rewrite(source, program.body[0] as unknown as Located).code;
}

/** What a script prints, one line for each output. */
async function printed(code: string): Promise<string[]> {
  const database = await engine.open(undefined as never);
  const lines: string[] = [];
  await database.run({ files: [{ name: 'query.js', code }] }, (output) =>
    lines.push(
      output.kind === 'text'
        ? output.text
        : output.kind === 'error'
          ? `${output.severity}: ${output.message}`
          : output.kind,
    ),
  );
  return lines;
}

describe('a rewritten statement', () => {
  it.each([
    ['1 + 2', '__mongosh.value = (1 + 2)'],
    ['const a = 1, { b } = c', '(a = 1), ({ b } = c);'],
    ['let d', '(d = undefined);'],
    ['var e, f = 2;', '0, (f = 2);'],
    ['function g() { return 1 }', '__mongosh.value = g = function g() { return 1 }'],
    ['for (const x of y) z(x)', 'for (const x of y) {__mongosh.take(24);__mongosh.value = (z(x))}'],
    ['while (p) { q = {} }', 'while (p) {__mongosh.take(56); __mongosh.value = (q = {}) }'],
    ['for (;;) n++', 'for (;;) __mongosh.value = (n++)'],
    ['const r = new Array(n)', '(r = new Array(__mongosh.sized(n)));'],
    ['[...s, t]', '__mongosh.value = ([...__mongosh.made(s), t])'],
    ['u?.slice(1).map(v).length', '__mongosh.value = (u?.slice(1).map(v).length)'],
    [
      'w.map(x => y?.z(x.slice(1)))',
      '__mongosh.made(__mongosh.value = (w.map(x => y?.z(__mongosh.made(x.slice(1))))))',
    ],
    [
      'Array.prototype.last = 1',
      '__mongosh.value = (__mongosh.open(Array.prototype, "Array.prototype").last = 1)',
    ],
    ["import('fs')", "__mongosh.value = (__mongosh.load('fs'))"],
  ])('%s', (source, code) => {
    expect(rewritten(source)).toBe(code);
  });

  it('does what it did before', async () => {
    const script = `
      const total = (list) => { let sum = 0; for (const n of list) sum += n; return sum };
      total([1, 2, 3])
      const { a, ...rest } = { a: 1, b: 2 }, [first = 5, ...others] = [undefined, 6, 7];
      [a, rest, first, others];
      let text = ''; do text += text.length + ','; while (text.length < 9)
      for (const k in { x: 1, y: 2 }) if (k === 'y') k.repeat(2)
      outer: for (let i = 0; i < 3; i++) for (let j = 0; ; j++) { if (j > i) continue outer; print(i, j) }
      function* count() { for (let n = 1; n < 4; n++) yield n };
      [...count()].map((n) => n ** 2);
      Array.from({ length: 3 }, (_, i) => i);
      [null?.slice(1).length, [3, 1].toSorted(), 'ab'.split('').join('-')];
      class List extends Array { last() { return this.at(-1) } }; new List(1, 2).map((n) => n + 1).last()
    `;
    expect(await printed(script)).toEqual([
      '6',
      '[ 1, { b: 2 }, 5, [ 6, 7 ] ]',
      '0,2,4,6,8,',
      'yy',
      ...['0 0', '1 0', '1 1', '2 0', '2 1', '2 2'],
      '[ 1, 4, 9 ]',
      '[ 0, 1, 2 ]',
      "[ undefined, [ 1, 3 ], 'a-b' ]",
      '3',
    ]);
  });
});

/** Programs that would end a page, were they let go on. */
const GREEDY = [
  'const a = []; for (;;) a.push(new Array(1e6).fill(1.5))',
  'const a = []; for (;;) a.push({})',
  'const a = []; for (let i = 0; ; i++) a[i] = [i]',
  'const m = new Map(); for (let i = 0; ; i++) m.set(i, i)',
  'Array.from({ length: 1e9 }, () => ({}))',
  'let a = [1]; for (;;) a = a.concat(a)',
  'let a = [1]; for (;;) a = [...a, ...a]',
  "const a = []; for (;;) a.push('x'.repeat(1e7))",
  'const big = new Array(1e6).fill(0), a = []; for (;;) a.push(big.slice())',
  'const big = new Array(1e6).fill(0), a = []; while (true) a.push(big.map((n) => n + 1))',
  'new Float64Array(1e9)',
  'const docs = Array.from({ length: 1e4 }, () => ({})); for (;;) db.x.insertMany(docs.map((d) => ({ ...d })))',
  'function* all() { for (let i = 0; ; i++) yield i } [...all()]',
];

it.each(GREEDY)('a program that asks for more memory than there is, is told so: %s', (code) => {
  // As much as a test has patience for.
  const shell = new Shell({ evaluator: hereEvaluator(), print: () => undefined, mostMemory: 20e6 });
  expect(() => [...inputsOf(code)].map((input) => shell.run(input as Input))).toThrow(
    'This run makes more than 20 MB of values',
  );
});
