import { connect, type Socket } from 'node:net';
import { deserialize, Long, serialize, UUID } from 'bson';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crc32c } from './crc32c.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;
let logged: string[];
const sockets: Socket[] = [];
beforeEach(async () => {
  logged = [];
  server = await startServer(0, { log: (line) => logged.push(line), mostWaiting: 60_000_000 });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.close();
});

/** Waits for what comes about, on a busy machine too. */
const soon = <T>(value: () => T) => expect.poll(value, { interval: 5, timeout: 20_000 });

/** A connection, and what has come back on it. */
async function open(port = server.port) {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  const chunks: Buffer[] = [];
  const seen = { socket, bytes: Buffer.alloc(0), size: 0, closed: false };
  Object.defineProperty(seen, 'bytes', { get: () => Buffer.concat(chunks) });
  socket.on('data', (data: Buffer) => {
    chunks.push(data);
    seen.size += data.length;
  });
  socket.on('error', () => undefined);
  socket.on('close', () => (seen.closed = true));
  await new Promise((connected) => socket.once('connect', connected));
  return seen;
}

/** An OP_MSG. */
function message(
  command: object,
  { flags = 0, id = 1, sections = [] as Buffer[], checksum = 0 } = {},
): Buffer {
  const body = Buffer.concat([Buffer.from([0]), serialize(command), ...sections]);
  const size = 20 + body.length + (flags & 1 ? 4 : 0);
  const bytes = Buffer.alloc(size);
  bytes.writeInt32LE(size, 0);
  bytes.writeInt32LE(id, 4);
  bytes.writeInt32LE(2013, 12);
  bytes.writeUInt32LE(flags, 16);
  bytes.set(body, 20);
  if (flags & 1)
    bytes.writeUInt32LE((crc32c(bytes.subarray(0, size - 4)) ^ checksum) >>> 0, size - 4);
  return bytes;
}

/** A section of kind 1. */
function sequence(name: string, docs: object[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...docs.map((doc) => serialize(doc))]);
  const head = Buffer.alloc(5);
  head[0] = 1;
  head.writeInt32LE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

interface Reply {
  id: number;
  to: number;
  flags: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever the server says
  body: Record<string, any>;
}

/** The answers that have come in whole. */
function replies({ bytes }: { bytes: Buffer }): Reply[] {
  const found: Reply[] = [];
  for (let at = 0; at + 16 <= bytes.length && at + bytes.readInt32LE(at) <= bytes.length;) {
    const size = bytes.readInt32LE(at);
    const frame = bytes.subarray(at, at + size);
    const old = frame.readInt32LE(12) === 1;
    const flags = frame.readUInt32LE(16);
    const end = !old && flags & 1 ? size - 4 : size;
    found.push({
      id: frame.readInt32LE(4),
      to: frame.readInt32LE(8),
      flags,
      body: deserialize(frame.subarray(old ? 36 : 21, end)),
    });
    at += size;
  }
  return found;
}

/** Sends bytes on a connection of their own. @returns what came back, once there is an answer or an end. */
async function exchange(bytes: Buffer) {
  const seen = await open();
  seen.socket.write(bytes);
  await soon(() => seen.closed || replies(seen).length > 0).toBe(true);
  return { closed: seen.closed, replies: replies(seen), text: seen.bytes.toString('latin1') };
}

async function first(bytes: Buffer): Promise<Reply['body']> {
  return (await exchange(bytes)).replies[0]!.body;
}

/** The process is there, and answers others. */
async function stillAnswers(): Promise<void> {
  expect(await first(message({ ping: 1, $db: 'admin' }))).toEqual({ ok: 1 });
}

const PING = { ping: 1, $db: 'admin' };

