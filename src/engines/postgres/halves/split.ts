/**
 * A module in two: the first half has the functions that are needed, the rest has the others. Where a function of the rest is
 * called, the first half asks for the rest and goes on in it: nothing that was done is lost.
 */
import { anatomyOf, type Anatomy } from './anatomy.ts';
import {
  FUNCREF,
  join,
  KIND,
  leb,
  moduleOf,
  name,
  OP,
  type Piece,
  Reader,
  SECTION,
  signed,
  UnknownModule,
  vector,
} from './binary.ts';
import { EXPORTS, FROM, short } from './names.ts';

export interface Halves {
  first: Uint8Array<ArrayBuffer>;
  rest: Uint8Array<ArrayBuffer>;
}

/**
 * @param isNeeded of each function that the module defines, in its order, whether it is in the first half.
 * @throws UnknownModule for a module that cannot be taken apart in this way.
 */
export function split(module: Uint8Array, isNeeded: (index: number) => boolean): Halves {
  const anatomy = anatomyOf(module);
  const later = [...anatomy.bodies.keys()].filter((index) => !isNeeded(index));
  return { first: firstHalf(anatomy, later), rest: restOf(anatomy, later) };
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

function firstHalf(anatomy: Anatomy, later: readonly number[]): Uint8Array<ArrayBuffer> {
  const { imported, defined, bodies, types, parameters } = anatomy;
  const restTable = imported.tables + defined.tables;
  const functionsTable = restTable + 1;
  const fetchRest = [
    OP.i32Const,
    0,
    OP.callIndirect,
    ...leb(plainType(anatomy)),
    ...leb(restTable),
  ];
  const stub = (index: number, slot: number): Piece => {
    const type = types[index]!;
    const given = Array.from({ length: parameters[type]! }, (_, at) => [OP.localGet, ...leb(at)]);
    const call = [OP.i32Const, ...signed(slot), OP.callIndirect, ...leb(type), ...leb(restTable)];
    return [0, ...fetchRest, ...given.flat(), ...call, OP.end];
  };
  const slots = new Map(later.map((index, at) => [index, at + 1]));
  const code = bodies.map((body, index) => {
    const slot = slots.get(index);
    return slot === undefined ? body : stub(index, slot);
  });
  const table = (size: number): Piece => [FUNCREF, 1, ...leb(size), ...leb(size)];
  const exported = (called: string, kind: number, index: number): Piece => [
    ...name(called),
    kind,
    ...leb(index),
  ];
  const globals = imported.globals + defined.globals;
  // All functions, from number 0 of their table on.
  const all = join([
    [2, ...leb(functionsTable), OP.i32Const, 0, OP.end, 0],
    vector(bodies.map((_, index) => leb(imported.functions + index))),
  ]);
  return rewritten(anatomy, {
    [SECTION.table]: [table(later.length + 1), table(bodies.length)],
    [SECTION.export]: [
      exported(EXPORTS.rest, KIND.table, restTable),
      exported(EXPORTS.functions, KIND.table, functionsTable),
      exported(EXPORTS.memory, KIND.memory, 0),
      ...Array.from({ length: restTable }, (_, at) =>
        exported(`${EXPORTS.table}${at}`, KIND.table, at),
      ),
      ...Array.from({ length: globals }, (_, at) =>
        exported(`${EXPORTS.global}${at}`, KIND.global, at),
      ),
    ],
    [SECTION.element]: [all],
    [SECTION.code]: code.map((body) => join([leb(body.length), body])),
  });
}

/**
 * @param more for each section what comes behind what is in it; of the code, what comes in its place.
 * @throws UnknownModule if it has no such section.
 */
export function rewritten(
  { sections }: Anatomy,
  more: Readonly<Record<number, readonly Piece[]>>,
): Uint8Array<ArrayBuffer> {
  for (const id of Object.keys(more).map(Number))
    if (!sections.some((section) => section.id === id))
      throw new UnknownModule(`it has no section ${id}`);
  return moduleOf(
    sections.map(({ id, content }) => {
      const items = more[id];
      if (!items) return { id, content };
      if (id === SECTION.code) return { id, content: vector(items) };
      const reader = new Reader(content);
      const count = reader.number();
      return {
        id,
        content: join([leb(count + items.length), content.subarray(reader.at), ...items]),
      };
    }),
  );
}

/** The functions of the rest. All of the module's are imported under the numbers that they had, so that code need not be changed. */
function restOf(anatomy: Anatomy, later: readonly number[]): Uint8Array<ArrayBuffer> {
  const { sections, imports, imported, defined, types, tableTypes, globalTypes, bodies } = anatomy;
  const of = (kind: number): Uint8Array[] =>
    imports.filter((one) => one.kind === kind).map(({ type }) => type);
  const [memory] = of(KIND.memory);
  if (!memory) throw new UnknownModule('it does not import its memory');
  const from = (module: string, called: string, kind: number, type: Piece): Piece => [
    ...name(module),
    ...name(called),
    kind,
    ...type,
  ];
  const { first, functions, imported: others } = FROM;
  const size = leb(later.length + 1);
  const restTable = imported.tables + defined.tables;
  const element = join([
    [2, ...leb(restTable), OP.i32Const, 1, OP.end, 0],
    vector(later.map((_, at) => leb(imported.functions + bodies.length + at))),
  ]);
  return moduleOf([
    sections.find(({ id }) => id === SECTION.type)!,
    {
      id: SECTION.import,
      content: vector([
        ...of(KIND.function).map((type, at) => from(others, short(at), KIND.function, type)),
        ...types.map((type, at) => from(functions, short(at), KIND.function, leb(type))),
        ...[...of(KIND.table), ...tableTypes].map((type, at) =>
          from(first, `${EXPORTS.table}${at}`, KIND.table, type),
        ),
        from(first, EXPORTS.rest, KIND.table, [FUNCREF, 1, ...size, ...size]),
        from(first, EXPORTS.memory, KIND.memory, memory),
        ...[...of(KIND.global), ...globalTypes].map((type, at) =>
          from(first, `${EXPORTS.global}${at}`, KIND.global, type),
        ),
      ]),
    },
    { id: SECTION.function, content: vector(later.map((index) => leb(types[index]!))) },
    { id: SECTION.element, content: vector([element]) },
    {
      id: SECTION.code,
      content: vector(later.map((index) => join([leb(bodies[index]!.length), bodies[index]!]))),
    },
  ]);
}
