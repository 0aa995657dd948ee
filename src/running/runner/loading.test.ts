import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Broker } from './broker.ts';
import { EngineLoadError, RunStopped } from './errors.ts';
import { createLoader } from './loading.ts';
import type { EngineManifest } from './manifest.ts';

const FILES: Record<string, string> = {
  '/worker.bin': 'serve(engine, self);',
  '/wasm.bin': '\0asm',
  '/snapshot.bin': 'PG_VERSION 18\n'.repeat(1000),
};
/** What comes when it is first needed. */
const PARTS: Record<string, string> = {
  '/windows.bin': '(()=>{return {}})()',
  '/rest.bin': 'the functions that few scripts call',
};
/** What a database may start with. */
const IMAGES: Record<string, string> = { '/shop.bin': 'CREATE TABLE products ();' };

let server: Server;
let manifest: EngineManifest;
/** Paths asked for since the test began. */
let asked: string[];
/** Files that the site is slow to answer for, and those that it is slow to finish. */
let late: Set<string>;
let slow: Set<string>;
let unfinished: ServerResponse[];

const unpacked = (path: string) => FILES[path] ?? PARTS[path] ?? IMAGES[path]!;
const packed = (path: string) => gzipSync(unpacked(path));

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url!;
    asked.push(path);
    if (late.has(path)) return unfinished.push(response);
    if (!slow.has(path)) return response.end(packed(path));
    response.write(packed(path).subarray(0, 10));
    return unfinished.push(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const file = (path: string) => ({
    url: `http://127.0.0.1:${port}${path}`,
    bytes: packed(path).length,
    rawBytes: unpacked(path).length,
  });
  manifest = {
    postgres: {
      title: 'PostgreSQL 18',
      runs: { atOnce: 1, changesHands: true, programs: false },
      worker: file('/worker.bin'),
      assets: [
        { name: 'wasm', kind: 'wasm', ...file('/wasm.bin') },
        { name: 'snapshot', kind: 'bytes', ...file('/snapshot.bin') },
      ],
      parts: { windows: file('/windows.bin'), 'rest.bin': file('/rest.bin') },
      rest: 'rest.bin',
      images: { 'shop.sql': file('/shop.bin') },
    },
  };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  late = new Set();
  slow = new Set();
  unfinished = [];
});

/** A loader whose broker writes down what it is given. */
function loader() {
  const given: Record<string, string> = {};
  const broker: Broker = {
    ready: Promise.resolve(),
    give: (_, name, kind, bytes) =>
      (given[`${name}:${kind}`] = (
        kind === 'worker' ? Buffer.from(bytes) : gunzipSync(bytes)
      ).toString()),
    giveWasm(_, name) {
      const pieces: Uint8Array[] = [];
      return {
        add: async (piece) => void pieces.push(piece),
        async end() {
          given[`${name}:wasm`] = gunzipSync(Buffer.concat(pieces)).toString();
        },
      };
    },
    open: () => {
      throw new Error('nothing runs here');
    },
    watch: () => () => undefined,
    isAlive: async () => alive,
    gone: new Promise(() => undefined),
  };
  let alive = true;
  const die = () => (alive = false);
  let connections = 0;
  const created = createLoader(manifest, async () => {
    connections++;
    alive = true;
    return broker;
  });
  return {
    ...created,
    given,
    broker,
    die,
    connections: () => connections,
  };
}

const whole = {
  'worker:worker': FILES['/worker.bin'],
  'wasm:wasm': FILES['/wasm.bin'],
  'snapshot:bytes': FILES['/snapshot.bin'],
};

