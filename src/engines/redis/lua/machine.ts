/**
 * Lua 5.1 itself, the same C program that Redis has in it, as wasm (`host.ts` starts it), and how functions of
 * JavaScript become functions of Lua. Strings are byte strings, as everywhere in this emulator.
 */
import { fromBuffer, type Bytes } from '../core/bytes.ts';
import {
  DEBUG,
  LIGHT_USERDATA,
  NIL,
  NUMBER,
  STRING,
  TYPE_NAMES,
  UPVALUE,
  type LuaExports,
} from './api.ts';
import { asWasm, instantiate } from './host.ts';

/** A function of Lua written in JavaScript: it takes its arguments from the stack, and returns how many results it left there. */
export type LuaFunction = (L: number) => number;

export class Machine {
  readonly api: LuaExports;
  /** The main state. Functions get the state of the coroutine that they run in. */
  readonly state: number;
  /** What the count hook calls. */
  onCount: (L: number) => void = () => undefined;
  /** Puts the table that another only stands for in its place, before its fields are walked through. */
  lookBehind: (L: number, index: number) => void = () => undefined;
  private bytes: Uint8Array;
  private readonly functions: LuaFunction[] = [];
  private readonly dispatcher: number;
  private readonly hook: number;
  private readonly lengthAt: number;
  /** Room for one `lua_Debug`. */
  readonly record: number;
  private scratch = 0;
  private scratchSize = 0;
  private readonly names = new Map<string, number>();

  constructor(lua: WebAssembly.Module) {
    this.api = instantiate(lua);
    this.bytes = new Uint8Array(this.api.memory.buffer);
    const { f, h } = asWasm(
      (L) => this.functions[this.api.lua_tonumber(L, UPVALUE)]!(L),
      (L) => this.onCount(L),
    );
    const table = this.api.__indirect_function_table;
    this.dispatcher = table.grow(2);
    this.hook = this.dispatcher + 1;
    table.set(this.dispatcher, f);
    table.set(this.hook, h);
    this.api.emscripten_stack_init();
    this.api.__wasm_call_ctors();
    this.lengthAt = this.api.malloc(8);
    this.record = this.api.malloc(DEBUG.size);
    this.state = this.api.luaL_newstate();
  }

  /** The whole memory; a fresh view after it has grown. */
  get heap(): Uint8Array {
    if (this.bytes.length === 0) this.bytes = new Uint8Array(this.api.memory.buffer);
    return this.bytes;
  }

  // Functions

  /** Pushes a function of JavaScript. Pushed twice, it is two functions. */
  pushFunction(L: number, fn: LuaFunction): void {
    this.api.lua_pushnumber(L, this.functions.push(fn) - 1);
    this.api.lua_pushcclosure(L, this.dispatcher, 1);
  }
  /** Pushes a function of the library itself. */
  pushNative(L: number, fn: unknown): void {
    const table = this.api.__indirect_function_table;
    for (let i = 1; i < table.length; i++) {
      if (table.get(i) === fn) {
        this.api.lua_pushcclosure(L, i, 0);
        return;
      }
    }
    throw new Error('not a function of Lua');
  }
  /** Runs a C function in the place of the running one, with its arguments and its name in messages. */
  runInPlace(L: number, fn: number): number {
    return (this.api.__indirect_function_table.get(fn) as LuaFunction)(L);
  }
  /** From now on `onCount` is called after so many steps, or before every line; not at all with 0. */
  setHook(L: number, mask: number, count: number): void {
    this.api.lua_sethook(L, mask === 0 ? 0 : this.hook, mask, count);
  }

  /**
   * Compiles a text, whatever it begins with: what was compiled before is none.
   *
   * @param name what messages call it, with `@` or `=` before it, or the text itself.
   * @returns whether a function is on top of the stack now; else the message is.
   */
  compile(L: number, text: Bytes, name: Bytes): boolean {
    const { api } = this;
    const source = text.startsWith('\x1b') ? ` ${text}` : text;
    const at = api.malloc(source.length + name.length + 2);
    if (at === 0) throw new RangeError('no memory left for Lua');
    const nameAt = at + source.length + 1;
    this.writeAt(at, source);
    this.writeAt(nameAt, name);
    const failed = api.luaL_loadbuffer(L, at, source.length, nameAt);
    api.free(at);
    return failed === 0;
  }

  // Strings

