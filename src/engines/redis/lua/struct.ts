/** The library `struct`: numbers and strings in the layout of a C struct. */
import type { Bytes } from '../core/bytes.ts';
import { NUMBER } from './api.ts';
import type { Machine } from './machine.ts';
import { toInteger, toUnsigned } from './numbers.ts';

const MOST_INTEGER = 32;

/** Sizes on the machines that Redis runs on. */
const SIZES: Record<string, number> = { b: 1, h: 2, l: 8, t: 8, f: 4, d: 8, x: 1 };

class Layout {
  private readonly lua: Machine;
  private readonly L: number;
  private readonly format: Bytes;
  private at = 0;
  bigEndian = false;
  align = 1;

  constructor(lua: Machine, L: number, format: Bytes) {
    this.lua = lua;
    this.L = L;
    const end = format.indexOf('\0');
    this.format = end < 0 ? format : format.slice(0, end);
  }

  /** The next option and its size in bytes, or `null` at the end. */
  next(): { option: string; size: number } | null {
    const option = this.format[this.at];
    if (option === undefined) return null;
    this.at++;
    return { option, size: this.sizeOf(option) };
  }

  private sizeOf(option: string): number {
    if (option === 'c') return this.number(1);
    if (option === 'i' || option === 'I') {
      const size = this.number(4);
      if (size > MOST_INTEGER) {
        this.lua.fail(this.L, `integral size ${size} is larger than limit of ${MOST_INTEGER}`);
      }
      return size;
    }
    return /[BHLTbhlfdx]/.test(option) ? SIZES[option.toLowerCase()]! : 0;
  }

  private number(otherwise: number): number {
    let digits = '';
    while (/\d/.test(this.format[this.at] ?? '')) digits += this.format[this.at++]!;
    if (digits === '') return otherwise;
    if (Number(digits) > 2 ** 31 - 1) this.lua.fail(this.L, 'integral size overflow');
    return Number(digits);
  }

  /** How many bytes of padding an element needs at a position. */
  padding(position: number, option: string, size: number): number {
    if (size === 0 || option === 'c') return 0;
    const to = Math.min(size, this.align);
    return (to - (position & (to - 1))) & (to - 1);
  }

  /** An option that is no element: the order of bytes, the alignment, a space. */
  control(option: string): void {
    if (option === ' ') return;
    if (option === '>' || option === '<') this.bigEndian = option === '>';
    else if (option === '!') {
      const align = this.number(8);
      if (align === 0 || (align & (align - 1)) !== 0) {
        this.lua.fail(this.L, `alignment ${align} is not a power of 2`);
      }
      this.align = align;
    } else this.lua.badArgument(this.L, 1, `invalid format option '${option}'`);
  }
}

const isInteger = (option: string): boolean => /[bBhHlLTiI]/.test(option);
const reversed = (bytes: Bytes): Bytes => [...bytes].reverse().join('');

export function openStruct(lua: Machine, L: number): void {
  const { api } = lua;
  lua.library(L, 'struct', {
    pack: (state) => {
      lua.pushString(state, pack(lua, state));
      return 1;
    },
    unpack: (state) => unpack(lua, state),
    size: (state) => {
      const layout = new Layout(lua, state, lua.checkText(state, 1));
      let total = 0;
      for (let next = layout.next(); next; next = layout.next()) {
        const { option, size } = next;
        total += layout.padding(total, option, size);
        if (option === 's') lua.badArgument(state, 1, "option 's' has no fixed size");
        if (option === 'c' && size === 0) {
          lua.badArgument(state, 1, "option 'c0' has no fixed size");
        }
        if (!/[a-z\d]/i.test(option)) layout.control(option);
        total += size;
      }
      api.lua_pushnumber(state, total);
      return 1;
    },
  });
}