describe('loading an engine', () => {
  it('gives all files to a new broker when the one that had them is gone', async () => {
    const { load, given, die, connections } = loader();
    await load('postgres', {});
    for (const name of Object.keys(given)) delete given[name];
    await load('postgres', {});
    expect([connections(), given]).toEqual([1, {}]);
    die();
    await load('postgres', {});
    expect([connections(), given]).toEqual([2, whole]);
  });

  it('gives the broker every file: the program uncompressed, the others as they came', async () => {
    const { load, given, broker } = loader();
    expect(await load('postgres', {})).toBe(broker);
    expect(given).toEqual(whole);
  });

  it('fetches each file once, however many wait and come back', async () => {
    const { load, connections } = loader();
    await Promise.all([load('postgres', {}), load('postgres', {})]);
    await load('postgres', {});
    expect(asked.toSorted()).toEqual(Object.keys(FILES).toSorted());
    expect(connections()).toBe(1);
  });

  it('tells everybody who waits how much has come', async () => {
    const { load } = loader();
    const seen: [number, number][][] = [[], []];
    await Promise.all(
      seen.map((list) => load('postgres', { onBytes: (...bytes) => list.push(bytes) })),
    );
    const total = Object.keys(FILES).reduce((sum, path) => sum + packed(path).length, 0);
    expect(seen[0]?.at(-1)).toEqual([total, total]);
    expect(seen[1]).toEqual(seen[0]);
  });

  it('tells who joins late how much has come, though nothing more does', async () => {
    const { load, given } = loader();
    slow.add('/wasm.bin');
    late.add('/snapshot.bin');
    const first = load('postgres', {});
    await expect.poll(() => Object.keys(given)).toEqual(['worker:worker']);
    const seen: [number, number][] = [];
    const second = load('postgres', { onBytes: (...bytes) => seen.push(bytes) });
    const total = Object.keys(FILES).reduce((sum, path) => sum + packed(path).length, 0);
    expect(seen).toHaveLength(1);
    expect(seen[0]![0]).toBeGreaterThanOrEqual(packed('/worker.bin').length);
    expect(seen[0]![1]).toBe(total);
    for (const response of unfinished) response.destroy();
    await Promise.allSettled([first, second]);
  });

  it('says what is missing, and fetches only that when asked again', async () => {
    const { load, given } = loader();
    late.add('/snapshot.bin');
    const failure = load('postgres', {});
    await expect.poll(() => Object.keys(given)).toHaveLength(2);
    unfinished[0]!.writeHead(404).end();
    await expect(failure).rejects.toThrow(EngineLoadError);
    await expect(failure).rejects.toThrow(
      'Could not load PostgreSQL 18: the site answered 404. Check your connection and retry.',
    );
    late.clear();
    asked = [];
    await load('postgres', {});
    expect(asked).toEqual(['/snapshot.bin']);
    expect(given).toEqual(whole);
  });

  it('fetches everything again for an engine that did not start with it', async () => {
    const { load, distrust, given } = loader();
    await load('postgres', {});
    distrust('postgres');
    asked = [];
    await load('postgres', {});
    expect(asked.toSorted()).toEqual(Object.keys(FILES).toSorted());
    expect(given).toEqual(whole);
  });

  it('says so if the site ships no such engine', async () => {
    await expect(loader().load('redis', {})).rejects.toThrow('this site does not ship it');
  });

  it('tries the broker again after it failed', async () => {
    const { broker } = loader();
    let attempts = 0;
    const { load } = createLoader(manifest, async () => {
      if (++attempts === 1) throw new Error('the frame that runs it did not start');
      return broker;
    });
    await expect(load('postgres', {})).rejects.toThrow('the frame that runs it did not start');
    expect(await load('postgres', {})).toBe(broker);
  });

  it('gives all of it to another broker when one takes everything and does not answer', async () => {
    const { broker, given } = loader();
    let attempts = 0;
    const { load } = createLoader(manifest, async () => {
      if (++attempts > 1) return broker;
      const silence = new Error('the frame that runs it did not start');
      const ready = new Promise<void>((_, reject) => setTimeout(() => reject(silence), 500));
      return { ...broker, ready };
    });
    await expect(load('postgres', {})).rejects.toThrow('the frame that runs it did not start');
    expect(given).toEqual(whole);
    for (const name of Object.keys(given)) delete given[name];
    expect(await load('postgres', {})).toBe(broker);
    expect(given).toEqual(whole);
  });
});

describe('giving up waiting', () => {
  it('stops the download when nobody else waits, and starts another when asked again', async () => {
    const { load, given } = loader();
    slow.add('/wasm.bin');
    const abort = new AbortController();
    const waiting = load('postgres', { signal: abort.signal });
    await expect.poll(() => unfinished.length).toBe(1);
    abort.abort();
    await expect(waiting).rejects.toThrow(RunStopped);
    await expect.poll(() => unfinished[0]?.destroyed).toBe(true);
    slow.clear();
    await load('postgres', {});
    expect(given).toEqual(whole);
  });

  it('leaves the download to the others who wait', async () => {
    const { load, given } = loader();
    slow.add('/wasm.bin');
    const abort = new AbortController();
    const going = load('postgres', { signal: abort.signal });
    const staying = load('postgres', {});
    await expect.poll(() => unfinished.length).toBe(1);
    abort.abort();
    await expect(going).rejects.toThrow(RunStopped);
    unfinished[0]!.end(packed('/wasm.bin').subarray(10));
    await staying;
    expect(given).toEqual(whole);
    expect(asked).toHaveLength(3);
  });

  it('is over before it begins with a signal that is aborted already', async () => {
    const waiting = loader().load('postgres', { signal: AbortSignal.abort() });
    await expect(waiting).rejects.toThrow(RunStopped);
  });
});

