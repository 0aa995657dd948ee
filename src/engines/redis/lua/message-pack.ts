/** The library `cmsgpack`: values of Lua as MessagePack and back. */
import type { Bytes } from '../core/bytes.ts';
import { BOOLEAN, NIL, NUMBER, STRING, TABLE } from './api.ts';
import type { Machine } from './machine.ts';
import { toInt as int, toInteger } from './numbers.ts';

/** Tables deeper than this are packed as nil. */
const MOST_NESTING = 16;

export function openMessagePack(lua: Machine, L: number): void {
  const { api } = lua;
  lua.pushString(L, 'cmsgpack');
  api.lua_createtable(L, 0, 0);
  lua.setFunction(L, 'pack', (state) => {
    const count = api.lua_gettop(state);
    if (count === 0) return lua.badArgument(state, 0, 'MessagePack pack needs input.');
    let out = '';
    for (let i = 1; i <= count; i++) {
      api.lua_pushvalue(state, i);
      out += pack(lua, state, 0);
    }
    lua.pushString(state, out);
    return 1;
  });
  lua.setFunction(L, 'unpack', (state) => unpack(lua, state, 0, 0));
  lua.setFunction(L, 'unpack_one', (state) => unpack(lua, state, 1, offsetAt(lua, state, 2)));
  lua.setFunction(L, 'unpack_limit', (state) => {
    const limit = Number(toInteger(api.luaL_checknumber(state, 2)));
    return unpack(lua, state, limit, offsetAt(lua, state, 3));
  });
  lua.setField(L, '_NAME', 'cmsgpack');
  lua.setField(L, '_VERSION', 'lua-cmsgpack 0.4.0');
  lua.setField(L, '_COPYRIGHT', 'Copyright (C) 2012, Salvatore Sanfilippo');
  lua.setField(L, '_DESCRIPTION', 'MessagePack C implementation for Lua');
  api.lua_rawset(L, -3);
}

const offsetAt = (lua: Machine, L: number, argument: number): number =>
  lua.isNoneOrNil(L, argument) ? 0 : Number(toInteger(lua.api.luaL_checknumber(L, argument)));

// Packing

/** The lowest so many bytes of a whole number, the highest first. */
function bigEndian(value: number, bytes: number): Bytes {
  let out = '';
  let rest = BigInt.asUintN(bytes * 8, BigInt(value));
  for (let i = 0; i < bytes; i++) {
    out = String.fromCharCode(Number(rest & 0xffn)) + out;
    rest >>= 8n;
  }
  return out;
}
const byte = (code: number): Bytes => String.fromCharCode(code & 0xff);

/** Packs the value on top of the stack, and takes it away. */
function pack(lua: Machine, L: number, level: number): Bytes {
  const { api } = lua;
  let type = api.lua_type(L, -1);
  if (type === TABLE && level === MOST_NESTING) type = NIL;
  let out = byte(0xc0);
  if (type === STRING) out = packString(lua.text(L, -1)!);
  else if (type === BOOLEAN) out = byte(api.lua_toboolean(L, -1) ? 0xc3 : 0xc2);
  else if (type === NUMBER) out = packNumber(api.lua_tonumber(L, -1));
  else if (type === TABLE) out = packTable(lua, L, level);
  lua.pop(L);
  return out;
}

function packString(text: Bytes): Bytes {
  const { length } = text;
  if (length < 32) return byte(0xa0 | length) + text;
  if (length <= 0xff) return byte(0xd9) + byte(length) + text;
  if (length <= 0xffff) return byte(0xda) + bigEndian(length, 2) + text;
  return byte(0xdb) + bigEndian(length, 4) + text;
}

