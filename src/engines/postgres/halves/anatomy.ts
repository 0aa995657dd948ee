/** What is to know of a module to take it apart by its functions. */
import {
  FUNCTION_TYPE,
  KIND,
  OP,
  Reader,
  SECTION,
  sectionsOf,
  UnknownModule,
  type Section,
} from './binary.ts';

export interface Import {
  module: string;
  name: string;
  kind: number;
  /** What of it is imported, as it stands in the module: the type of a function, the limits of a memory. */
  type: Uint8Array;
}

export interface Export {
  name: string;
  kind: number;
  index: number;
  /** All of it, as it stands in the module. */
  bytes: Uint8Array;
}

export interface Anatomy {
  sections: readonly Section[];
  /** Of each type, how many parameters it has. */
  parameters: readonly number[];
  imports: readonly Import[];
  /** The type of each function that the module defines; those that it imports come before them. */
  types: readonly number[];
  /** How many functions, globals and tables it imports. */
  imported: { functions: number; globals: number; tables: number };
  /** How many tables and globals it defines. */
  defined: { tables: number; globals: number };
  /** The type of each table and global that it defines, without the value that a global begins with. */
  tableTypes: readonly Uint8Array[];
  globalTypes: readonly Uint8Array[];
  /** The functions that it defines: locals and code. */
  bodies: readonly Uint8Array[];
  exports: readonly Export[];
  /** The functions that are put into tables, and the one that is called at the start; those that are imported are numbered first. */
  inTables: readonly number[];
  start: number | null;
}

/** @throws UnknownModule for one that is written in a way that this does not know. */
export function anatomyOf(module: Uint8Array): Anatomy {
  const sections = sectionsOf(module);
  const read = (id: number): Reader | null => {
    const found = sections.find((section) => section.id === id);
    return found ? new Reader(found.content) : null;
  };
  const each = <T>(id: number, item: (reader: Reader) => T): T[] => {
    const reader = read(id);
    if (!reader) return [];
    const items = Array.from({ length: reader.number() }, () => item(reader));
    if (!reader.done) throw new UnknownModule(`section ${id} goes on behind its end`);
    return items;
  };
  const imports = each(SECTION.import, readImport);
  const count = (kind: number): number => imports.filter((one) => one.kind === kind).length;
  const tableTypes = each(SECTION.table, readTableType);
  const globalTypes = each(SECTION.global, readGlobal);
  const types = each(SECTION.function, (reader) => reader.number());
  const bodies = each(SECTION.code, (reader) => reader.take(reader.number()));
  if (types.length !== bodies.length)
    throw new UnknownModule('its functions do not have their code');
  return {
    sections,
    parameters: each(SECTION.type, readParameters),
    imports,
    types,
    imported: {
      functions: count(KIND.function),
      globals: count(KIND.global),
      tables: count(KIND.table),
    },
    defined: { tables: tableTypes.length, globals: globalTypes.length },
    tableTypes,
    globalTypes,
    bodies,
    exports: each(SECTION.export, readExport),
    inTables: each(SECTION.element, readElements).flat(),
    start: read(SECTION.start)?.number() ?? null,
  };
}

/** @returns where the code of a body begins, behind its locals. */
export function codeOf(body: Uint8Array): number {
  const reader = new Reader(body);
  for (let groups = reader.number(); groups > 0; groups--) {
    reader.number();
    reader.byte();
  }
  return reader.at;
}

function readParameters(reader: Reader): number {
  if (reader.byte() !== FUNCTION_TYPE) throw new UnknownModule('it has a type that is no function');
  const parameters = reader.number();
  reader.take(parameters);
  reader.take(reader.number());
  return parameters;
}

function readImport(reader: Reader): Import {
  const module = reader.name();
  const name = reader.name();
  const kind = reader.byte();
  const from = reader.at;
  if (kind === KIND.function) reader.number();
  else if (kind === KIND.table) readTableType(reader);
  else if (kind === KIND.memory) readLimits(reader);
  else if (kind === KIND.global) reader.take(2);
  else throw new UnknownModule(`it imports something of the kind ${kind}`);
  return { module, name, kind, type: reader.bytes.subarray(from, reader.at) };
}

function readExport(reader: Reader): Export {
  const from = reader.at;
  const name = reader.name();
  const kind = reader.byte();
  const index = reader.number();
  return { name, kind, index, bytes: reader.bytes.subarray(from, reader.at) };
}

/** Functions that are put into a table, at a place that a number or a global tells. */
function readElements(reader: Reader): number[] {
  const kind = reader.number();
  if (kind !== 0 && kind !== 2) throw new UnknownModule(`it has elements of the kind ${kind}`);
  if (kind === 2) reader.number();
  const operator = reader.byte();
  if (operator !== OP.i32Const && operator !== OP.globalGet)
    throw new UnknownModule(`elements begin with operator ${operator}`);
  reader.number();
  if (reader.byte() !== OP.end) throw new UnknownModule('elements begin with a computation');
  if (kind === 2) reader.byte();
  return Array.from({ length: reader.number() }, () => reader.number());
}

function readTableType(reader: Reader): Uint8Array {
  const from = reader.at;
  reader.byte();
  readLimits(reader);
  return reader.bytes.subarray(from, reader.at);
}

function readLimits(reader: Reader): void {
  const most = reader.byte() & 1;
  reader.number();
  if (most) reader.number();
}

/** `i32.const`, `i64.const`, `global.get`: what a global may begin with, and how many bytes it takes. */
function readGlobal(reader: Reader): Uint8Array {
  const type = reader.take(2);
  const operator = reader.byte();
  if (operator === 0x41 || operator === 0x42 || operator === 0x23) while (reader.byte() >= 0x80);
  else if (operator === 0x43) reader.take(4);
  else if (operator === 0x44) reader.take(8);
  else throw new UnknownModule(`a global begins with operator ${operator}`);
  if (reader.byte() !== 0x0b) throw new UnknownModule('a global begins with a computation');
  return type;
}
