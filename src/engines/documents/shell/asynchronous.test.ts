/** Promises in the shell: what mongosh 2.12.0 prints, unless a line says otherwise. */
import { describe, expect, it } from 'vitest';
import type { Output } from '../../engine.ts';
import { engine } from '../index.ts';

async function printed(...scripts: string[]): Promise<string[]> {
  const database = await engine.open(undefined as never);
  const outputs: string[] = [];
  for (const code of scripts) {
    await database.run({ files: [{ name: 'query.js', code }] }, (output: Output) =>
      outputs.push(
        output.kind === 'error'
          ? `${String(output.origin.line)}: ${output.severity}: ${output.message}`
          : output.kind === 'text'
            ? output.text
            : output.kind,
      ),
    );
  }
  return outputs;
}

const ACCOUNTS = `db.a.insertMany([{ _id: "alice", b: 100 }, { _id: "bob", b: 0 }]).acknowledged
const s = db.getMongo().startSession(), inside = s.getDatabase("test").a`;

describe('a promise at the top level', () => {
  it.each<[string, string[]]>([
    ['Promise.resolve(5)', ['5']],
    ['const p = Promise.resolve(1).then(print)\nprint(2)\np', ['1', '2']],
    ['Promise.resolve(1).then(print); 3', ['1', '3']],
    ['async function f() { await null; return 9 }\nf()', ['[AsyncFunction: f]', '9']],
    ['async function f() { return 9 }; const q = f()\nq', ['9']],
    ['Promise.all([1, Promise.resolve(2)])', ['[ 1, 2 ]']],
    ['({ then(resolve) { resolve(8) } })', ['8']],
    ['Promise.reject(new TypeError("no"))', ['1: TypeError: no']],
  ])('is waited for and printed: %s', async (code, outputs) => {
    expect(await printed(code)).toEqual(outputs);
  });

  it('lets promises go on before the next input, but not before the next on its line', async () => {
    expect(
      await printed(
        'Promise.resolve().then(() => print("then")); print("line")\nprint("next")\nPromise.resolve().then(() => print("then"))\nprint("next")',
      ),
    ).toEqual(['line', 'then', 'next', 'then', 'next']);
  });

  // mongosh awaits by itself and refuses the word there; here a pasted program may use it.
  it.each<[string, string[]]>([
    ['await Promise.resolve(7)', ['7']],
    ['const n = await Promise.resolve(7), m = 2\nn * m', ['14']],
    ['const { a, b: [c] } = await { a: 1, b: [2] };\n[a, c]', ['[ 1, 2 ]']],
    ['for await (const x of [1, Promise.resolve(2)]) print(x)', ['1', '2']],
    [
      'db.c.insertMany([{ _id: 1 }, { _id: 2 }]).acknowledged\nfor await (const d of db.c.find()) print(d._id)',
      ['true', '1', '2'],
    ],
    [
      'if (true) { var v = await 3; function g() { return v } }\n[v, g()]',
      ['[Function: g]', '[ 3, 3 ]'],
    ],
    ['for (var i = 0, k; i < 2; i++) await null; [i, k]', ['[ 2, undefined ]']],
    ['for (var x of [1, 2]) { await x }\nx', ['2', '2']],
    ['try { await Promise.reject(new Error("x")) } catch (e) { await 1; e.message }', ['x']],
    ['await Promise.reject(new RangeError("far"))\nprint("on")', ['1: RangeError: far', 'on']],
    ['await nope; print("not run")\nprint("on")', ['1: ReferenceError: nope is not defined', 'on']],
    ['const later = await 1; later + 1; await later + 2', ['3']],
  ])('may be awaited: %s', async (code, outputs) => {
    expect(await printed(code)).toEqual(outputs);
  });

  it('that nothing settles any more ends the wait, and says so', async () => {
    expect(
      await printed('new Promise(() => {})\nawait new Promise(() => {}); 1\nprint("on")'),
    ).toEqual([
      expect.stringMatching(/^1: Error: This waits for a promise that nothing is left to settle/),
      expect.stringMatching(/^2: Error: This waits for a promise/),
      'on',
    ]);
  });
});

it('functions in blocks outlive their block', async () => {
  expect(await printed('if (true) { function g() { return 1 } }\ng()')).toEqual([
    '[Function: g]',
    '1',
  ]);
});

describe('a call that answers at once', () => {
  it.each<[string, string[]]>([
    ['db.c.insertOne({ _id: 1 }).then((r) => r.insertedId)', ['1']],
    ['db.c.countDocuments().then((n) => n + 1)', ['1']],
    ['db.c.findOne({ _id: 9 }).then((d) => d).finally(() => print("done"))', ['done', 'null']],
    [
      'db.c.insertOne({ _id: 1 }).acknowledged\ndb.c.insertOne({ _id: 1 }).then(() => "stored").catch((e) => e.code)',
      ['true', '11000'],
    ],
    [
      'const both = async () => [await db.c.countDocuments(), await db.c.findOne()]\nboth()',
      ['[ 0, null ]'],
    ],
  ])('has then, catch and finally: %s', async (code, outputs) => {
    expect(await printed(code)).toEqual(outputs);
  });
});