describe('a part', () => {
  const text = (content: ArrayBuffer) => Buffer.from(content).toString();

  it('comes once, whoever waits for it, and each hears how much of it is there', async () => {
    const { loadPart } = loader();
    const seen: [number, number][][] = [[], []];
    const contents = await Promise.all(
      seen.map((list) =>
        loadPart('postgres', 'rest.bin', { onBytes: (...bytes) => list.push(bytes) }),
      ),
    );
    expect(contents.map(text)).toEqual([PARTS['/rest.bin'], PARTS['/rest.bin']]);
    const total = packed('/rest.bin').length;
    for (const list of seen)
      expect([list[0], list.at(-1)]).toEqual([
        [0, total],
        [total, total],
      ]);
    await loadPart('postgres', 'rest.bin', {});
    expect(asked).toEqual(['/rest.bin']);
  });

  it('stops coming when nobody waits for it any more, and comes anew when it is asked for', async () => {
    const { loadPart } = loader();
    slow.add('/rest.bin');
    const [going, staying] = [new AbortController(), new AbortController()];
    const first = loadPart('postgres', 'rest.bin', { signal: going.signal });
    const second = loadPart('postgres', 'rest.bin', { signal: staying.signal });
    await expect.poll(() => unfinished.length).toBe(1);
    going.abort();
    await expect(first).rejects.toThrow(RunStopped);
    expect(unfinished[0]!.destroyed).toBe(false);
    staying.abort();
    await expect(second).rejects.toThrow(RunStopped);
    await expect.poll(() => unfinished[0]!.destroyed).toBe(true);
    slow.clear();
    expect(text(await loadPart('postgres', 'rest.bin', {}))).toBe(PARTS['/rest.bin']);
  });
});

describe('the rest of an engine', () => {
  afterEach(() => vi.unstubAllGlobals());
  const onLine = (connection?: object) => vi.stubGlobal('navigator', { connection });

  it.each([
    ['says nothing of itself', undefined],
    ['is quick', { effectiveType: '4g', saveData: false }],
  ])('comes when there is nothing else to do, where the line %s', async (_, connection) => {
    onLine(connection);
    const { loadPart, fetchRest } = loader();
    fetchRest('postgres');
    fetchRest('postgres');
    await expect.poll(() => asked).toEqual(['/rest.bin']);
    await loadPart('postgres', 'rest.bin', {});
    expect(asked).toEqual(['/rest.bin']);
  });

  it.each([
    [{ effectiveType: '4g', saveData: true }],
    [{ effectiveType: '3g' }],
    [{ effectiveType: '2g' }],
    [{ effectiveType: 'slow-2g' }],
  ])('waits until it is asked for on a line that is %j', async (connection) => {
    onLine(connection);
    const { loadPart, fetchRest } = loader();
    vi.stubGlobal('requestIdleCallback', (work: () => void) => work());
    fetchRest('postgres');
    expect(asked).toEqual([]);
    await loadPart('postgres', 'rest.bin', {});
    expect(asked).toEqual(['/rest.bin']);
  });
});

describe('an image', () => {
  it('comes beside the files, once, and is there when it has come', async () => {
    const { load, loadImage, hasImage, given, connections } = loader();
    loadImage('postgres', 'shop.sql', undefined);
    loadImage('postgres', 'shop.sql', undefined);
    expect(hasImage('postgres', 'shop.sql')).toBe(false);
    await load('postgres', {});
    await expect.poll(() => hasImage('postgres', 'shop.sql')).toBe(true);
    expect(given['shop.sql:image']).toBe(IMAGES['/shop.bin']);
    expect(asked.filter((path) => path === '/shop.bin')).toHaveLength(1);
    expect(connections()).toBe(1);
  });

  it('that does not come keeps nobody waiting, and is asked for again', async () => {
    const { load, loadImage, hasImage, given } = loader();
    late.add('/shop.bin');
    loadImage('postgres', 'shop.sql', undefined);
    await load('postgres', {});
    expect(given).toEqual(whole);
    unfinished[0]!.writeHead(404).end();
    late.clear();
    await expect
      .poll(() => {
        loadImage('postgres', 'shop.sql', undefined);
        return hasImage('postgres', 'shop.sql');
      })
      .toBe(true);
  });

  it('that the site does not have is not there', () => {
    const { loadImage, hasImage } = loader();
    loadImage('postgres', 'friends.sql', undefined);
    expect(hasImage('postgres', 'friends.sql')).toBe(false);
    expect(asked).toEqual([]);
  });
});
