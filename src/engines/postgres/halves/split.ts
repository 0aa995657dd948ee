/**
 * A module in two: the first half has the functions that are needed, the rest has the others. Where a function of the rest is
 * called, the first half asks for the rest and goes on in it: nothing that was done is lost.
 */
import { anatomyOf, type Anatomy, type Export } from './anatomy.ts';
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
import { namingsOf, renaming } from './instructions.ts';
import { EXPORTS, FROM, short } from './names.ts';

export interface Halves {
  first: Uint8Array<ArrayBuffer>;
  rest: Uint8Array<ArrayBuffer>;
}

/** Which function goes where. They are numbered as the module defines them, without those that it imports. */
interface Division {
  anatomy: Anatomy;
  /** Those of the rest. */
  later: readonly number[];
  /** Those of them that are called from outside of the rest, by their place in its table. */
  slots: ReadonlyMap<number, number>;
  /** Those of the first half that the rest calls. */
  shared: readonly number[];
  /** What the first half exports of what the module does. */
  exports: readonly Export[];
}

/**
 * @param isNeeded of each function that the module defines, in its order, whether it is in the first half.
 * @param isAsked of each function that is exported, by its name, whether anybody asks for it. Others are not.
 * @throws UnknownModule for a module that cannot be taken apart in this way.
 */
export function split(
  module: Uint8Array,
  isNeeded: (index: number) => boolean,
  isAsked: (name: string) => boolean = () => true,
): Halves {
  const anatomy = anatomyOf(module);
  const { bodies, imported, inTables, start } = anatomy;
  const exports = anatomy.exports.filter((one) => one.kind !== KIND.function || isAsked(one.name));
  const outside = exports.filter(({ kind }) => kind === KIND.function).map(({ index }) => index);
  const later = [...bodies.keys()].filter((index) => !isNeeded(index));
  const isLater = new Set(later);
  const asked = new Set(
    [...outside, ...inTables, start ?? 0].map((index) => index - imported.functions),
  );
  const shared = new Set<number>();
  for (const [caller, body] of bodies.entries())
    for (const { index, isCall } of namingsOf(body)) {
      const called = index - imported.functions;
      if (called < 0) continue;
      if (!isLater.has(caller)) asked.add(called);
      else if (!isCall) throw new UnknownModule('a function makes a reference to another');
      else if (!isLater.has(called)) shared.add(called);
    }
  const slots = new Map(
    later.filter((index) => asked.has(index)).map((index, at) => [index, at + 1]),
  );
  const division = {
    anatomy,
    later,
    slots,
    shared: [...shared].sort((a, b) => a - b),
    exports,
  };
  return { first: firstHalf(division), rest: restOf(division) };
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

/** Of a function that nobody outside of the rest calls. */
const NOBODY: Piece = [0, OP.unreachable, OP.end];

function firstHalf({ anatomy, later, slots, shared, exports }: Division): Uint8Array<ArrayBuffer> {
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
  const isLater = new Set(later);
  const code = bodies.map((body, index) => {
    const slot = slots.get(index);
    if (slot !== undefined) return stub(index, slot);
    return isLater.has(index) ? NOBODY : body;
  });
  const table = (size: number): Piece => [FUNCREF, 1, ...leb(size), ...leb(size)];
  const exported = (called: string, kind: number, index: number): Piece => [
    ...name(called),
    kind,
    ...leb(index),
  ];
  const globals = imported.globals + defined.globals;
  // From number 0 of their table on.
  const called = join([
    [2, ...leb(functionsTable), OP.i32Const, 0, OP.end, 0],
    vector(shared.map((index) => leb(imported.functions + index))),
  ]);
  return rewritten(anatomy, {
    [SECTION.table]: [table(slots.size + 1), table(shared.length)],
    [SECTION.export]: [
      ...exports.map(({ bytes }) => bytes),
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
    [SECTION.element]: [called],
    [SECTION.code]: code.map((body) => join([leb(body.length), body])),
  });
}

/**
 * @param more for each section what comes behind what is in it; of the code and the exports, what comes in its place.
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
      if (id === SECTION.code || id === SECTION.export) return { id, content: vector(items) };
      const reader = new Reader(content);
      const count = reader.number();
      return {
        id,
        content: join([leb(count + items.length), content.subarray(reader.at), ...items]),
      };
    }),
  );
}

/** The functions of the rest: what the module imports keeps its number, behind it come those that are shared, and its own. */
function restOf({ anatomy, later, slots, shared }: Division): Uint8Array<ArrayBuffer> {
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
  const size = leb(slots.size + 1);
  const restTable = imported.tables + defined.tables;
  const numbers = new Map(
    [...shared, ...later].map((index, at) => [index, imported.functions + at] as const),
  );
  const renamed = (index: number): number =>
    index < imported.functions ? index : numbers.get(index - imported.functions)!;
  const element = join([
    [2, ...leb(restTable), OP.i32Const, 1, OP.end, 0],
    vector([...slots.keys()].map((index) => leb(numbers.get(index)!))),
  ]);
  return moduleOf([
    sections.find(({ id }) => id === SECTION.type)!,
    {
      id: SECTION.import,
      content: vector([
        ...of(KIND.function).map((type, at) => from(others, short(at), KIND.function, type)),
        ...shared.map((index, at) => from(functions, short(at), KIND.function, leb(types[index]!))),
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
      content: vector(
        later.map((index) => {
          const body = join(renaming(bodies[index]!, renamed));
          return join([leb(body.length), body]);
        }),
      ),
    },
  ]);
}
