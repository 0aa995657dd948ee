import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Output } from '../../../engines/engine.ts';
import { DatabasePool } from './pool.ts';
import { Utf8Decoder, Utf8Encoder } from './utf8.ts';

let pool: DatabasePool;
beforeAll(() => {
  pool = new DatabasePool({ milliseconds: 20_000 });
});
afterAll(() => pool.close());

const wordsOf = (output: Output): string =>
  output.kind === 'text' ? output.text : output.kind === 'error' ? output.message : output.kind;

/** Runs scripts one after another in a new session. @returns what the last one printed. */
function printed(...codes: string[]): Promise<string[]> {
  return pool.use('documents', async (database) => {
    await database.reset(null);
    let outputs: string[] = [];
    for (const code of codes) {
      outputs = [];
      await database.run({ files: [{ name: 'a.js', code }] }, (output) =>
        outputs.push(wordsOf(output)),
      );
    }
    return outputs;
  });
}

/** What every attempt has: a place for what it gets hold of, and the classic way on from any function. */
const TOOLS = `
var leaks = [];
var world = (thing) => { try { leaks.push(thing.constructor.constructor('return this')()) } catch (e) { leaks.push(e) } };
var deep = (task) => { const dive = () => { try { dive() } catch (e) { world(e) } try { task() } catch (e) { world(e) } }; dive() };
0`;

/** Is any of it a world with Node's \`process\` or \`require\`, or made of objects of another world? */
const VERDICT = `
leaks.some((leak) => leak && typeof leak === 'object' && (leak.process || leak.require || leak.mainModule || leak.versions))
  ? 'a way out'
  : leaks.some((leak) => leak !== null && typeof leak === 'object' && !(leak instanceof Object)) ? 'an object of another world' : 'nothing'`;

const ATTEMPTS: [string, string][] = [
  ['a function of the shell', 'world(print)'],
  ['a method of the database', 'world(db.products.find)'],
  ['the database itself', 'world(db)'],
  ['a cursor', 'world(db.products.find())'],
  ['a document', 'db.products.insertOne({ a: 1 }); world(db.products.findOne())'],
  ['a list the shell gives', 'world(db.getCollectionNames())'],
  ['an id', 'world(ObjectId()); world(ISODate())'],
  ['a class of BSON', 'world(NumberLong); world(NumberDecimal("1"))'],
  ['a session', 'world(db.getMongo().startSession())'],
  ['a plan', 'db.a.insertOne({ _id: 1 }); world(db.a.find({ _id: 1 }).explain())'],
  ['what a write answers', 'world(db.a.insertOne({ _id: 1 }))'],
  [
    'a date and a pattern of a document',
    'db.a.insertOne({ d: new Date(), r: /a/ }); const { d, r } = db.a.findOne(); world(d); world(r)',
  ],
  [
    'a document in a callback',
    'db.a.insertOne({ _id: 1 }); db.a.find().map((d) => world(d)).toArray()',
  ],
  ['the global object', 'world(this); world(globalThis); leaks.push(globalThis)'],
  ['its own functions', 'world(function () {}); world(() => 1); world(class {})'],
  [
    'its own kinds of functions',
    'world(async () => 1); world(function* () {}); world(async function* () {})',
  ],
  ['eval', "leaks.push((0, eval)('this'))"],
  ['an error the shell throws', 'try { db.a.insertOne() } catch (e) { world(e) }'],
  ['an error the server throws', 'try { db.a.updateOne({}, { a: 1 }) } catch (e) { world(e) }'],
  ['an error of the language', 'try { null.x } catch (e) { world(e) }'],
  ['an error of a full stack', 'deep(() => 0)'],
  ['a full stack in a function of the shell', 'deep(() => print({ a: { b: 1 } }))'],
  ['a full stack where a stack is written', "deep(() => new Error('x').stack)"],
  ['a full stack where a promise is refused', 'deep(() => { Promise.reject(1) })'],
  [
    'a stack with frames',
    "Error.prepareStackTrace = (e, frames) => frames; const frames = [].concat(new Error('x').stack); world(frames); frames.forEach((frame) => { world(frame); world(frame.getFunction()); leaks.push(frame.getThis()) })",
  ],
  [
    'a stack that somebody else reads',
    "Error.stackTraceLimit = 10; Error.prepareStackTrace = (e, frames) => { world(frames); return '' }; throw new Error('x')",
  ],
  ['a promise', 'world(Promise.resolve()); Promise.resolve().then(() => world(print))'],
  ['a promise that is refused', "Promise.reject({ get stack() { world(print); return '' } })"],
  [
    'an await of something of its own',
    '(async () => { await { then(resolve, reject) { world(resolve); world(reject) } } })()',
  ],
  ['an import', "import('node:process').then((m) => leaks.push(m.default), (e) => world(e))"],
  ['an import in a function', "const f = () => import('node:fs'); f().catch((e) => world(e))"],
  [
    'an import in code made of a text',
    '(0, eval)("import(\'node:fs\').catch((e) => world(e))"); new Function("import(\'node:fs\').catch((e) => world(e))")()',
  ],
  [
    'code that the parser is made to misread',
    'String.prototype.slice = () => "import(\'node:fs\').catch((e) => world(e))"\n1',
  ],
  [
    'a statement under another name',
    "Map.prototype.get = () => () => { world(Map); try { (0, eval)('1') } catch (e) { world(e) } }\n1",
  ],
  ['a getter that the shell reads', '({ get a() { world(this); world(print); return 1 } })'],
  [
    'a getter that asks who calls',
    '({ get a() { const c = arguments.callee.caller; leaks.push(c); if (c) world(c); return 1 } })',
  ],
  ['a proxy that the shell prints', "new Proxy({}, { get: (t, k, r) => (world(r), 'x') })"],
  ['what it throws', 'throw new Proxy({}, { get: (t, k) => world(print), has: () => true })'],
  [
    'a function the shell calls',
    'db.a.insertOne({}); db.a.find().forEach(function (d) { world(d); world(arguments.callee.caller ?? d) })',
  ],
  ['a message to JSON', 'Object.prototype.toJSON = function () { world(this); return this }'],
  ['the session that code runs in', 'world(__mongosh); world(__mongosh.scope)'],
  ['the shell outside of it', 'Object.values(__shell).forEach(world)'],
  [
    'compiling from a stream',
    'globalThis.WebAssembly?.compileStreaming({ then(resolve) { world(resolve) } })',
  ],
  ['a console for an inspector', 'leaks.push(globalThis.console && globalThis.console.context)'],
  [
    'collected garbage',
    'const r = new FinalizationRegistry(world); r.register({}, print); new WeakRef({})',
  ],
  ['waiting without a pause', 'world(Atomics.waitAsync)'],
  ['a worker, a shadow of it', 'leaks.push(globalThis.Worker, globalThis.ShadowRealm)'],
];

