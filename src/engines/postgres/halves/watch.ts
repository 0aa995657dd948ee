/** A module that notes which of its functions are called. */
import { anatomyOf, codeOf } from './anatomy.ts';
import { I32, join, KIND, leb, MUTABLE, name, OP, SECTION } from './binary.ts';
import { rewritten } from './split.ts';

/**
 * Each function gets an exported global, which is 1 after its first call.
 *
 * @throws UnknownModule for one that is written in a way that this does not know.
 */
export function watched(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const anatomy = anatomyOf(module);
  const { bodies, imported, defined } = anatomy;
  const first = imported.globals + defined.globals;
  return rewritten(anatomy, {
    [SECTION.global]: bodies.map(() => [I32, MUTABLE, OP.i32Const, 0, OP.end]),
    [SECTION.export]: bodies.map((_, at) => [...name(flagOf(at)), KIND.global, ...leb(first + at)]),
    [SECTION.code]: bodies.map((body, at) => {
      const code = codeOf(body);
      const note = [OP.i32Const, 1, OP.globalSet, ...leb(first + at)];
      const all = join([body.subarray(0, code), note, body.subarray(code)]);
      return join([leb(all.length), all]);
    }),
  });
}

const flagOf = (index: number): string => `#called${index}`;

/** What was called in an instance of a {@link watched} module. */
export class Calls {
  private readonly flags: WebAssembly.Global<'i32'>[] = [];

  constructor(exports: WebAssembly.Exports) {
    for (let index = 0; flagOf(index) in exports; index++)
      this.flags.push(exports[flagOf(index)] as WebAssembly.Global<'i32'>);
  }

  /** @returns the functions that were called since this was asked last, a bit each. */
  take(): Uint8Array {
    const called = new Uint8Array(Math.ceil(this.flags.length / 8));
    this.flags.forEach((flag, index) => {
      if (flag.value === 0) return;
      flag.value = 0;
      called[index >> 3]! |= 1 << (index & 7);
    });
    return called;
  }
}

/** @returns whether a function is among those of {@link Calls.take}. */
export const isAmong = (called: Uint8Array, index: number): boolean =>
  ((called[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;

/** @returns all that is in one of two sets. */
export function union(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(Math.max(one.length, other.length));
  for (let at = 0; at < all.length; at++) all[at] = (one[at] ?? 0) | (other[at] ?? 0);
  return all;
}
