/** The shell: what mongosh prints. Layout: Node's own `util.inspect`, which mongosh uses; texts: mongosh's. */
import { inspect as nodeInspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Output } from '../../engine.ts';
import { engine } from '../index.ts';
import { SESSIONS } from './behavior.ts';
import { inspect } from './inspect.ts';
import { inputsOf } from './statements.ts';

/** What a script prints, one string for each output. */
async function printed(...scripts: string[]): Promise<string[]> {
  const database = await engine.open(undefined as never);
  const outputs: string[] = [];
  for (const code of scripts) {
    await database.run({ files: [{ name: 'query.js', code }] }, (output: Output) => {
      if (output.kind === 'error')
        outputs.push(
          `${output.severity}: ${output.message}${output.detail ? `\n${output.detail}` : ''}`,
        );
      else outputs.push(output.kind === 'text' ? output.text : JSON.stringify(output));
    });
  }
  return outputs;
}

it('after fifty syntax errors the rest is not read, and that is said', async () => {
  const outputs = await printed(`${'db..users\n'.repeat(60)}db.version()`);
  expect(outputs).toHaveLength(51);
  expect(outputs.at(-1)).toBe(
    'SyntaxError: These were 50 syntax errors: nothing after the last one was run.',
  );
});

describe('layout', () => {
  it("is that of Node's util.inspect", () => {
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        fc.integer(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.constant(undefined),
        fc.string({ maxLength: 90 }),
        fc.constantFrom(
          "it's",
          `it's "quoted"`,
          'line\nbreak in a text that is long enough to be broken\nat its ends, or not at all',
          /a+/gi,
        ),
        fc.array(tie('value'), { maxLength: 12 }),
        fc.array(fc.integer({ max: 10_000 }), { maxLength: 130 }),
        fc.dictionary(
          fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('name', 'price')),
          tie('value'),
          { maxKeys: 6, noNullPrototype: true },
        ),
      ),
    }));
    fc.assert(
      fc.property(value, (input) => {
        expect(inspect(input)).toBe(nodeInspect(input, { depth: 6, breakLength: 80 }));
      }),
      { numRuns: 400 },
    );
  });

  it('names functions, classes, errors and circles as Node does', () => {
    class Shop {
      name = 'x';
    }
    const circle: Record<string, unknown> = { a: 1 };
    circle.self = circle;
    for (const input of [
      new Shop(),
      Shop,
      function f() {
        return 1;
      },
      () => 1,
      circle,
      new Map([['a', { b: 1 }]]),
      new Set([1]),
      new Number(5),
      new String('s'),
      new Boolean(false),
      Object(Symbol('s')),
      Object.assign(new Number(5), { k: 1 }),
      new Uint8Array([1, 2, 3]),
      new Float64Array(0),
      Object.create(null),
      [1, , 3],
    ]) {
      expect(inspect(input)).toBe(nodeInspect(input, { depth: 6, breakLength: 80 }));
    }
  });
});

describe('inputs', () => {
  const texts = (source: string) =>
    [...inputsOf(source)].map((input) => (input.kind === 'syntax error' ? 'ERROR' : input.text));

  it('are commands and statements, with and without semicolons', () => {
    expect(
      texts(
        'use shop\n// find\ndb.a.find()\n  .limit(1)\nshow collections;\nconst x = 1; x\nif (x) { print(1) }\nit',
      ),
    ).toEqual([
      'use shop',
      'db.a.find()\n  .limit(1)',
      'show collections',
      'const x = 1;',
      'x',
      'if (x) { print(1) }',
      'it',
    ]);
  });

  it('go on after a syntax error at the next line that begins something', () => {
    expect(texts('db.a.find({ a: 1 \n  b: 2 })\n  .x()\ndb.b.find()')).toEqual([
      'ERROR',
      'db.b.find()',
    ]);
  });
});

