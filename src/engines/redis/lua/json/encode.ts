/** `cjson.encode`: a value of Lua as JSON. Which table is an array is asked of its keys. */
import type { Bytes } from '../../core/bytes.ts';
import { formatDouble } from '../../core/numbers.ts';
import { BOOLEAN, NIL, NUMBER, STRING, TABLE } from '../api.ts';
import type { Machine } from '../machine.ts';
import type { JsonSettings } from './settings.ts';

const SHORT: Record<string, string> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '/': '\\/',
  '\\': '\\\\',
};
const ESCAPED = /[\0-\x1f"/\\\x7f]/g;
const escape = (char: string): string =>
  SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

export class JsonEncoder {
  private readonly lua: Machine;
  private readonly settings: JsonSettings;
  private readonly L: number;

  constructor(lua: Machine, settings: JsonSettings, L: number) {
    this.lua = lua;
    this.settings = settings;
    this.L = L;
  }

  private refuse(index: number, reason: string): never {
    const type = this.lua.typeName(this.L, index);
    this.lua.fail(this.L, `Cannot serialise ${type}: ${reason}`);
    throw new Error('unreachable');
  }

  /** The value on top of the stack, which stays there. @param depth how many tables it stands in. */
  value(depth: number): Bytes {
    const { lua, L } = this;
    switch (lua.api.lua_type(L, -1)) {
      case STRING:
        return this.string(-1);
      case NUMBER:
        return this.number(-1);
      case BOOLEAN:
        return lua.api.lua_toboolean(L, -1) ? 'true' : 'false';
      case TABLE:
        return this.table(depth + 1);
      case NIL:
        return 'null';
      default:
        return lua.isNull(L, -1) ? 'null' : this.refuse(-1, 'type not supported');
    }
  }

  private string(index: number): Bytes {
    return `"${this.lua.text(this.L, index)!.replace(ESCAPED, escape)}"`;
  }

  private number(index: number): Bytes {
    const value = this.lua.api.lua_tonumber(this.L, index);
    const { encodeInvalid, precision } = this.settings;
    if (!Number.isFinite(value)) {
      if (encodeInvalid === 0) this.refuse(index, 'must not be NaN or Inf');
      if (encodeInvalid === 2) return 'null';
    }
    return formatDouble(value, precision);
  }

  private table(depth: number): Bytes {
    const { lua, L, settings } = this;
    if (depth > settings.encodeDepth || lua.api.lua_checkstack(L, 3) === 0) {
      lua.fail(L, `Cannot serialise, excessive nesting (${depth})`);
    }
    lua.lookBehind(L, -1);
    const length = this.arrayLength();
    return length > 0 ? this.array(length, depth) : this.object(depth);
  }

  /** How long an array the table on top is; -1 if it is none. */
  private arrayLength(): number {
    const { lua, L, settings } = this;
    const { api } = lua;
    let most = 0;
    let items = 0;
    api.lua_pushnil(L);
    while (api.lua_next(L, -2) !== 0) {
      const key = api.lua_type(L, -2) === NUMBER ? api.lua_tonumber(L, -2) : 0;
      if (key < 1 || Math.floor(key) !== key) {
        lua.pop(L, 2);
        return -1;
      }
      most = Math.max(most, key);
      items++;
      lua.pop(L);
    }
    const { sparseRatio, sparseSafe } = settings;
    if (sparseRatio > 0 && most > items * sparseRatio && most > sparseSafe) {
      if (!settings.sparseConvert) this.refuse(-1, 'excessively sparse array');
      return -1;
    }
    return most;
  }

  private array(length: number, depth: number): Bytes {
    const { lua, L } = this;
    let out = '[';
    for (let i = 1; i <= length; i++) {
      lua.api.lua_rawgeti(L, -1, i);
      out += (i > 1 ? ',' : '') + this.value(depth);
      lua.pop(L);
    }
    return `${out}]`;
  }

  private object(depth: number): Bytes {
    const { lua, L } = this;
    const { api } = lua;
    let out = '{';
    api.lua_pushnil(L);
    while (api.lua_next(L, -2) !== 0) {
      if (out.length > 1) out += ',';
      const type = api.lua_type(L, -2);
      if (type === NUMBER) out += `"${this.number(-2)}":`;
      else if (type === STRING) out += `${this.string(-2)}:`;
      else this.refuse(-2, 'table key must be a number or string');
      out += this.value(depth);
      lua.pop(L);
    }
    return `${out}}`;
  }
}