describe('the shell’s own realm', () => {
  it.each(ATTEMPTS)('leads nowhere from %s', async (_name, attempt) => {
    // Twice: what is done later has been done then.
    const found = await printed(TOOLS, attempt, '0', VERDICT);
    expect(found.join()).not.toMatch(/a way out|another world/);
  });

  it('tells of what it got hold of, where there is something', async () => {
    expect(await printed(TOOLS, 'leaks.push({ process: {} })', VERDICT)).toEqual(['a way out']);
    expect(await printed(TOOLS, 'leaks.push(Object.create(null))', VERDICT)).toEqual([
      'an object of another world',
    ]);
    expect(await printed(TOOLS, 'world(print)', VERDICT)).toEqual(['nothing']);
  });

  it('has no Node in it', async () => {
    const names = ['process', 'require', 'module', 'Buffer', 'fetch', 'WebAssembly'];
    expect(
      await printed(
        `[${names.map((name) => `typeof globalThis.${name}`).join(', ')}].every((type) => type === 'undefined')`,
      ),
    ).toEqual(['true']);
  });

  it('refuses an import in words', async () => {
    expect(await printed("import('node:fs')")).toEqual([
      'import() is not in this shell: there is nothing to load from.',
    ]);
  });

  it('is as new after a reset, whatever was done to it', async () => {
    await printed('Array.prototype.map = () => []; Object.prototype.toString = null');
    expect(await printed('[1, 2].map((n) => n * 2)')).toEqual(['[ 2, 4 ]']);
  });

  it('runs what may be run only in a script, and nothing more', async () => {
    expect(await printed('arguments')).toEqual(['arguments is not defined']);
    expect((await printed('return 1'))[0]).toMatch(/'return' outside of function/);
    expect(await printed('this === globalThis')).toEqual(['true']);
  });

  it('writes and reads UTF-8 as every other world', () => {
    const bytes = [0, 0x41, 0x80, 0xbf, 0xc0, 0xc2, 0xe0, 0xa0, 0xe2, 0x82, 0xac, 0xed, 0xef, 0xbb];
    let state = 1;
    const random = (below: number) =>
      (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below;
    for (let round = 0; round < 2000; round++) {
      const sample = Uint8Array.from({ length: random(8) }, () =>
        random(2) ? bytes[random(bytes.length)]! : random(256),
      );
      expect(new Utf8Decoder().decode(sample)).toBe(new TextDecoder().decode(sample));
      const text = String.fromCharCode(...Array.from({ length: random(5) }, () => random(0x10000)));
      expect([...new Utf8Encoder().encode(text)]).toEqual([...new TextEncoder().encode(text)]);
    }
  });
});

describe('promises in the shell’s own realm', () => {
  it('are waited for, and timers fire', async () => {
    expect(
      await printed(
        'const n = await new Promise((resolve) => setTimeout(resolve, 1e6, 4));\nfor await (const x of [n, Promise.resolve(5)]) print(x)\nsetTimeout(print, 10, "late")',
      ),
    ).toEqual(['4', '5', 'Timeout {}', 'late']);
  });

  it('that nobody handles are told as errors, once, and nothing ends', async () => {
    expect(
      await printed(
        'Promise.reject(new Error("a")); 1\nconst f = async () => { throw new Error("b") }; f(); 2\n3',
        'Promise.reject(new TypeError("c")); 4\nsetTimeout(async () => { throw 5 }, 1); 6',
      ),
    ).toEqual(['4', 'c', '6', '5']);
    expect(
      await printed(
        'Promise.reject(new Error("a")); 1',
        'const p = Promise.reject(1); p.catch(() => 0)',
      ),
    ).toEqual(['0']);
  });

  it.each([
    'for (;;) await null',
    '(async () => { for (;;) await null })()',
    'const again = () => Promise.resolve().then(again); again(); 1',
    'for (;;) await new Promise((resolve) => setTimeout(resolve, 1))',
    'await (async () => { for (;;); })()',
  ])('that never end are stopped, and the place is told: %s', async (code) => {
    const short = new DatabasePool({ milliseconds: 1500 });
    const run = short.use('documents', (database) =>
      database.run({ files: [{ name: 'a.js', code: `0;\n${code}` }] }, () => undefined),
    );
    await expect(run).rejects.toThrow('does not end: it was stopped after 1.5 s in its line 2');
    await short.close();
  });
});