describe('a message', () => {
  it('may have its documents in sequences, and a checksum', async () => {
    const docs = [{ _id: 1 }, { _id: 2 }];
    const insert = { insert: 'a', $db: 'shop' };
    const [reply] = (
      await exchange(message(insert, { flags: 1, id: 77, sections: [sequence('documents', docs)] }))
    ).replies;
    expect(reply).toMatchObject({ to: 77, flags: 1, body: { n: 2, ok: 1 } });
  });

  it('whose client waits for no answer gets none', async () => {
    const seen = await open();
    seen.socket.write(message({ insert: 'a', documents: [{ _id: 1 }], $db: 'shop' }, { flags: 2 }));
    seen.socket.write(message({ count: 'a', $db: 'shop' }, { id: 2 }));
    await soon(() => replies(seen)).toMatchObject([{ to: 2, body: { n: 1 } }]);
  });

  it('of old is answered if it says hello', async () => {
    const query = (name: string, namespace: string) => {
      const rest = Buffer.concat([
        Buffer.alloc(4),
        Buffer.from(`${namespace}\0`),
        Buffer.from([0, 0, 0, 0, 255, 255, 255, 255]),
        serialize({ [name]: 1, helloOk: true }),
      ]);
      const head = Buffer.alloc(16);
      head.writeInt32LE(16 + rest.length, 0);
      head.writeInt32LE(5, 4);
      head.writeInt32LE(2004, 12);
      return Buffer.concat([head, rest]);
    };
    expect((await exchange(query('isMaster', 'admin.$cmd'))).replies[0]).toMatchObject({
      to: 5,
      flags: 8,
      body: { ismaster: true, helloOk: true, setName: 'rs0', ok: 1 },
    });
    expect(await first(query('find', 'admin.$cmd'))).toMatchObject({ ok: 0, code: 352 });
    expect(await first(query('hello', 'shop.products'))).toMatchObject({ ok: 0, code: 352 });
  });

  it('may have many answers: news of the server, and the rest of a cursor', async () => {
    const { topologyVersion } = await first(message({ hello: 1, $db: 'admin' }));
    const news = await open();
    const hello = { hello: 1, topologyVersion, maxAwaitTimeMS: 20, $db: 'admin' };
    news.socket.write(message(hello, { flags: 1 << 16, id: 9 }));
    await soon(() => replies(news).length).toBeGreaterThan(2);
    const [one, two, three] = replies(news);
    expect([one!.to, two!.to, three!.to]).toEqual([9, one!.id, two!.id]);
    expect([one!.flags, two!.flags]).toEqual([2, 2]);
    const documents = Array.from({ length: 5 }, (_, _id) => ({ _id }));
    await first(message({ insert: 'a', documents, $db: 'shop' }));
    const { cursor } = await first(message({ find: 'a', batchSize: 1, $db: 'shop' }));
    const rest = await open();
    rest.socket.write(
      message(
        { getMore: Long.fromString(String(cursor.id)), collection: 'a', batchSize: 2, $db: 'shop' },
        { flags: 1 << 16 },
      ),
    );
    await soon(() => replies(rest).map(({ flags }) => flags)).toEqual([2, 0]);
    const batches = replies(rest).map(({ body }) => body.cursor.nextBatch.length as number);
    expect(batches).toEqual([2, 2]);
  });

  it('with the number of a write that is done gets the answer again, and no second write', async () => {
    await first(message({ insert: 'a', documents: [{ _id: 1, n: 0 }], $db: 'shop' }));
    const lsid = { id: new UUID() };
    const command = {
      update: 'a',
      updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }],
      lsid,
      txnNumber: Long.fromNumber(4),
      $db: 'shop',
    };
    for (let time = 0; time < 3; time += 1)
      expect(await first(message(command))).toMatchObject({ n: 1, nModified: 1 });
    const { cursor } = await first(message({ find: 'a', $db: 'shop' }));
    expect(cursor.firstBatch).toEqual([{ _id: 1, n: 1 }]);
    const old = await first(message({ ...command, txnNumber: Long.fromNumber(3) }));
    expect(old).toMatchObject({ ok: 0, code: 225, codeName: 'TransactionTooOld' });
  });
});

/** A frame with a length that it does not have. */
function withLength(length: number): Buffer {
  const bytes = message(PING);
  bytes.writeInt32LE(length, 0);
  return bytes;
}

function withOpcode(opcode: number): Buffer {
  const bytes = message(PING);
  bytes.writeInt32LE(opcode, 12);
  return bytes;
}