  /** Writes bytes where the next call of this may write over them. @returns where they stand, with a zero behind them. */
  write(text: Bytes): number {
    if (text.length >= this.scratchSize) {
      this.api.free(this.scratch);
      this.scratchSize = Math.max(1024, text.length + 1);
      this.scratch = this.api.malloc(this.scratchSize);
      if (this.scratch === 0) {
        this.scratchSize = 0;
        throw new RangeError('no memory left for Lua');
      }
    }
    this.writeAt(this.scratch, text);
    return this.scratch;
  }
  private writeAt(at: number, text: Bytes): void {
    const { heap } = this;
    for (let i = 0; i < text.length; i++) heap[at + i] = text.charCodeAt(i);
    heap[at + text.length] = 0;
  }
  /** A text that stays: the name of a field or an option. */
  name(text: string): number {
    let at = this.names.get(text);
    if (at === undefined) {
      at = this.api.malloc(text.length + 1);
      this.writeAt(at, text);
      this.names.set(text, at);
    }
    return at;
  }
  read(at: number, length: number): Bytes {
    const { heap } = this;
    if (length > 64) return fromBuffer(heap.subarray(at, at + length));
    let text = '';
    for (let i = 0; i < length; i++) text += String.fromCharCode(heap[at + i]!);
    return text;
  }
  /** Up to the zero byte that ends a string of C. */
  readZ(at: number): Bytes {
    return this.read(at, this.heap.indexOf(0, at) - at);
  }
  number32(at: number): number {
    return new DataView(this.api.memory.buffer).getInt32(at, true);
  }

  pushString(L: number, text: Bytes): void {
    this.api.lua_pushlstring(L, this.write(text), text.length);
  }
  /** The string or number at an index, as a string; `null` for any other value. A number becomes a string in its place. */
  text(L: number, index: number): Bytes | null {
    const at = this.api.lua_tolstring(L, index, this.lengthAt);
    return at === 0 ? null : this.read(at, this.number32(this.lengthAt));
  }
  /** An argument that has to be a string (or a number). */
  checkText(L: number, argument: number): Bytes {
    const at = this.api.luaL_checklstring(L, argument, this.lengthAt);
    return this.read(at, this.number32(this.lengthAt));
  }
  isText(L: number, index: number): boolean {
    const type = this.api.lua_type(L, index);
    return type === STRING || type === NUMBER;
  }

  // Values

  pop(L: number, count = 1): void {
    this.api.lua_settop(L, -count - 1);
  }
  push(L: number, value: Bytes | number | boolean | null): void {
    if (typeof value === 'string') this.pushString(L, value);
    else if (typeof value === 'number') this.api.lua_pushnumber(L, value);
    else if (value === null) this.api.lua_pushnil(L);
    else this.api.lua_pushboolean(L, value ? 1 : 0);
  }
  /** Of the table on top of the stack: a field, without its metatable. */
  setField(L: number, name: string, value: Bytes | number | boolean): void {
    this.pushString(L, name);
    this.push(L, value);
    this.api.lua_rawset(L, -3);
  }
  setFunction(L: number, name: string, fn: LuaFunction): void {
    this.pushString(L, name);
    this.pushFunction(L, fn);
    this.api.lua_rawset(L, -3);
  }
  /** Of the table on top of the stack: a library, as a table of functions in this order. */
  library(L: number, name: string, functions: Record<string, LuaFunction>): void {
    this.pushString(L, name);
    this.api.lua_createtable(L, 0, 0);
    for (const [each, fn] of Object.entries(functions)) this.setFunction(L, each, fn);
    this.api.lua_rawset(L, -3);
  }
  /** Pushes a field of the table at an index, as a script would read it, and answers its type. */
  getField(L: number, index: number, name: string): number {
    const { api } = this;
    this.pushString(L, name);
    api.lua_gettable(L, index < 0 && index > -10_000 ? index - 1 : index);
    return api.lua_type(L, -1);
  }
  /** The same without its metatable. */
  rawField(L: number, index: number, name: string): number {
    const { api } = this;
    this.pushString(L, name);
    api.lua_rawget(L, index < 0 && index > -10_000 ? index - 1 : index);
    return api.lua_type(L, -1);
  }
  typeName(L: number, index: number): string {
    return TYPE_NAMES[this.api.lua_type(L, index)] ?? 'no value';
  }
  isNull(L: number, index: number): boolean {
    return (
      this.api.lua_type(L, index) === LIGHT_USERDATA && this.api.lua_touserdata(L, index) === 0
    );
  }
  isNoneOrNil(L: number, index: number): boolean {
    return this.api.lua_type(L, index) <= NIL;
  }

  // Errors. None of these returns, but for the sake of types.

  /** Raises an error that says where the caller of this function stands. */
  fail(L: number, message: Bytes): number {
    this.api.luaL_where(L, 1);
    this.pushString(L, message);
    this.api.lua_concat(L, 2);
    return this.api.lua_error(L);
  }
  /** Raises `bad argument #1 to 'f' (…)`. */
  badArgument(L: number, argument: number, message: string): number {
    return this.api.luaL_argerror(L, argument, this.name(message));
  }
  /** Raises `bad argument #1 to 'f' (number expected, got nil)`. */
  wrongType(L: number, argument: number, expected: string): number {
    return this.api.luaL_typerror(L, argument, this.name(expected));
  }
}
