import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unpacking } from './gzip.ts';

const SQL = 'SELECT id FROM products WHERE color = $1;\n'.repeat(5000);

/** The text that comes out when a content goes in by pieces of this size. */
async function unpacked(content: Uint8Array | string, size = 1000): Promise<string> {
  const bytes = new Uint8Array(
    typeof content === 'string' ? new TextEncoder().encode(content) : content,
  );
  const whole = unpacking(bytes);
  for (let at = 0; at < bytes.length; at += size) await whole.add(bytes.slice(at, at + size));
  return new TextDecoder().decode(await whole.end());
}

describe('uncompressing', () => {
  it('unpacks gzip, however it is cut', async () => {
    expect(await unpacked(gzipSync(SQL))).toBe(SQL);
    expect(await unpacked(gzipSync(SQL), 7)).toBe(SQL);
  });

  it.each([SQL, '', 'x', '\x1f'])('takes as it is what is no gzip', async (content) => {
    expect(await unpacked(content)).toBe(content);
  });

  it('refuses gzip that ends early', async () => {
    await expect(unpacked(gzipSync(SQL).subarray(0, 200))).rejects.toThrow(TypeError);
  });

  it('refuses gzip that was damaged on its way', async () => {
    const damaged = gzipSync(SQL);
    damaged[damaged.length - 8]! ^= 0xff;
    await expect(unpacked(damaged)).rejects.toThrow(TypeError);
  });
});
