import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { uncompressed } from './gzip.ts';

const SQL = 'SELECT id FROM products WHERE color = $1;\n'.repeat(5000);
const bufferOf = (content: Uint8Array | string) =>
  typeof content === 'string'
    ? new TextEncoder().encode(content).buffer
    : new Uint8Array(content).buffer;
const textOf = async (content: ArrayBuffer) =>
  new TextDecoder().decode(await uncompressed(content));

describe('uncompressing', () => {
  it('unpacks gzip', async () => {
    expect(await textOf(bufferOf(gzipSync(SQL)))).toBe(SQL);
  });

  it.each([SQL, '', 'x', '\x1f'])('takes as it is what is no gzip', async (content) => {
    expect(await textOf(bufferOf(content))).toBe(content);
  });

  it('refuses gzip that ends early', async () => {
    const half = gzipSync(SQL).subarray(0, 200);
    await expect(uncompressed(bufferOf(half))).rejects.toThrow(TypeError);
  });

  it('refuses gzip that was damaged on its way', async () => {
    const damaged = gzipSync(SQL);
    damaged[damaged.length - 8]! ^= 0xff;
    await expect(uncompressed(bufferOf(damaged))).rejects.toThrow(TypeError);
  });
});