describe('what is no message', () => {
  it.each<[what: string, bytes: () => Buffer]>([
    ['a length of nothing', () => withLength(0)],
    ['a negative length', () => withLength(-5)],
    ['a length shorter than a header', () => withLength(15)],
    ['a giant length', () => withLength(2_000_000_000)],
    ['a length just above the limit', () => withLength(48_000_001)],
    ['an opcode of another time', () => withOpcode(2002)],
    ['a compressed message, which nobody agreed on', () => withOpcode(2012)],
    ['an opcode that is none', () => withOpcode(-1)],
    ['a flag that there is not', () => message(PING, { flags: 4 })],
    ['a wrong checksum', () => message(PING, { flags: 1, checksum: 5 })],
    ['a query without an end', () => withOpcode(2004).fill(1, 16)],
    ['noise', () => Buffer.from(Array.from({ length: 400 }, (_, at) => (at * 37 + 200) & 255))],
  ])('%s ends the connection, and nothing else', async (_what, bytes) => {
    const { closed, replies: answers } = await exchange(bytes());
    expect([closed, answers]).toEqual([true, []]);
    expect(logged).toHaveLength(1);
    await stillAnswers();
  });

  it.each<[what: string, bytes: () => Buffer, code: number]>([
    ['BSON that ends too early', () => cutBody(message(PING), 3), 22],
    ['a document longer than its message', () => patched(message(PING), 21, 5000), 22],
    ['a document with a negative length', () => patched(message(PING), 21, -1), 22],
    ['a type that there is not', () => patchedByte(message(PING), 25, 0x55), 22],
    ['no body', () => onlySections([sequence('documents', [])]), 40587],
    ['two bodies', () => message(PING, { sections: [bodySection()] }), 40430],
    [
      'a section that there is not',
      () => message(PING, { sections: [Buffer.from([9, 1, 2])] }),
      40432,
    ],
    [
      'a sequence longer than its message',
      () => message(PING, { sections: [Buffer.from([1, 255, 255, 0, 0, 65, 0])] }),
      22,
    ],
    [
      'a sequence twice',
      () => message(PING, { sections: [sequence('a', []), sequence('a', [])] }),
      40431,
    ],
    ['no database', () => message({ ping: 1 }), 40571],
    ['a session that is none', () => message({ ...PING, lsid: { id: 5 } }), 207],
    ['200,000 levels', () => deep(200_000), 15],
    ['300 levels', () => deep(300), 15],
  ])('%s is answered with an error, and the connection goes on', async (_what, bytes, code) => {
    const seen = await open();
    seen.socket.write(bytes());
    seen.socket.write(message(PING, { id: 2 }));
    await soon(() => replies(seen).length).toBe(2);
    expect(replies(seen)).toMatchObject([{ body: { ok: 0, code } }, { to: 2, body: { ok: 1 } }]);
  });

  it('a browser is told what this port is', async () => {
    const { text } = await exchange(Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'));
    expect(text).toMatch(/^HTTP\/1\.0 200 OK/);
    expect(text).toContain('not HTTP');
    await stillAnswers();
  });

  it('random bytes in a real message never end the process', async () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    const base = message({
      insert: 'a',
      documents: [{ _id: 1, a: [1, 'x', { b: 2.5 }] }],
      $db: 'shop',
    });
    for (let round = 0; round < 300; round += 1) {
      const bytes = Buffer.from(base);
      for (let hits = 0; hits < 3; hits += 1) bytes[16 + random(bytes.length - 16)] = random(256);
      const seen = await open();
      seen.socket.end(bytes);
      await soon(() => seen.closed).toBe(true);
    }
    expect(logged.filter((line) => line.includes('in the store itself'))).toEqual([]);
    await stillAnswers();
  });
});

function cutBody(bytes: Buffer, by: number): Buffer {
  const cut = Buffer.from(bytes.subarray(0, bytes.length - by));
  cut.writeInt32LE(cut.length, 0);
  return cut;
}

function patched(bytes: Buffer, at: number, number: number): Buffer {
  bytes.writeInt32LE(number, at);
  return bytes;
}

function patchedByte(bytes: Buffer, at: number, byte: number): Buffer {
  bytes[at] = byte;
  return bytes;
}

const bodySection = (): Buffer => Buffer.concat([Buffer.from([0]), serialize(PING)]);

function onlySections(sections: Buffer[]): Buffer {
  const content = Buffer.concat(sections);
  const bytes = Buffer.alloc(20 + content.length);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(2013, 12);
  bytes.set(content, 20);
  return bytes;
}

/** A document in a document, and so on: `serialize` itself could not make it. */
function deep(levels: number): Buffer {
  const inner = Buffer.alloc(levels * 8 + 5);
  let at = 0;
  for (let level = levels; level >= 0; level -= 1) {
    inner.writeInt32LE(level * 8 + 5, at);
    at += 4;
    if (level > 0) {
      inner.set([3, 97, 0], at);
      at += 3;
    }
  }
  const bytes = Buffer.alloc(21 + inner.length);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(2013, 12);
  bytes.set(inner, 21);
  return bytes;
}