function pack(lua: Machine, L: number): Bytes {
  const { api } = lua;
  const layout = new Layout(lua, L, lua.checkText(L, 1));
  let argument = 2;
  let out = '';
  let total = 0;
  // It stands between the arguments and what is being built: one that is missing is nil.
  api.lua_pushnil(L);
  for (let next = layout.next(); next; next = layout.next()) {
    const { option } = next;
    let { size } = next;
    const padding = layout.padding(total, option, size);
    total += padding;
    out += '\0'.repeat(padding);
    if (isInteger(option)) {
      const bytes = integerBytes(api.luaL_checknumber(L, argument++), size);
      out += layout.bigEndian ? reversed(bytes) : bytes;
    } else if (option === 'x') out += '\0';
    else if (option === 'f' || option === 'd') {
      const view = new DataView(new ArrayBuffer(8));
      const value = api.luaL_checknumber(L, argument++);
      if (option === 'f') view.setFloat32(0, value, !layout.bigEndian);
      else view.setFloat64(0, value, !layout.bigEndian);
      for (let i = 0; i < size; i++) out += String.fromCharCode(view.getUint8(i));
    } else if (option === 'c' || option === 's') {
      const text = lua.checkText(L, argument++);
      if (size === 0) size = text.length;
      if (text.length < size) lua.badArgument(L, argument, 'string too short');
      out += text.slice(0, size);
      if (option === 's') {
        out += '\0';
        size++;
      }
    } else layout.control(option);
    total += size;
  }
  return out;
}

/** An integer, its lowest byte first. */
function integerBytes(value: number, size: number): Bytes {
  let rest = toUnsigned(value);
  let out = '';
  for (let i = 0; i < size; i++) {
    out += String.fromCharCode(Number(rest & 0xffn));
    rest >>= 8n;
  }
  return out;
}

function unpack(lua: Machine, L: number): number {
  const { api } = lua;
  const layout = new Layout(lua, L, lua.checkText(L, 1));
  const data = lua.checkText(L, 2);
  let position = lua.isNoneOrNil(L, 3) ? 1 : Number(toInteger(api.luaL_checknumber(L, 3)));
  if (position === 0) lua.badArgument(L, 3, 'offset must be 1 or greater');
  // A negative one is a very large one to C.
  position = position < 0 ? Infinity : position - 1;
  let results = 0;
  const has = (size: number): void => {
    if (size > data.length || position > data.length - size) {
      lua.badArgument(L, 2, 'data string too short');
    }
  };
  for (let next = layout.next(); next; next = layout.next()) {
    const { option } = next;
    let { size } = next;
    position += layout.padding(position, option, size);
    has(size);
    api.luaL_checkstack(L, 2, lua.name('too many results'));
    const part = data.slice(position, position + size);
    if (isInteger(option)) {
      const signed = option === option.toLowerCase();
      const bytes = layout.bigEndian ? part : reversed(part);
      api.lua_pushnumber(L, readInteger(bytes, signed));
      results++;
    } else if (option === 'f' || option === 'd') {
      const view = new DataView(Uint8Array.from(part, (char) => char.charCodeAt(0)).buffer);
      const little = !layout.bigEndian;
      api.lua_pushnumber(
        L,
        option === 'f' ? view.getFloat32(0, little) : view.getFloat64(0, little),
      );
      results++;
    } else if (option === 'c') {
      if (size === 0) {
        if (results === 0 || api.lua_type(L, -1) !== NUMBER) {
          lua.fail(L, "format 'c0' needs a previous size");
        }
        size = Number(toInteger(api.lua_tonumber(L, -1)));
        if (size < 0) size = Infinity;
        lua.pop(L);
        results--;
        has(size);
      }
      lua.pushString(L, data.slice(position, position + size));
      results++;
    } else if (option === 's') {
      const end = data.indexOf('\0', position);
      if (end < 0) lua.fail(L, 'unfinished string in data');
      size = end - position + 1;
      lua.pushString(L, data.slice(position, end));
      results++;
    } else if (option !== 'x') layout.control(option);
    position += size;
  }
  api.lua_pushnumber(L, position + 1);
  return results + 1;
}

/** Bytes with the highest first, of which the last eight count. */
function readInteger(bytes: Bytes, signed: boolean): number {
  let value = 0n;
  for (const char of bytes) value = BigInt.asUintN(64, (value << 8n) | BigInt(char.charCodeAt(0)));
  if (!signed) return Number(value);
  return Number(BigInt.asIntN(Math.min(64, bytes.length * 8), value));
}
