/** The binary format of WebAssembly, as far as a module is taken apart by its functions. */

/** @see https://webassembly.github.io/spec/core/binary/modules.html#sections */
export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
} as const;

export const FUNCREF = 0x70;
export const I32 = 0x7f;
export const MUTABLE = 1;
/** What the description of a function's type begins with. */
export const FUNCTION_TYPE = 0x60;
/** Instructions. */
export const OP = {
  localGet: 0x20,
  i32Const: 0x41,
  call: 0x10,
  callIndirect: 0x11,
  returnCall: 0x12,
  globalGet: 0x23,
  globalSet: 0x24,
  refFunc: 0xd2,
  unreachable: 0,
  end: 0x0b,
} as const;
/** Kinds of what is imported and exported. */
export const KIND = { function: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;

/** A module that is not written as this one can read it: a new version of it has to be looked at. */
export class UnknownModule extends Error {
  constructor(what: string) {
    super(
      `This WebAssembly module cannot be taken apart: ${what}. What reads it is src/engines/postgres/halves/.`,
    );
  }
}

/** Reads from the front to the back. */
export class Reader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  byte(): number {
    if (this.done) throw new UnknownModule('it ends in the middle');
    return this.bytes[this.at++]!;
  }

  /** An unsigned number in LEB128. */
  number(): number {
    let result = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      result += (byte & 0x7f) * factor;
      if (byte < 0x80) return result;
      if (factor > 2 ** 28) throw new UnknownModule('a number is too long');
    }
  }

  take(length: number): Uint8Array {
    if (this.at + length > this.end) throw new UnknownModule('it ends in the middle');
    return this.bytes.subarray(this.at, (this.at += length));
  }

  name(): string {
    return new TextDecoder().decode(this.take(this.number()));
  }
}

/** @returns an unsigned number in LEB128. */
export function leb(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 0x80);
  }
}

/** @returns a number of `i32.const`, which is signed. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const low = rest & 0x7f;
    if ((rest >> 7 === 0 && low < 0x40) || (rest >> 7 === -1 && low >= 0x40))
      return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

export const name = (text: string): number[] => {
  const bytes = new TextEncoder().encode(text);
  return [...leb(bytes.length), ...bytes];
};

/** Bytes of a module to be. */
export type Piece = Uint8Array | readonly number[];

export function join(pieces: readonly Piece[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Items with their count in front. */
export const vector = (items: readonly Piece[]): Uint8Array => join([leb(items.length), ...items]);

export interface Section {
  id: number;
  content: Uint8Array;
}

const MAGIC = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** @throws UnknownModule for bytes that are no module. */
export function sectionsOf(module: Uint8Array): Section[] {
  if (MAGIC.some((byte, at) => module[at] !== byte))
    throw new UnknownModule('it does not begin as one');
  const reader = new Reader(module, MAGIC.length);
  const sections: Section[] = [];
  while (!reader.done) {
    const id = reader.byte();
    sections.push({ id, content: reader.take(reader.number()) });
  }
  return sections;
}

export const moduleOf = (sections: readonly Section[]): Uint8Array<ArrayBuffer> =>
  join([MAGIC, ...sections.flatMap(({ id, content }) => [[id, ...leb(content.length)], content])]);

/** @returns the module with something else in it, which `WebAssembly.Module.customSections` gives back. */
export function withCustom(
  module: Uint8Array,
  called: string,
  content: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const title = name(called);
  return join([module, [SECTION.custom], leb(title.length + content.length), title, content]);
}
