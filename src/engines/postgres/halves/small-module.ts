/** For tests: a module of ten functions, written by hand. */
import {
  FUNCREF,
  FUNCTION_TYPE,
  I32,
  join,
  KIND,
  leb,
  moduleOf,
  MUTABLE,
  name,
  SECTION,
  vector,
  type Piece,
} from './binary.ts';

const [I64, F32, F64] = [0x7e, 0x7d, 0x7c];

/** The functions that it defines, in their order. */
export const FUNCTIONS = [
  'add',
  'down',
  'coldDown',
  'long',
  'single',
  'double',
  'store',
  'byTable',
  'tell',
  'squared',
] as const;

/** Parameters and results of each type. */
const TYPES: readonly (readonly [number[], number[]])[] = [
  [[], []],
  [[I32], [I32]],
  [[I32, I32], [I32]],
  [[I64, I64], [I64]],
  [[F32], [F32]],
  [[F64, F64], [F64]],
  [[I32], []],
];

/** Type, locals and code of each function. The only one that is imported is number 0. */
const BODIES: Readonly<Record<(typeof FUNCTIONS)[number], readonly [number, number[], number[]]>> =
  {
    // local.get 0, local.get 1, i32.add
    add: [2, [], [0x20, 0, 0x20, 1, 0x6a]],
    // n = 0 ? 0 : 1 + coldDown(n - 1)
    down: [
      1,
      [],
      [
        0x20,
        0,
        0x45,
        0x04,
        I32,
        0x41,
        0,
        0x05,
        0x41,
        1,
        0x20,
        0,
        0x41,
        1,
        0x6b,
        0x10,
        3,
        0x6a,
        0x0b,
      ],
    ],
    // n = 0 ? 0 : 10 + down(n - 1), by way of a local of its own
    coldDown: [
      1,
      [1, 1, I32],
      [
        0x20,
        0,
        0x45,
        0x04,
        I32,
        0x41,
        0,
        0x05,
        0x20,
        0,
        0x41,
        1,
        0x6b,
        0x21,
        1,
        0x41,
        10,
        0x20,
        1,
        0x10,
        2,
        0x6a,
        0x0b,
      ],
    ],
    // i64.mul, f32.sqrt, f64.div
    long: [3, [], [0x20, 0, 0x20, 1, 0x7e]],
    single: [4, [], [0x20, 0, 0x91]],
    double: [5, [], [0x20, 0, 0x20, 1, 0xa3]],
    // counter = counter + base; memory[8] = counter
    store: [0, [], [0x23, 1, 0x23, 0, 0x6a, 0x24, 1, 0x41, 8, 0x23, 1, 0x36, 2, 0]],
    // call_indirect by its first parameter, with its second
    byTable: [2, [], [0x20, 1, 0x20, 0, 0x11, 1, 0]],
    // note(value)
    tell: [6, [], [0x20, 0, 0x10, 0]],
    squared: [1, [], [0x20, 0, 0x20, 0, 0x6c]],
  };

/** @param without ids of sections that are left out, or names of imports. */
export function smallModule(...without: (number | string)[]): Uint8Array<ArrayBuffer> {
  const imports: [string, Piece][] = [
    ['note', [KIND.function, 6]],
    ['memory', [KIND.memory, 0, 1]],
    ['base', [KIND.global, I32, 0]],
    ['tag', [KIND.tag, 0, 0]],
  ];
  const wanted = imports.filter(([called]) => !without.includes(called));
  const bodies = FUNCTIONS.map((called) => BODIES[called]);
  const sections: [number, Piece][] = [
    [
      SECTION.type,
      vector(
        TYPES.map(([given, got]) => [
          FUNCTION_TYPE,
          ...vector(given.map((it) => [it])),
          ...vector(got.map((it) => [it])),
        ]),
      ),
    ],
    [
      SECTION.import,
      vector(wanted.map(([called, what]) => [...name('env'), ...name(called), ...what])),
    ],
    [SECTION.function, vector(bodies.map(([type]) => leb(type)))],
    [SECTION.table, vector([[FUNCREF, 0, 2]])],
    // counter, from 5
    [SECTION.global, vector([[I32, MUTABLE, 0x41, 5, 0x0b]])],
    [
      SECTION.export,
      vector(FUNCTIONS.map((called, at) => [...name(called), KIND.function, ...leb(at + 1)])),
    ],
    // squared and down, in the table from 0 on
    [SECTION.element, vector([[0, 0x41, 0, 0x0b, 2, 10, 2]])],
    [
      SECTION.code,
      vector(
        bodies.map(([, locals, code]) => {
          const body = [...(locals.length > 0 ? locals : [0]), ...code, 0x0b];
          return [...leb(body.length), ...body];
        }),
      ),
    ],
  ];
  return moduleOf(
    sections
      .filter(([id]) => !without.includes(id))
      .map(([id, content]) => ({ id, content: join([content]) })),
  );
}
