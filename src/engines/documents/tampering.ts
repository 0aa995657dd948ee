/** Ways in which a program can try to change what a later one is told by the document store. */
import type { Tampering } from '../tampering.ts';

/** Asks for a little of everything: what the store computes, what the shell prints, what JavaScript does. */
const PROBE = `
use probed
db.items.insertMany([{ _id: 1, n: 2, tag: 'b' }, { _id: 2, n: 3, tag: 'a' }, { _id: 3, n: Long('7') }]);
db.items.find({ n: { $gt: 1 } }).sort({ tag: 1 }).toArray()
db.items.aggregate([{ $group: { _id: null, sum: { $sum: '$n' }, tags: { $push: '$tag' } } }])
db.items.updateOne({ _id: 1 }, { $inc: { n: 5 } })
db.items.findOne({ _id: 1 }, { n: 1 })
db.items.countDocuments({ n: { $in: [3, 7] } })
db.items.distinct('tag')
db.items.insertOne({ _id: 1 })
db.items.find().map((item) => item.n).toArray().length
for (const { _id } of db.items.find()) print(_id)
JSON.stringify([3, 1, 2].sort().map((n) => n * 2))
[new Set([1, 1]).size, [...new Map([[1, 2]])], Object.entries({ a: 1 }), 'a,b'.split(','), Math.max(1, 2)]
[bsonsize({ a: 1 }), ObjectId('67878e28a1b2c3d4e5000001'), ISODate('2026-01-01'), String(1.5), /a/.test('a')]
print('said', { a: 1 }); console.log([1]); printjson(2)
db.getName()
null.nothing
throw new Error('thrown')
`;

/** Goes on whatever is refused, so that each attempt is made to its end. */
const attempt = (name: string, code: string): Tampering => ({
  name,
  tamper: `try {\n${code}\n} catch (error) { print(String(error)) }`,
  probe: PROBE,
});

/** A property of something that JavaScript brings along, in whatever way it lets itself be replaced. */
const replaced = (owner: string, key: string, value: string): Tampering =>
  attempt(
    `${owner}.${key} is replaced`,
    `const put = { value: ${value}, configurable: true, writable: true };
     try { Object.defineProperty(${owner}, ${key.startsWith('Symbol') ? key : `'${key}'`}, put) } catch (error) { print(String(error)) }
     try { Reflect.set(${owner}, ${key.startsWith('Symbol') ? key : `'${key}'`}, put.value) } catch (error) { print(String(error)) }`,
  );

const FORGED = `function () { return 'forged' }`;

