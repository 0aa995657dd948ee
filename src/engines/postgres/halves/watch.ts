/** A module that notes which of its functions are called. */
import { type Called, calledOf } from '../../called.ts';
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
    [SECTION.export]: [
      ...anatomy.exports.map(({ bytes }) => bytes),
      ...bodies.map((_, at) => [...name(flagOf(at)), KIND.global, ...leb(first + at)]),
    ],
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

  /** @returns the functions that were called since this was asked last. */
  take(): Called {
    const found = [...this.flags.keys()].filter((index) => this.flags[index]!.value !== 0);
    for (const index of found) this.flags[index]!.value = 0;
    return calledOf(found, this.flags.length);
  }
}
