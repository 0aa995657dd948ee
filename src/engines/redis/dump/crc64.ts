/** CRC-64 with the polynomial of Jones, lowest bit first, as two halves of 32 bits. */

const POLYNOMIAL_HIGH = 0x95ac9329;
const POLYNOMIAL_LOW = 0xac4bc9b5;

let tables: { high: Uint32Array; low: Uint32Array } | undefined;

function makeTables(): { high: Uint32Array; low: Uint32Array } {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let [h, l] = [0, byte];
    for (let bit = 0; bit < 8; bit++) {
      const odd = l & 1;
      l = (l >>> 1) | (h << 31);
      h >>>= 1;
      if (odd) {
        h ^= POLYNOMIAL_HIGH;
        l ^= POLYNOMIAL_LOW;
      }
    }
    high[byte] = h;
    low[byte] = l;
  }
  return { high, low };
}

/** The checksum as its eight bytes, the lowest first. */
export function crc64(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { high, low } = (tables ??= makeTables());
  let [h, l] = [0, 0];
  for (const byte of bytes) {
    const at = (l ^ byte) & 255;
    l = ((l >>> 8) | (h << 24)) ^ low[at]!;
    h = (h >>> 8) ^ high[at]!;
  }
  const sum = new DataView(new ArrayBuffer(8));
  sum.setUint32(0, l, true);
  sum.setUint32(4, h, true);
  return new Uint8Array(sum.buffer);
}
