import { describe, expect, it } from 'vitest';
import { calledOf, isAmong, union } from '../../called.ts';
import { nodeAssets } from '../../assets.ts';
import { anatomyOf } from './anatomy.ts';
import { attachRest, functionsOf, isFirstHalf, RestNeeded } from './attach.ts';
import { SECTION, UnknownModule } from './binary.ts';
import { FUNCTIONS, smallModule } from './small-module.ts';
import { split } from './split.ts';
import { Calls, watched } from './watch.ts';

type Call = (...values: unknown[]) => unknown;
type Small = Record<(typeof FUNCTIONS)[number], Call>;

const HOT = ['add', 'down', 'byTable'];
const whole = smallModule('tag');
const { first, rest } = split(whole, (index) => HOT.includes(FUNCTIONS[index]!));

/** What an instance is given, and what it has noted. */
function environment() {
  const noted: unknown[] = [];
  const memory = new WebAssembly.Memory({ initial: 1 });
  const note = (value: unknown): void => void noted.push(value);
  const imports = { env: { memory, note, base: 3 } };
  return { imports, noted, stored: () => new Int32Array(memory.buffer)[2] };
}

function start(bytes: Uint8Array<ArrayBuffer>, attached: Uint8Array<ArrayBuffer> | null = null) {
  const surroundings = environment();
  const module = new WebAssembly.Module(bytes);
  const { exports } = new WebAssembly.Instance(module, surroundings.imports);
  const later = { rest: attached && new WebAssembly.Module(attached), asked: 0 };
  if (isFirstHalf(exports))
    attachRest(exports, functionsOf(module, surroundings.imports), () => {
      later.asked++;
      if (!later.rest) throw new RestNeeded();
      return later.rest;
    });
  return { ...surroundings, later, exports, small: exports as unknown as Small };
}

/** Everything that the module does, and what comes of it. */
function everything({ small, noted, stored }: ReturnType<typeof start>): unknown[] {
  const answers: unknown[] = [
    small.add(2, 3),
    small.down(7),
    small.coldDown(4),
    small.long(3n, -(2n ** 40n)),
    small.single(2),
    small.double(1, 3),
    small.byTable(0, 12),
    small.byTable(1, 5),
  ];
  small.store();
  small.store();
  small.tell(42);
  return [...answers, stored(), noted];
}

describe('a module in two halves', () => {
  it('answers as the whole: in recursion through both, by its table, with every type of value', () => {
    const answers = everything(start(whole));
    expect(answers).toEqual([
      5,
      34,
      22,
      -3298534883328n,
      Math.fround(Math.SQRT2),
      1 / 3,
      144,
      23,
      11,
      [42],
    ]);
    expect(everything(start(first, rest))).toEqual(answers);
  });

  it('asks for its rest once, when the first function of it is called, in the middle of what is going on', () => {
    const { small, later } = start(first, rest);
    expect([small.add(1, 1), later.asked]).toEqual([2, 0]);
    expect([small.down(3), later.asked]).toEqual([12, 1]);
    expect([small.byTable(0, 3), small.double(1, 2), later.asked]).toEqual([9, 0.5, 1]);
  });

  it('says that the rest is needed where it is not there, and takes it when it has come', () => {
    const { small, later, stored } = start(first);
    expect(() => small.down(1)).toThrow(RestNeeded);
    expect(() => small.byTable(0, 3)).toThrow(RestNeeded);
    expect([small.add(1, 1), small.down(0)]).toEqual([2, 0]);
    later.rest = new WebAssembly.Module(rest);
    small.store();
    expect([small.down(2), stored()]).toEqual([11, 8]);
  });

  it('tells whoever asks it for a status that the rest is needed', () => {
    const error = new RestNeeded();
    expect(() => (error as { status?: unknown }).status).toThrow(error);
  });

  it('is whole where everything is needed, and nothing but stubs where nothing is', () => {
    const answers = everything(start(whole));
    const all = split(whole, () => true);
    expect(everything(start(all.first))).toEqual(answers);
    const none = split(whole, () => false);
    expect(everything(start(none.first, none.rest))).toEqual(answers);
  });
});

describe('a watched module', () => {
  it('answers as it did, and notes what is called', () => {
    expect(everything(start(watched(whole)))).toEqual(everything(start(whole)));
    const { exports, small } = start(watched(whole));
    const calls = new Calls(exports);
    const named = () => {
      const called = calls.take();
      return FUNCTIONS.filter((_, index) => isAmong(called, index));
    };
    expect(named()).toEqual([]);
    small.down(1);
    expect(named()).toEqual(['down', 'coldDown']);
    small.byTable(0, 3);
    expect(named()).toEqual(['byTable', 'squared']);
    expect(named()).toEqual([]);
  });

  it('gives sets that can be put together', () => {
    const both = union([calledOf([1, 9], 10), calledOf([0], 3)]);
    expect(
      Array.from({ length: 17 }, (_, index) => index).filter((index) => isAmong(both, index)),
    ).toEqual([0, 1, 9]);
  });
});

describe('what a module exports', () => {
  it('is left out of the first half where nobody asks for it, and can be called all the same', () => {
    const named = ['coldDown', 'byTable'];
    const asked = split(
      whole,
      () => false,
      (name) => named.includes(name),
    );
    const { exports, small, later } = start(asked.first, asked.rest);
    expect(FUNCTIONS.filter((name) => name in exports)).toEqual(named);
    expect([small.coldDown(4), small.byTable(0, 3), later.asked]).toEqual([22, 9, 1]);
  });
});

describe('a module that is written otherwise', () => {
  const without = (...what: (number | string)[]) => smallModule('tag', ...what);
  it.each([
    ['no module', new TextEncoder().encode('<!doctype html>'), 'it does not begin as one'],
    ['half of one', whole.subarray(0, 90), 'it ends in the middle'],
    ['one with a tag', smallModule(), 'it imports something of the kind 4'],
    ['one with a memory of its own', without('memory'), 'it does not import its memory'],
    [
      'one with an instruction of another time',
      whole.map((byte, at) => (byte === 0x6c && whole[at - 1] === 0 ? 0xfd : byte)),
      'it has an operator fd',
    ],
    ['one without a table', without(SECTION.table), 'it has no section 4'],
    [
      'one whose functions have no code',
      without(SECTION.code),
      'its functions do not have their code',
    ],
  ])('is told in words: %s', (_, bytes, why) => {
    expect(() => split(bytes, () => false)).toThrow(UnknownModule);
    expect(() => split(bytes, () => false)).toThrow(
      `cannot be taken apart: ${why}. What reads it is src/engines/postgres/halves/`,
    );
  });
});

describe('PostgreSQL as PGlite has it', () => {
  it('can be taken apart, wherever it is', async () => {
    const postgres = await nodeAssets('postgres').bytes('postgres-wasm.bin');
    expect(anatomyOf(postgres).bodies.length).toBeGreaterThan(10_000);
    const halves = split(postgres, (index) => index % 3 === 0);
    expect([WebAssembly.validate(halves.first), WebAssembly.validate(halves.rest)]).toEqual([
      true,
      true,
    ]);
  }, 60_000);
});
