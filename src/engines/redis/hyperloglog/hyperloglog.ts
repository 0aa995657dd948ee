/** HyperLogLog: PFADD, PFCOUNT, PFMERGE. A sketch is a string value, byte for byte that of redis-server. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { expectType } from '../core/keyspace.ts';
import { narrow } from '../core/numbers.ts';
import { err, OK, ReplyError, Status, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { StringValue, type Value } from '../core/values.ts';
import {
  DENSE,
  DENSE_SIZE,
  forgetCount,
  HEADER,
  raise,
  register,
  rememberCount,
  rememberedCount,
  SPARSE,
  type Sketch,
} from './dense.ts';
import { estimate, histogram, histogramOf } from './estimate.ts';
import { placeOf, REGISTERS } from './hash.ts';
import { emptySketch, eachRegister, raiseSparse, runs, toDense } from './sparse.ts';

const NO_SKETCH = new ReplyError('WRONGTYPE Key is not a valid HyperLogLog string value.');
const CORRUPTED = new ReplyError('INVALIDOBJ Corrupted HLL object detected');

/** The string, if it can be a sketch. */
function sketchIn(value: Value | undefined): StringValue | undefined {
  const text = expectType(value, 'string');
  if (!text) return undefined;
  if (text.encoding === 'int' || text.length < HEADER) throw NO_SKETCH;
  const header = text.head(5);
  const form = header.charCodeAt(4);
  if (!header.startsWith('HYLL') || form > SPARSE) throw NO_SKETCH;
  if (form === DENSE && text.length !== DENSE_SIZE) throw NO_SKETCH;
  return text;
}

const sparseLimit = (server: Server): number => Number(server.config.get('hll-sparse-max-bytes'));

/** As {@link raiseSparse}, for either form. */
function raiseIn(
  sketch: Sketch,
  index: number,
  run: number,
  most: number,
): Sketch | null | undefined {
  if (sketch[4] === DENSE) return raise(sketch, index, run) ? sketch : null;
  return raiseSparse(sketch, index, run, most);
}

const pfadd: Handler = (server, client, argv) => {
  const { db } = client;
  const [, key] = argv as [Bytes, Bytes];
  let text = sketchIn(db.find(key));
  let added = text === undefined;
  if (!text) {
    text = StringValue.ofText('', true);
    text.replace(emptySketch());
    db.add(key, text);
  }
  let sketch = text.writable(0);
  const most = sparseLimit(server);
  for (const element of argv.slice(2)) {
    const { index, run } = placeOf(element);
    const changed = raiseIn(sketch, index, run, most);
    if (changed === null) continue;
    text.replace(changed ?? sketch);
    if (!changed) throw CORRUPTED;
    sketch = changed;
    added = true;
  }
  if (!added) return 0;
  forgetCount(sketch);
  text.replace(sketch);
  db.changed(key, '$pfadd');
  return 1;
};

/** Raises registers to those of a sketch. @returns whether it was whole. */
function mergeInto(registers: Uint8Array, sketch: Sketch): boolean {
  if (sketch[4] !== DENSE) {
    return eachRegister(sketch, (index, value) => {
      if (value > registers[index]!) registers[index] = value;
    });
  }
  for (let i = 0; i < REGISTERS; i++) {
    const value = register(sketch, i);
    if (value > registers[i]!) registers[i] = value;
  }
  return true;
}

/** The greatest of each register in all of the keys, and whether one of them is dense. */
function merged(client: Client, keys: Bytes[]): { registers: Uint8Array; dense: boolean } {
  const registers = new Uint8Array(REGISTERS);
  let dense = false;
  for (const key of keys) {
    const sketch = sketchIn(client.db.read(key))?.view();
    if (!sketch) continue;
    if (sketch[4] === DENSE) dense = true;
    if (!mergeInto(registers, sketch)) throw CORRUPTED;
  }
  return { registers, dense };
}

const pfcount: Handler = (_server, client, argv) => {
  if (argv.length > 2) {
    const { registers } = merged(client, argv.slice(1));
    return narrow(estimate(histogramOf(registers)));
  }
  const [, key] = argv as [Bytes, Bytes];
  const text = sketchIn(client.db.read(key));
  if (!text) return 0;
  const sketch = text.writable(0);
  const remembered = rememberedCount(sketch);
  if (remembered !== undefined) return narrow(remembered);
  const { counts, whole } = histogram(sketch);
  if (!whole) throw CORRUPTED;
  const count = estimate(counts);
  rememberCount(sketch, count);
  text.replace(sketch);
  // Redis counts the remembered number as a change.
  client.db.changed(key, null);
  return narrow(count);
};