describe('a session', () => {
  it.each(SESSIONS)('%s', async (_what, scripts, prints) => {
    expect(await printed(...scripts)).toEqual(prints);
  });

  it('shows twenty documents at a time', async () => {
    const [first, second, third] =
      await printed(`for (let i = 0; i < 25; i++) { db.n.insertOne({ _id: i }); }; 0
db.n.find()
it
it`).then((outputs) => outputs.slice(1));
    expect(first).toMatch(/\{ _id: 19 \}\n\]\nType "it" for more$/);
    expect(second).toBe('[ { _id: 20 }, { _id: 21 }, { _id: 22 }, { _id: 23 }, { _id: 24 } ]');
    expect(third).toBe('no cursor');
  });

  it('prints errors as mongosh does, and goes on', async () => {
    expect(
      await printed(
        'db.u.insertOne({ _id: 1 })\ndb.u.insertOne({ _id: 1 })\ndb.u.updateOne({ _id: 1 }, { a: 1 })\ndb.u.insertOne()\nnope\ndb.u.find({ a: { $gt: 1 } \ndb.u.countDocuments()',
      ),
    ).toEqual([
      '{ acknowledged: true, insertedId: 1 }',
      'MongoServerError: E11000 duplicate key error collection: test.u index: _id_ dup key: { _id: 1 }',
      'MongoInvalidArgumentError: Update document requires atomic operators',
      'MongoshInvalidInputError: [COMMON-10001] Missing required argument at position 0 (Collection.insertOne)',
      'ReferenceError: nope is not defined',
      expect.stringContaining(
        'SyntaxError: Unexpected token (7:0)\n  6 | db.u.find({ a: { $gt: 1 }\n> 7 | db.u.countDocuments()\n    | ^',
      ) as string,
    ]);
  });

  it('prints what a validator says, to its full depth', async () => {
    const outputs = await printed(
      'db.createCollection("p", { validator: { $jsonSchema: { properties: { price: { bsonType: "double" } } } } })\ndb.p.insertOne({ _id: 1, price: "9" })',
    );
    expect(outputs[1]).toBe(`MongoServerError: Document failed validation
Additional information: {
  failingDocumentId: 1,
  details: {
    operatorName: '$jsonSchema',
    schemaRulesNotSatisfied: [
      {
        operatorName: 'properties',
        propertiesNotSatisfied: [
          {
            propertyName: 'price',
            details: [
              {
                operatorName: 'bsonType',
                specifiedAs: { bsonType: 'double' },
                reason: 'type did not match',
                consideredValue: '9',
                consideredType: 'string'
              }
            ]
          }
        ]
      }
    ]
  }
}`);
  });

  it('runs transactions', async () => {
    const outputs =
      await printed(`db.a.insertMany([{ _id: "alice", b: 100 }, { _id: "bob", b: 0 }]); const session = db.getMongo().startSession(); const inside = session.getDatabase("test").a; 0
session.startTransaction(); inside.updateOne({ _id: "alice" }, { $inc: { b: -40 } }); db.a.findOne({ _id: "alice" }).b
session.abortTransaction(); db.a.findOne({ _id: "alice" }).b`);
    expect(outputs).toEqual(['0', '100', '100']);
  });

  it('prints while it runs, and helps', async () => {
    const outputs = await printed(
      'print("a", { b: 1 }); [1, 2].forEach(n => print(n))\nhelp\ndb.c.help()',
    );
    expect(outputs.slice(0, 3)).toEqual(['a { b: 1 }', '1', '2']);
    expect(outputs[3]).toContain('Shell Help:');
    expect(outputs[4]).toContain('Collection Class:');
  });

  it('is as new after a reset, with the dataset in it; a broken dataset is refused by name and line', async () => {
    const database = await engine.open(undefined as never);
    await database.run(
      { files: [{ name: 'a', code: 'const leftover = 1\ndb.x.insertOne({})' }] },
      () => undefined,
    );
    await database.reset({ name: 'shop.mongosh.js', code: 'db.y.insertOne({ _id: 1 })' });
    const texts: string[] = [];
    await database.run({ files: [{ name: 'a', code: 'show collections\nleftover' }] }, (output) =>
      texts.push(
        output.kind === 'text' ? output.text : output.kind === 'error' ? output.message : '',
      ),
    );
    expect(texts).toEqual(['y', 'leftover is not defined']);
    await expect(database.reset({ name: 'shop.mongosh.js', code: '\nnope()' })).rejects.toThrow(
      'shop.mongosh.js:2: ReferenceError: nope is not defined',
    );
  });

  it.each(['{', '[', '(', '!', '-', 'f('])(
    'reads %s as often as somebody leans on the key',
    async (key) => {
      const [said, next] = await printed(`${key.repeat(20_000)}\nprint(1)`);
      expect(said).toMatch(
        /^SyntaxError: (Brackets are nested too deeply|Not enough stack space|Unexpected token)/,
      );
      expect(next).toBe('1');
    },
  );

  it('ends an endless loop in the build', async () => {
    const { vmEvaluator } = await import('./evaluators.ts');
    const vm = await import('node:vm');
    const { evaluate: run } = vmEvaluator(vm.default, 50)({ __mongosh: {} as never });
    expect(() => run('for (;;);')).toThrow('timed out');
  });
});
