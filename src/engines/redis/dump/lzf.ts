/**
 * LZF, Marc Lehmann's compression: runs of up to 32 bytes as they are, and references to the last 8,192
 * bytes. A short hash of three bytes says where they were last; what it forgets is not found again. The
 * choices are those of the library in redis-server, so that the compressed bytes agree.
 */

const LONGEST_RUN = 32;
const LONGEST_MATCH = 264;
const FARTHEST = 8192;

/** Where three bytes were last seen; 0 stands for never. */
let seen: Int32Array | undefined;

const slot = (bytes: Uint8Array, at: number): number => {
  const three = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
  return ((three >>> 8) - three * 5) & 0xffff;
};

/** @returns the compressed bytes, or `undefined` if they would be more than `most`. */
export function compress(input: Uint8Array, most: number): Uint8Array | undefined {
  const table = (seen ??= new Int32Array(65536));
  table.fill(0);
  const output = new Uint8Array(most + 1);
  const end = input.length;
  let out = 1;
  let run = 0;
  let at = 0;
  /** Writes how long the run of unchanged bytes is in front of it. */
  const endRun = (): void => {
    if (run > 0) output[out - run - 1] = run - 1;
    else out--;
  };
  const literal = (): void => {
    output[out++] = input[at++]!;
    if (++run < LONGEST_RUN) return;
    output[out - run - 1] = run - 1;
    run = 0;
    out++;
  };

  while (at < end - 2) {
    const place = slot(input, at);
    const from = table[place]!;
    table[place] = at;
    const back = at - from - 1;
    const found =
      from > 0 &&
      back < FARTHEST &&
      input[from] === input[at] &&
      input[from + 1] === input[at + 1] &&
      input[from + 2] === input[at + 2];
    if (!found) {
      if (out >= most) return undefined;
      literal();
      continue;
    }
    if (out - (run === 0 ? 1 : 0) + 4 >= most) return undefined;
    endRun();
    const longest = Math.min(end - at - 2, LONGEST_MATCH);
    let length = 3;
    while (length < longest && input[from + length] === input[at + length]) length++;
    const coded = length - 2;
    if (coded < 7) output[out++] = (back >> 8) + (coded << 5);
    else {
      output[out++] = (back >> 8) + (7 << 5);
      output[out++] = coded - 7;
    }
    output[out++] = back & 255;
    run = 0;
    out++;
    at += length;
    if (at >= end - 2) break;
    // Of what a match covers, only the last two places are remembered.
    for (let behind = at - 2; behind < at; behind++) table[slot(input, behind)] = behind;
  }
  if (out + 3 > most) return undefined;
  while (at < end) literal();
  endRun();
  return output.subarray(0, out);
}

/** @returns the bytes, or `undefined` where they are not `length` of them. */
export function decompress(input: Uint8Array, length: number): Uint8Array<ArrayBuffer> | undefined {
  // A byte stands for 88 at most: who claims more is not believed.
  if (length > input.length * 88) return undefined;
  const output = new Uint8Array(length);
  let out = 0;
  let at = 0;
  /** As in redis-server, where what cannot be read is no bytes: that is right for none. */
  const failed = length === 0 ? output : undefined;
  while (at < input.length) {
    const control = input[at++]!;
    if (control < LONGEST_RUN) {
      const count = control + 1;
      if (out + count > length || at + count > input.length) return failed;
      output.set(input.subarray(at, at + count), out);
      at += count;
      out += count;
      continue;
    }
    let count = control >> 5;
    if (at >= input.length) return failed;
    if (count === 7) {
      count += input[at++]!;
      if (at >= input.length) return failed;
    }
    let from = out - ((control & 31) << 8) - 1 - input[at++]!;
    if (out + count + 2 > length || from < 0) return failed;
    for (const stop = out + count + 2; out < stop;) output[out++] = output[from++]!;
  }
  return out === length ? output : undefined;
}
