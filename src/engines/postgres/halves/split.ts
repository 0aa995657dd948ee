/**
 * A module in two: the first half has the functions that are needed, the rest has the others, under the same numbers. Where a
 * function of the rest is called, the first half asks for the rest and goes on in it: nothing that was done is lost.
 */
import { anatomyOf, codeOf, type Anatomy } from './anatomy.ts';
import {
  FUNCREF,
  join,
  KIND,
  leb,
  moduleOf,
  name,
  Reader,
  SECTION,
  signed,
  UnknownModule,
  vector,
  type Section,
} from './binary.ts';

/** What the first half exports for the rest, besides what the module does. */
export const EXPORTS = {
  /** The functions of the rest; before them, as number 0, what fetches them. */
  rest: '#rest',
  /** Every function that the module defines. */
  functions: '#functions',
  memory: '#memory',
  table: '#table',
  global: '#global',
} as const;

/** Where the rest imports from. */
export const FROM = { first: 'first', functions: 'f', imported: 'i' } as const;

const OP = { localGet: 0x20, i32Const: 0x41, callIndirect: 0x11, globalSet: 0x24, end: 0x0b };

export interface Halves {
  first: Uint8Array<ArrayBuffer>;
  rest: Uint8Array<ArrayBuffer>;
  /** How many functions the rest has. */
  restFunctions: number;
}

/**
 * @param isNeeded of each function that the module defines, in its order, whether it is in the first half.
 * @throws UnknownModule for a module that cannot be taken apart in this way.
 */
export function split(module: Uint8Array, isNeeded: (index: number) => boolean): Halves {
  const anatomy = anatomyOf(module);
  const { bodies } = anatomy;
  const later = [...bodies.keys()].filter((index) => !isNeeded(index));
  const slots = new Map(later.map((index, at) => [index, at + 1]));
  return {
    first: firstHalf(anatomy, slots),
    rest: restOf(anatomy, later),
    restFunctions: later.length,
  };
}

/** The number of the type that takes nothing and gives nothing. */
function plainType({ sections }: Anatomy): number {
  const reader = new Reader(sections.find(({ id }) => id === SECTION.type)!.content);
  const count = reader.number();
  for (let index = 0; index < count; index++) {
    reader.byte();
    const parameters = reader.take(reader.number());
    const results = reader.take(reader.number());
    if (parameters.length + results.length === 0) return index;
  }
  throw new UnknownModule('no function of it takes nothing and gives nothing');
}

function firstHalf(anatomy: Anatomy, slots: ReadonlyMap<number, number>): Uint8Array<ArrayBuffer> {
  const { imported, defined, bodies, types, parameters } = anatomy;
  const restTable = imported.tables + defined.tables;
  const functionsTable = restTable + 1;
  const plain = plainType(anatomy);
  const fetchRest = [OP.i32Const, 0, OP.callIndirect, ...leb(plain), ...leb(restTable)];
  const stub = (index: number, slot: number): Uint8Array => {
    const type = types[index]!;
    const given = Array.from({ length: parameters[type]! }, (_, at) => [OP.localGet, ...leb(at)]);
    const call = [OP.i32Const, ...signed(slot), OP.callIndirect, ...leb(type), ...leb(restTable)];
    return join([[0], fetchRest, ...given, call, [OP.end]]);
  };
  const code = bodies.map((body, index) => {
    const slot = slots.get(index);
    return slot === undefined ? body : stub(index, slot);
  });
  const table = (size: number): Uint8Array => join([[FUNCREF, 1], leb(size), leb(size)]);
  const globals = imported.globals + defined.globals;
  const more = [
    [...name(EXPORTS.rest), KIND.table, ...leb(restTable)],
    [...name(EXPORTS.functions), KIND.table, ...leb(functionsTable)],
    [...name(EXPORTS.memory), KIND.memory, 0],
    ...Array.from({ length: restTable }, (_, at) => [
      ...name(`${EXPORTS.table}${at}`),
      KIND.table,
      ...leb(at),
    ]),
    ...Array.from({ length: globals }, (_, at) => [
      ...name(`${EXPORTS.global}${at}`),
      KIND.global,
      ...leb(at),
    ]),
  ];
  // All functions, from number 0 of their table on.
  const all = join([
    [2, ...leb(functionsTable), OP.i32Const, 0, OP.end, 0],
    vector(bodies.map((_, index) => leb(imported.functions + index))),
  ]);
  return moduleOf(
    rewritten(anatomy, {
      [SECTION.table]: [table(slots.size + 1), table(bodies.length)],
      [SECTION.export]: more,
      [SECTION.element]: [all],
      [SECTION.code]: code.map((body) => join([leb(body.length), body])),
    }),
  );
}