describe('a client', () => {
  it('that sends a message in single bytes is answered as any other', async () => {
    const seen = await open();
    for (const byte of message(PING)) {
      seen.socket.write(Buffer.from([byte]));
      await new Promise((next) => setImmediate(next));
    }
    await soon(() => replies(seen).length).toBe(1);
  });

  it('that vanishes in the midst of a message leaves nothing behind', async () => {
    const seen = await open();
    seen.socket.write(
      message({ insert: 'a', documents: [{ x: 'y'.repeat(50_000) }], $db: 'shop' }).subarray(
        0,
        40_000,
      ),
    );
    await soon(() => server.waiting()).toBe(40_000);
    seen.socket.destroy();
    await soon(() => server.service.connections()).toBe(0);
    expect(server.waiting()).toBe(0);
    await stillAnswers();
  });

  it('that vanishes before it is answered ends nothing', async () => {
    for (let round = 0; round < 20; round += 1) {
      const seen = await open();
      seen.socket.write(Buffer.concat(Array.from({ length: 50 }, () => message(PING))));
      seen.socket.resetAndDestroy();
    }
    await soon(() => server.service.connections()).toBe(0);
    await stillAnswers();
  });

  it('that only listens does not keep others waiting', async () => {
    for (let at = 0; at < 20; at += 1) await open();
    await stillAnswers();
    expect(server.service.connections()).toBeGreaterThan(19);
  });

  it('that does not read is not answered any more, until it reads', async () => {
    const size = 3_000_000;
    const insert = { insert: 'a', documents: [{ _id: 1, x: 'y'.repeat(size) }], $db: 'shop' };
    await first(message(insert));
    const slow = await open();
    slow.socket.pause();
    for (let id = 1; id <= 12; id += 1)
      slow.socket.write(message({ find: 'a', $db: 'shop' }, { id }));
    await soon(() => server.waiting()).toBeGreaterThan(1_000_000);
    await stillAnswers();
    expect(server.waiting()).toBeLessThan(4 * size);
    slow.socket.resume();
    await soon(() => slow.size).toBeGreaterThan(12 * size);
    await soon(() => replies(slow).map(({ to }) => to)).toEqual(
      Array.from({ length: 12 }, (_, at) => at + 1),
    );
  });

  it('that sends halves of large messages on many connections is cut off, and others are not', async () => {
    const half = Buffer.alloc(20_000_000);
    half.writeInt32LE(40_000_000, 0);
    const greedy = await Promise.all(Array.from({ length: 6 }, () => open()));
    for (const { socket } of greedy) socket.write(half);
    await soon(() => greedy.some(({ closed }) => closed)).toBe(true);
    expect(server.waiting()).toBeLessThan(60_000_001);
    expect(logged.join()).toContain('bytes wait');
    await stillAnswers();
  });

  it('is one of 500 that connect and ask at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 500 }, async (_, id) => {
        const seen = await open();
        seen.socket.write(message({ insert: 'a', documents: [{ _id: id }], $db: 'shop' }, { id }));
        return seen;
      }),
    );
    await soon(() => all.filter((seen) => replies(seen)[0]?.body.n === 1).length).toBe(500);
    expect((await first(message({ count: 'a', $db: 'shop' }))).n).toBe(500);
  });

  it('of the driver, with a pool, is served beside others', async () => {
    const client = await MongoClient.connect(server.uri, { maxPoolSize: 50 });
    const numbers = client.db('shop').collection<{ _id: number }>('numbers');
    await Promise.all(Array.from({ length: 200 }, (_, _id) => numbers.insertOne({ _id })));
    expect(await numbers.countDocuments()).toBe(200);
    await client.close();
  });
});

describe('the server', () => {
  it('says who has the port', async () => {
    await expect(startServer(server.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('refuses a field that would be taken for a class', async () => {
    const insert = { insert: 'a', $db: 'shop', documents: [] };
    // The package does not write such a document; another client may.
    const bytes = message({ ...insert, documents: [{ _bsontypX: 'ObjectId' }] });
    bytes.write('_bsontype', bytes.indexOf('_bsontypX'));
    expect(await first(bytes)).toMatchObject({
      ok: 0,
      code: 2,
      errmsg: expect.stringContaining('_bsontype'),
    });
  });
});