describe('withTransaction with an asynchronous callback', () => {
  const BALANCES = 'db.a.find().map((d) => d.b).toArray()';

  it('commits what the promise was fulfilled with', async () => {
    expect(
      await printed(
        `${ACCOUNTS}
s.withTransaction(async () => { inside.updateOne({ _id: "alice" }, { $inc: { b: -40 } }); await null; inside.updateOne({ _id: "bob" }, { $inc: { b: 40 } }); return "paid" })
${BALANCES}`,
      ),
    ).toEqual(['true', 'paid', '[ 60, 40 ]']);
  });

  it.each([
    [
      's.withTransaction(async () => { inside.updateOne({ _id: "alice" }, { $inc: { b: -40 } }); throw new Error("no money") })',
    ],
    [
      's.withTransaction(async () => { inside.deleteMany({}); await null; throw new Error("no money") }); print("not run")',
    ],
    [
      'const pay = async () => { inside.deleteMany({}); await null; throw new Error("no money") }; s.withTransaction(pay)',
    ],
    [
      's.withTransaction(() => { inside.deleteMany({}); return Promise.reject(new Error("no money")) })',
    ],
    [
      '; (async () => { s.withTransaction(async () => { inside.deleteMany({}); throw new Error("no money") }); print("not run") })()',
    ],
  ])('aborts when it is rejected, and shows the error: %s', async (code) => {
    expect(await printed(`${ACCOUNTS}\n${code}\n${BALANCES}`)).toEqual([
      'true',
      '3: Error: no money',
      '[ 100, 0 ]',
    ]);
  });

  it('leaves plain callbacks plain', async () => {
    expect(
      await printed(
        `${ACCOUNTS}\ns.withTransaction(() => { inside.deleteMany({}); return 1 })\n${BALANCES}`,
      ),
    ).toEqual(['true', '1', '[]']);
  });
});

describe('timers', () => {
  it.each<[string, string[]]>([
    [
      'setTimeout(() => print("later"), 1000); print("now")\nprint("next")',
      ['now', 'next', 'later'],
    ],
    [
      'setTimeout(print, 20, "b"); setTimeout(print, 10, "a"); setImmediate(print, "0"); 0',
      ['0', '0', 'a', 'b'],
    ],
    ['await new Promise((resolve) => setTimeout(resolve, 5000, "slept"))', ['slept']],
    [
      'let n = 0; const i = setInterval(() => { print(n += 1); if (n === 3) clearInterval(i) }, 100)',
      ['1', '2', '3'],
    ],
    ['const t = setTimeout(() => print("never"), 10); clearTimeout(t)', []],
    [
      'const f = async (name, ms) => { await sleep(ms); print(name) }\nPromise.all([f("slow", 50), f("fast", 10)]).then(() => "both")',
      ['[AsyncFunction: f]', 'fast', 'slow', 'both'],
    ].map((x) => (typeof x === 'string' ? x : x.slice(1))) as [string, string[]],
    ['setTimeout(() => print("due"), 5); sleep(10); print("slept")', ['due', 'slept']],
    [
      'const t0 = Date.now(), d0 = new Date(); sleep(60000); [Date.now() - t0 >= 60000, new Date() - d0 >= 60000, ISODate() - d0 >= 60000]',
      ['[ true, true, true ]'],
    ],
    ['setTimeout(() => { throw new Error("late") }, 1); 1', ['1', '1: Error: late']],
  ])('fire by the clock of the session: %s', async (code, outputs) => {
    expect(await printed(code)).toEqual(outputs);
  });

  it('that never end, end with the run, which says so', async () => {
    const outputs = await printed('setInterval(() => 0, 10); 1');
    expect(outputs).toEqual(['1', expect.stringMatching(/^1: Error: 1000 timers fired after/)]);
  });

  it('move the time that documents are given', async () => {
    expect(
      await printed(
        'db.c.insertOne({ at: new Date() }).acknowledged; sleep(3600e3); db.c.find({ $expr: { $lt: ["$at", { $subtract: ["$$NOW", 3599e3] }] } }).itcount()',
      ),
    ).toEqual(['1']);
  });

  it('a date of the shell is a date', async () => {
    expect(
      await printed(
        '[new Date(0), new Date(2024, 0, 1) instanceof Date, ISODate() instanceof Date, typeof Date(), Date.UTC(1970, 0)]\nclass Day extends Date { week() { return 1 } }; new Day(0).week()\nDate',
      ),
    ).toEqual([
      "[ ISODate('1970-01-01T00:00:00.000Z'), true, true, 'string', 0 ]",
      '1',
      '[Function: Date]',
    ]);
  });
});