/** Sections with more items at their end; of the code, others. */
function rewritten(
  { sections }: Anatomy,
  more: Record<number, readonly (Uint8Array | number[])[]>,
): Section[] {
  for (const id of Object.keys(more).map(Number))
    if (!sections.some((section) => section.id === id))
      throw new UnknownModule(`it has no section ${id}`);
  return sections.map(({ id, content }) => {
      const items = more[id];
      if (!items) return { id, content };
      if (id === SECTION.code) return { id, content: vector(items) };
      const reader = new Reader(content);
      const count = reader.number();
      const before = content.subarray(reader.at);
      return { id, content: join([leb(count + items.length), before, ...items]) };
  });
}

/** The functions of the rest, under the numbers that they had: all others are imported. */
function restOf(anatomy: Anatomy, later: readonly number[]): Uint8Array<ArrayBuffer> {
  const { sections, imports, imported, defined, types, tableTypes, globalTypes, bodies } = anatomy;
  const restTable = imported.tables + defined.tables;
  const tables = [
    ...imports.filter(({ kind }) => kind === KIND.table).map(({ type }) => type),
    ...tableTypes,
  ];
  const globals = [
    ...imports.filter(({ kind }) => kind === KIND.global).map(({ type }) => type),
    ...globalTypes,
  ];
  const memory = imports.find(({ kind }) => kind === KIND.memory)?.type;
  if (!memory) throw new UnknownModule('it does not import its memory');
  const functions = imports.filter(({ kind }) => kind === KIND.function);
  const imported2 = [
    ...functions.map(({ type }, at) => [
      ...name(FROM.imported),
      ...name(short(at)),
      KIND.function,
      ...type,
    ]),
    ...types.map((type, at) => [
      ...name(FROM.functions),
      ...name(short(at)),
      KIND.function,
      ...leb(type),
    ]),
    ...tables.map((type, at) => [
      ...name(FROM.first),
      ...name(`${EXPORTS.table}${at}`),
      KIND.table,
      ...type,
    ]),
    [
      ...name(FROM.first),
      ...name(EXPORTS.rest),
      KIND.table,
      FUNCREF,
      1,
      ...leb(later.length + 1),
      ...leb(later.length + 1),
    ],
    [...name(FROM.first), ...name(EXPORTS.memory), KIND.memory, ...memory],
    ...globals.map((type, at) => [
      ...name(FROM.first),
      ...name(`${EXPORTS.global}${at}`),
      KIND.global,
      ...type,
    ]),
  ];
  const firstOwn = imported.functions + bodies.length;
  const element = join([
    [2, ...leb(restTable), OP.i32Const, 1, OP.end, 0],
    vector(later.map((_, at) => leb(firstOwn + at))),
  ]);
  const type = sections.find(({ id }) => id === SECTION.type)!;
  return moduleOf([
    type,
    { id: SECTION.import, content: vector(imported2) },
    { id: SECTION.function, content: vector(later.map((index) => leb(types[index]!))) },
    { id: SECTION.element, content: vector([element]) },
    {
      id: SECTION.code,
      content: vector(
        later.map((index) => join([leb(bodies[index]!.length), bodies[index]!])),
      ),
    },
  ]);
}

/** The name of a function, by its number. */
export const short = (index: number): string => index.toString(36);

/**
 * A module that notes which of its functions are called: each has an exported global, {@link calledName}, which is 1
 * after its first call.
 */
export function watched(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const anatomy = anatomyOf(module);
  const { bodies, imported, defined } = anatomy;
  const first = imported.globals + defined.globals;
  return moduleOf(
    rewritten(anatomy, {
      [SECTION.global]: bodies.map(() => [0x7f, 1, OP.i32Const, 0, OP.end]),
      [SECTION.export]: bodies.map((_, at) => [
        ...name(calledName(at)),
        KIND.global,
        ...leb(first + at),
      ]),
      [SECTION.code]: bodies.map((body, at) => {
        const code = codeOf(body);
        const note = [OP.i32Const, 1, OP.globalSet, ...leb(first + at)];
        const all = join([body.subarray(0, code), note, body.subarray(code)]);
        return join([leb(all.length), all]);
      }),
    }),
  );
}

export const calledName = (index: number): string => `#called${index}`;

/** @returns the functions that were called in an instance of a {@link watched} module. */
export function calledIn(exports: WebAssembly.Exports, count: number): number[] {
  return Array.from({ length: count }, (_, index) => index).filter(
    (index) => (exports[calledName(index)] as WebAssembly.Global<'i32'>).value === 1,
  );
}
