import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeAssets } from './assets.ts';
import { Session } from './postgres/session.ts';
import { SavedMemory } from './saved-memory.ts';

/** In bytes, as WebAssembly counts memory. */
const UNIT = 65536;

const writes = fc.array(fc.tuple(fc.nat({ max: 2 * UNIT - 1 }), fc.nat({ max: 255 })));

describe('a saved memory', () => {
  const write = (memory: WebAssembly.Memory, list: [at: number, value: number][]): void => {
    const bytes = new Uint8Array(memory.buffer);
    for (const [at, value] of list) bytes[at] = value;
  };

  it('comes back to the byte, whatever was written, with or without an earlier one like it', () => {
    fc.assert(
      fc.property(writes, writes, writes, (first, second, third) => {
        const memory = new WebAssembly.Memory({ initial: 2 });
        write(memory, first);
        const before = new Uint8Array(memory.buffer).slice();
        const saved = new SavedMemory(memory);
        write(memory, second);
        const between = new Uint8Array(memory.buffer).slice();
        const later = new SavedMemory(memory, undefined, saved);
        write(memory, third);
        later.restore();
        expect(new Uint8Array(memory.buffer)).toEqual(between);
        saved.restore();
        expect(new Uint8Array(memory.buffer)).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });

  it('empties what the memory has grown by, and says that it is larger', () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    write(memory, [[7, 1]]);
    const saved = new SavedMemory(memory);
    expect(saved.fits).toBe(true);
    memory.grow(1);
    write(memory, [[UNIT + 7, 1]]);
    expect(saved.fits).toBe(false);
    saved.restore();
    const bytes = new Uint8Array(memory.buffer);
    expect([bytes[7], bytes[UNIT + 7]]).toEqual([1, 0]);
  });
});

/** The values that instructions can change outside of memory: section 6 of a module's binary format. */
function mutableGlobals(wasm: Uint8Array): number {
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++]!;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  for (;;) {
    const section = wasm[at++];
    const size = number();
    if (section !== 6) {
      at += size;
      continue;
    }
    const count = number();
    let mutable = 0;
    for (let index = 0; index < count; index++) {
      // Its type, whether it can be changed, and what it begins with: `i32.const n; end`.
      mutable += wasm[at + 1]!;
      expect(wasm[at + 2]).toBe(0x41);
      at += 3;
      number();
      expect(wasm[at++]).toBe(0x0b);
    }
    return mutable;
  }
}

describe('what a database knows outside of its memory', () => {
  it('is known: the stack, its bounds, and half of a long result', async () => {
    const pglite = await readFile('node_modules/@electric-sql/pglite/dist/pglite.wasm');
    expect(mutableGlobals(pglite)).toBe(4);
    const sqljs = await readFile('node_modules/sql.js/dist/sql-wasm-browser.wasm');
    expect(mutableGlobals(sqljs)).toBe(1);
  });

  it('is nothing behind the memory that PostgreSQL says it uses', async () => {
    const { pg } = await Session.start(nodeAssets('postgres'));
    await pg.exec('CREATE TABLE t AS SELECT md5(i::text) AS m FROM generate_series(1, 20000) AS i');
    const rest = new Int32Array(pg.Module.wasmMemory.buffer).subarray(Math.ceil(pg.usedMemory / 4));
    expect(rest.length).toBeGreaterThan(0);
    expect(rest.some((word) => word !== 0)).toBe(false);
    await pg.close();
  });
});