function packNumber(value: number): Bytes {
  const whole = Math.floor(value) === value && value >= -(2 ** 63) && value < 2 ** 63;
  if (!whole) {
    const single = Math.fround(value) === value;
    const view = new DataView(new ArrayBuffer(8));
    if (single) view.setFloat32(0, value);
    else view.setFloat64(0, value);
    return byte(single ? 0xca : 0xcb) + readView(view, single ? 4 : 8);
  }
  if (value >= 0) {
    if (value <= 127) return byte(value);
    if (value <= 0xff) return byte(0xcc) + byte(value);
    if (value <= 0xffff) return byte(0xcd) + bigEndian(value, 2);
    if (value <= 0xffffffff) return byte(0xce) + bigEndian(value, 4);
    return byte(0xcf) + bigEndian(value, 8);
  }
  if (value >= -32) return byte(value);
  if (value >= -128) return byte(0xd0) + byte(value);
  if (value >= -32768) return byte(0xd1) + bigEndian(value, 2);
  if (value >= -(2 ** 31)) return byte(0xd2) + bigEndian(value, 4);
  return byte(0xd3) + bigEndian(value, 8);
}

function readView(view: DataView, bytes: number): Bytes {
  let out = '';
  for (let i = 0; i < bytes; i++) out += byte(view.getUint8(i));
  return out;
}

const sized = (length: number, fixed: number, long: number): Bytes => {
  if (length <= 15) return byte(fixed | length);
  if (length <= 0xffff) return byte(long) + bigEndian(length, 2);
  return byte(long + 1) + bigEndian(length, 4);
};

/** A table whose keys are 1 to n is an array, an empty one too. */
function packTable(lua: Machine, L: number, level: number): Bytes {
  const { api } = lua;
  lua.lookBehind(L, -1);
  const top = api.lua_gettop(L);
  api.luaL_checkstack(L, 4, lua.name('in function mp_encode_lua_table_as_map'));
  let most = 0;
  let count = 0;
  let array = true;
  api.lua_pushnil(L);
  while (api.lua_next(L, -2) !== 0) {
    lua.pop(L);
    const key = api.lua_type(L, -1) === NUMBER ? api.lua_tonumber(L, -1) : 0;
    if (key <= 0 || Math.floor(key) !== key || key >= 2 ** 31) array = false;
    most = Math.max(most, key);
    count++;
  }
  api.lua_settop(L, top);
  let out: Bytes;
  if (array && most === count) {
    const length = api.lua_objlen(L, -1);
    out = sized(length, 0x90, 0xdc);
    for (let i = 1; i <= length; i++) {
      api.lua_pushnumber(L, i);
      api.lua_gettable(L, -2);
      out += pack(lua, L, level + 1);
    }
    return out;
  }
  out = sized(count, 0x80, 0xde);
  api.lua_pushnil(L);
  while (api.lua_next(L, -2) !== 0) {
    api.lua_pushvalue(L, -2);
    out += pack(lua, L, level + 1);
    out += pack(lua, L, level + 1);
  }
  return out;
}

// Unpacking

type Failure = 'Missing bytes in input.' | 'Bad data format in input.';

class Unpacker {
  private readonly lua: Machine;
  private readonly L: number;
  private readonly view: DataView;
  private readonly text: Bytes;
  at: number;
  failure: Failure | null = null;

  constructor(lua: Machine, L: number, text: Bytes, at: number) {
    this.lua = lua;
    this.L = L;
    this.text = text;
    this.at = at;
    this.view = new DataView(Uint8Array.from(text, (char) => char.charCodeAt(0)).buffer);
  }

  private has(bytes: number): boolean {
    if (this.text.length - this.at >= bytes) return true;
    this.failure = 'Missing bytes in input.';
    return false;
  }
  /** A number that stands behind the first byte. */
  private number(bytes: number, read: (at: number) => number | bigint): void {
    if (!this.has(1 + bytes)) return;
    this.lua.api.lua_pushnumber(this.L, Number(read(this.at + 1)));
    this.at += 1 + bytes;
  }
  /** The length that stands behind the first byte, in so many bytes. */
  private length(bytes: number): number | null {
    if (!this.has(1 + bytes)) return null;
    let length = 0;
    for (let i = 1; i <= bytes; i++) length = length * 256 + this.view.getUint8(this.at + i);
    return length;
  }
  private string(length: number | null, header: number): void {
    if (length === null || !this.has(header + length)) return;
    const start = this.at + header;
    this.lua.pushString(this.L, this.text.slice(start, start + length));
    this.at = start + length;
  }
  private array(length: number | null, header: number): void {
    if (length === null) return;
    const { lua, L } = this;
    this.at += header;
    lua.api.lua_createtable(L, 0, 0);
    for (let i = 1; i <= length; i++) {
      lua.api.lua_pushnumber(L, i);
      if (!this.value()) return;
      lua.api.lua_settable(L, -3);
    }
  }
  private map(length: number | null, header: number): void {
    if (length === null) return;
    const { lua, L } = this;
    this.at += header;
    lua.api.lua_createtable(L, 0, 0);
    for (let i = 0; i < length; i++) {
      if (!this.value() || !this.value()) return;
      lua.api.lua_settable(L, -3);
    }
  }