const pfmerge: Handler = (server, client, argv) => {
  const { registers, dense } = merged(client, argv.slice(1));
  const { db } = client;
  const [, key] = argv as [Bytes, Bytes];
  let text = sketchIn(db.find(key));
  if (!text) db.add(key, (text = StringValue.ofText('', true)));
  let sketch = text.length > 0 ? text.writable(0) : emptySketch();
  // Each was found to be whole.
  if (dense) sketch = toDense(sketch)!;
  const most = sparseLimit(server);
  registers.forEach((value, index) => {
    if (value > 0) sketch = raiseIn(sketch, index, value, most) ?? sketch;
  });
  forgetCount(sketch);
  text.replace(sketch);
  db.changed(key, '$pfadd');
  return OK;
};

const pfdebug: Handler = (server, client, argv) => {
  const [, what, key] = argv as [Bytes, Bytes, Bytes];
  const text = sketchIn(client.db.find(key));
  if (!text) throw err('The specified key does not exist');
  const answer = DEBUG[what.toLowerCase()];
  const sketch = text.writable(0);
  const name = what.replace(/\0.*$/s, '').replace(/[\r\n]/g, ' ');
  if (!answer) throw err(`Unknown PFDEBUG subcommand '${name}'`);
  if (argv.length !== 3) throw err(`Wrong number of arguments for the '${name}' subcommand`);
  return answer(text, sketch, server);
};

/** @returns whether it was sparse. */
function makeDense(text: StringValue, sketch: Sketch, server: Server): boolean {
  if (sketch[4] === DENSE) return false;
  const dense = toDense(sketch);
  if (!dense) throw CORRUPTED;
  text.replace(dense);
  server.dirty++;
  return true;
}

const DEBUG: Record<string, (text: StringValue, sketch: Sketch, server: Server) => Reply> = {
  getreg: (text, sketch, server) => {
    makeDense(text, sketch, server);
    const dense = text.view();
    return Array.from({ length: REGISTERS }, (_, i) => register(dense, i));
  },
  decode: (_text, sketch) => {
    if (sketch[4] === DENSE) throw err('HLL encoding is not sparse');
    return [...runs(sketch)]
      .map(({ value, length, size }) =>
        value > 0 ? `v:${value},${length}` : `${size === 1 ? 'z' : 'Z'}:${length}`,
      )
      .join(' ');
  },
  encoding: (_text, sketch) => new Status(sketch[4] === DENSE ? 'dense' : 'sparse'),
  todense: (text, sketch, server) => (makeDense(text, sketch, server) ? 1 : 0),
};

/** As in Redis, with 100,000 elements in place of 10,000,000: a page would stand still for seconds. */
const pfselftest: Handler = (server) => {
  const most = sparseLimit(server);
  let dense = toDense(emptySketch())!;
  let sparse = emptySketch();
  const offset = Math.floor(server.random() * 2 ** 32);
  let checkpoint = 1;
  for (let n = 1; n <= 100_000; n++) {
    const { index, run } = placeOf(`${offset}:${n}`);
    dense = raiseIn(dense, index, run, most) ?? dense;
    sparse = raiseIn(sparse, index, run, most) ?? sparse;
    if (n !== checkpoint) continue;
    if (n < most / 2 && sparse[4] !== SPARSE) throw err('TESTFAILED sparse encoding not used');
    const count = estimate(histogram(dense).counts);
    if (count !== estimate(histogram(sparse).counts)) {
      throw err('TESTFAILED dense/sparse disagree');
    }
    const error = Math.abs(n - Number(count));
    const allowed = n === 10 ? 1 : Math.ceil((1.04 / Math.sqrt(REGISTERS)) * 6 * n);
    if (error > allowed) throw err(`TESTFAILED Too big error. card:${n} abserr:${error}`);
    checkpoint *= 10;
  }
  return OK;
};

export const hyperLogLogCommands: Record<string, Handler> = {
  pfadd,
  pfcount,
  pfmerge,
  pfdebug,
  pfselftest,
};