export const DOCUMENTS_TAMPERING: readonly Tampering[] = [
  // What JavaScript brings along.
  replaced('Array.prototype', 'map', FORGED),
  replaced('Array.prototype', 'push', FORGED),
  replaced('Array.prototype', 'sort', 'function () { return this.reverse() }'),
  replaced('Array.prototype', 'Symbol.iterator', 'function* () { yield "forged" }'),
  replaced('Array', 'isArray', '() => false'),
  replaced('Array', 'from', '() => ["forged"]'),
  replaced('Object', 'keys', '() => ["forged"]'),
  replaced('Object', 'entries', '() => [["forged", 1]]'),
  replaced('Object', 'assign', '(target) => target'),
  replaced('Object.prototype', 'toString', '() => "[object Forged]"'),
  replaced('Object.prototype', 'hasOwnProperty', '() => true'),
  replaced('Function.prototype', 'call', FORGED),
  replaced('Function.prototype', 'bind', `function () { return () => 'forged' }`),
  replaced('Map.prototype', 'get', FORGED),
  replaced('Map.prototype', 'set', 'function () { return this }'),
  replaced('Set.prototype', 'has', '() => true'),
  replaced('WeakSet.prototype', 'has', '() => true'),
  replaced('String.prototype', 'split', '() => ["forged"]'),
  replaced('String.prototype', 'replace', '() => "forged"'),
  replaced('Number.prototype', 'toString', '() => "666"'),
  replaced('Number', 'isInteger', '() => false'),
  replaced('RegExp.prototype', 'exec', '() => null'),
  replaced('RegExp.prototype', 'test', '() => false'),
  replaced('Date.prototype', 'toISOString', '() => "forged"'),
  replaced('Date', 'now', '() => 0'),
  replaced('JSON', 'stringify', '() => "forged"'),
  replaced('Math', 'max', '() => 666'),
  replaced('Reflect', 'get', '() => "forged"'),
  replaced('Promise.prototype', 'then', 'function () { return this }'),
  replaced('Error.prototype', 'toString', '() => "forged"'),
  replaced('TypeError.prototype', 'name', '"Forged"'),
  replaced('TypeError.prototype', 'message', '"forged"'),
  replaced('Intl.Collator.prototype', 'compare', '() => 0'),
  replaced('TextEncoder.prototype', 'encode', '() => new Uint8Array(999)'),
  replaced('Object.getPrototypeOf([][Symbol.iterator]())', 'next', '() => ({ done: true })'),
  replaced('Object.getPrototypeOf(function* () {})', 'prototype', '{}'),
  replaced('Object.getPrototypeOf(Int8Array.prototype)', 'slice', FORGED),

  // What every object inherits.
  ...[
    'then',
    'kind',
    'origin',
    'text',
    'get',
    'set',
    'value',
    'id',
    'type',
    '0',
    '_bsontype',
    'toJSON',
  ].map((key) =>
    attempt(
      `every object has "${key}"`,
      `Object.defineProperty(Object.prototype, '${key}', {
           get() { return 'forged' }, set() {}, configurable: true })`,
    ),
  ),
  attempt('every list has an element', `Object.defineProperty(Array.prototype, 0, { set() {} })`),
  attempt(
    'objects inherit from another',
    `Object.setPrototypeOf(Object.prototype, { kind: 'forged' })`,
  ),
  attempt(
    'lists inherit from another',
    `Object.setPrototypeOf(Array.prototype, { map: () => 'forged' })`,
  ),

  // The global scope.
  ...['Map', 'JSON', 'Object', 'Array', 'Promise', 'Date', 'Error', 'undefined', 'TextDecoder'].map(
    (name) =>
      attempt(
        `${name} is something else`,
        `const scope = globalThis;
       try { scope['${name}'] = class Forged {} } catch (error) { print(String(error)) }
       try { Object.defineProperty(scope, '${name}', { value: {}, configurable: true }) } catch (error) { print(String(error)) }
       delete scope['${name}']`,
      ),
  ),
  attempt('globals are frozen early', `Object.freeze(globalThis)`),
  attempt(
    'the scope is left for another',
    `Object.setPrototypeOf(globalThis, { print: () => 'forged' })`,
  ),

  // The way to the page.
  attempt(
    'it speaks to the frame',
    `(function () { return this })().postMessage({ type: 'died' })`,
  ),
  attempt(
    'it listens in',
    `(function () { return this })().onmessage = ({ data }) => data.port.postMessage('forged')`,
  ),
  attempt(
    'it listens in as others do',
    `(function () { return this })().addEventListener('message', () => 0)`,
  ),
  attempt(
    'ports say something else',
    `const { MessagePort } = (function () { return this })();
     const post = MessagePort.prototype.postMessage;
     MessagePort.prototype.postMessage = function (message) {
       return post.call(this, JSON.parse(JSON.stringify(message).replaceAll('a', 'forged'))) }`,
  ),
  attempt(
    'events hold something else',
    `Object.defineProperty((function () { return this })().MessageEvent.prototype, 'data', { get: () => 0 })`,
  ),
  attempt(
    'it loads a program',
    `(function () { return this })().importScripts('data:text/javascript,close()')`,
  ),
  attempt(
    'it starts a worker',
    `new ((function () { return this })().Worker)('data:text/javascript,for(;;);')`,
  ),
  attempt('it closes itself', `(function () { return this })().close()`),
  attempt(
    'blobs hold another program',
    `(function () { return this })().Blob = class { constructor() { return 'forged' } }`,
  ),
  attempt(
    'addresses lead to another program',
    `URL.createObjectURL = () => 'data:text/javascript,forged'`,
  ),

  // What the shell gives.
  attempt('db is something else', `db = new Proxy({}, { get: () => () => 'forged' })`),
  attempt(
    'print is something else',
    `print = printjson = bsonsize = () => 'forged'; console.log = () => 0`,
  ),
  attempt('a constructor is something else', `ObjectId = ISODate = Long = () => 'forged'`),
  attempt(
    'db has a method of its own',
    `db.getCollection = () => 'forged'; db.getName = () => 'forged'`,
  ),
  attempt(
    'a collection has a method of its own',
    `db.getSiblingDB('probed').items.find = () => 'forged'`,
  ),
  attempt(
    'every collection has another find',
    `Object.getPrototypeOf(db.items).find = () => 'forged'`,
  ),
  attempt(
    'every collection has another find, defined',
    `Object.defineProperty(db.items.constructor.prototype, 'find', { value: () => 'forged' })`,
  ),
  attempt(
    'every database gives other collections',
    `Object.getPrototypeOf(db).getCollection = () => 'forged'`,
  ),
  attempt(
    'every cursor gives other documents',
    `Object.getPrototypeOf(Object.getPrototypeOf(db.items.find())).toArray = () => ['forged']`,
  ),
  attempt(
    'every cursor goes elsewhere',
    `Object.defineProperty(Object.getPrototypeOf(db.items.aggregate([])), 'next', { value: () => 'forged' })`,
  ),
  attempt(
    'every id is printed in another way',
    `ObjectId.prototype.toHexString = ObjectId.prototype.toString = () => 'forged'`,
  ),
  attempt(
    'every id is equal to another',
    `Object.defineProperty(ObjectId.prototype, 'equals', { value: () => true })`,
  ),
  attempt(
    'long numbers compute in another way',
    `Long.prototype.add = Long.prototype.compare = () => 0; Long.ZERO = Long.ONE`,
  ),
  attempt('a stored id is changed in its place', `db.x.insertOne({}); db.x.findOne()._id.i0 = 0`),
  attempt(
    'errors are called otherwise',
    `try { db.items.insertOne([]) } catch (error) { error.constructor.prototype.name = 'Forged' }`,
  ),

  // The way between shell and program.
  attempt(
    'the scope holds something that computes',
    `Object.defineProperty(__mongosh.scope, 'db', { get: () => 'forged' })`,
  ),
  attempt(
    'the scope holds print for good',
    `Object.defineProperty(__mongosh.scope, 'print', { value: () => 0, writable: false })`,
  ),
  attempt('the scope is sealed', `Object.preventExtensions(__mongosh.scope)`),
  attempt('the scope inherits', `Object.setPrototypeOf(__mongosh.scope, { items: 'forged' })`),
  attempt('values go elsewhere', `Object.defineProperty(__mongosh, 'value', { set() {} })`),
  attempt(
    'the shell is another',
    `globalThis.__mongosh = { scope: {}, value: 'forged', take() {}, sized: (x) => x }`,
  ),
  attempt('memory is counted wrong', `__mongosh.take = () => { throw new Error('forged') }`),

  // What goes on afterwards.
  attempt(
    'a promise changes things later',
    `Promise.resolve().then(() => { Array.prototype.map = () => 'forged'; db = 'forged' })`,
  ),
  attempt(
    'an object answers when it is waited for',
    `globalThis.later = { then(resolve) { resolve('forged') } }`,
  ),
];

/** Programs that go on for ever while nothing of theirs runs: they end when they are stopped. */
export const ENDLESS: readonly Tampering[] = [
  attempt('a promise goes on for ever', `(async () => { for (;;) { await null; } })()`),
  attempt(
    'nobody waits for the promise',
    `const p = (async () => { for (;;) { await null; } })(); 1`,
  ),
  attempt('tasks make tasks', `const again = () => queueMicrotask(again); again()`),
  attempt('somebody sleeps for ever', `for (;;) await sleep(1)`),
];