  /** Pushes the next value. @returns whether there was one; else `failure` says what was wrong. */
  value(): boolean {
    if (this.has(1)) this.read(this.view.getUint8(this.at));
    return this.failure === null;
  }
  private read(first: number): void {
    const { lua, L, view } = this;
    const tooMany = 'too many return values at once; use unpack_one or unpack_limit instead.';
    lua.api.luaL_checkstack(L, 1, lua.name(tooMany));
    const read = READERS[first];
    if (read) return this.number(read[0], (at) => read[1](view, at));
    if (first >= 0xc0 && first <= 0xc3 && first !== 0xc1) {
      lua.push(L, first === 0xc0 ? null : first === 0xc3);
      this.at++;
    } else if (first >= 0xd9 && first <= 0xdb) {
      const bytes = 1 << (first - 0xd9);
      this.string(this.length(bytes), 1 + bytes);
    } else if (first >= 0xdc && first <= 0xdf) {
      const bytes = first & 1 ? 4 : 2;
      if (first < 0xde) this.array(this.length(bytes), 1 + bytes);
      else this.map(this.length(bytes), 1 + bytes);
    } else if (first < 0x80 || first >= 0xe0) {
      lua.api.lua_pushnumber(L, first < 0x80 ? first : first - 256);
      this.at++;
    } else if (first >= 0xa0 && first < 0xc0) this.string(first & 0x1f, 1);
    else if (first >= 0x90 && first < 0xa0) this.array(first & 0xf, 1);
    else if (first >= 0x80 && first < 0x90) this.map(first & 0xf, 1);
    else this.failure = 'Bad data format in input.';
  }
}

/** Numbers by their first byte: how many bytes they have behind it, and how they are read. */
const READERS: Record<number, [number, (view: DataView, at: number) => number | bigint]> = {
  0xca: [4, (view, at) => view.getFloat32(at)],
  0xcb: [8, (view, at) => view.getFloat64(at)],
  0xcc: [1, (view, at) => view.getUint8(at)],
  0xcd: [2, (view, at) => view.getUint16(at)],
  0xce: [4, (view, at) => view.getUint32(at)],
  // Lua 5.1 takes an unsigned number for a signed one.
  0xcf: [8, (view, at) => view.getBigInt64(at)],
  0xd0: [1, (view, at) => view.getInt8(at)],
  0xd1: [2, (view, at) => view.getInt16(at)],
  0xd2: [4, (view, at) => view.getInt32(at)],
  0xd3: [8, (view, at) => view.getBigInt64(at)],
};

/** @param limit how many values at most; with neither limit nor offset all of them, and no place where to go on. */
function unpack(lua: Machine, L: number, limit: number, offset: number): number {
  const text = lua.checkText(L, 1);
  lua.api.lua_settop(L, 1);
  if (offset < 0 || limit < 0) {
    const where = `with offset of ${int(offset)} and limit of ${text.length}.`;
    return lua.fail(L, `Invalid request to unpack ${where}`);
  }
  if (offset > text.length) {
    return lua.fail(L, `Start offset ${int(offset)} greater than input length ${text.length}.`);
  }
  const all = limit === 0 && offset === 0;
  const most = all ? Infinity : limit;
  const unpacker = new Unpacker(lua, L, text, offset);
  let count = 0;
  while (unpacker.at < text.length && count < most) {
    if (!unpacker.value()) return lua.fail(L, unpacker.failure!);
    count++;
  }
  if (all) return count;
  lua.api.luaL_checkstack(L, 1, lua.name('in function mp_unpack_full'));
  lua.api.lua_pushnumber(L, unpacker.at === text.length ? -1 : unpacker.at);
  lua.api.lua_insert(L, 2);
  return count + 1;
}
