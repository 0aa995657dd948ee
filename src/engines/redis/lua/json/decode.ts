/** `cjson.decode`: JSON as values of Lua. `null` is `cjson.null`, since a table cannot hold nil. */
import type { Bytes } from '../../core/bytes.ts';
import { fromText } from '../../core/bytes.ts';
import type { Machine } from '../machine.ts';
import { decimalPrefix } from './number.ts';
import type { JsonSettings } from './settings.ts';

type TokenType =
  | 'T_OBJ_BEGIN'
  | 'T_OBJ_END'
  | 'T_ARR_BEGIN'
  | 'T_ARR_END'
  | 'T_STRING'
  | 'T_NUMBER'
  | 'T_BOOLEAN'
  | 'T_NULL'
  | 'T_COLON'
  | 'T_COMMA'
  | 'T_END'
  | 'T_ERROR';

interface Token {
  type: TokenType;
  /** From where on, counted from 0; of an error, where reading stopped. */
  at: number;
  /** Of an error, what was found. */
  value?: Bytes | number | boolean;
}

const SINGLE: Record<string, TokenType> = {
  '{': 'T_OBJ_BEGIN',
  '}': 'T_OBJ_END',
  '[': 'T_ARR_BEGIN',
  ']': 'T_ARR_END',
  ',': 'T_COMMA',
  ':': 'T_COLON',
  '': 'T_END',
  '\0': 'T_END',
};
const WORDS: [string, TokenType, boolean?][] = [
  ['true', 'T_BOOLEAN', true],
  ['false', 'T_BOOLEAN', false],
  ['null', 'T_NULL'],
];
const ESCAPES: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
};

export class JsonDecoder {
  private readonly lua: Machine;
  private readonly settings: JsonSettings;
  private readonly L: number;
  private readonly text: Bytes;
  private at = 0;
  private depth = 0;

  constructor(lua: Machine, settings: JsonSettings, L: number, text: Bytes) {
    this.lua = lua;
    this.settings = settings;
    this.L = L;
    this.text = text;
  }

  /** Pushes the value that the whole text is. */
  decode(): void {
    if (this.text.length >= 2 && (this.text[0] === '\0' || this.text[1] === '\0')) {
      this.lua.fail(this.L, 'JSON parser does not support UTF-16 or UTF-32');
    }
    this.value(this.next());
    const end = this.next();
    if (end.type !== 'T_END') this.unexpected('the end', end);
  }

  private unexpected(expected: string, { type, value, at }: Token): never {
    const found = type === 'T_ERROR' ? String(value) : type;
    this.lua.fail(this.L, `Expected ${expected} but found ${found} at character ${at + 1}`);
    throw new Error('unreachable');
  }

  private value(token: Token): void {
    const { lua, L } = this;
    if (token.type === 'T_OBJ_BEGIN') this.object();
    else if (token.type === 'T_ARR_BEGIN') this.array();
    else if (token.type === 'T_NULL') lua.api.lua_pushlightuserdata(L, 0);
    else if (token.value !== undefined && token.type !== 'T_ERROR') lua.push(L, token.value);
    else this.unexpected('value', token);
  }

  private descend(slots: number): void {
    const { lua, L } = this;
    this.depth++;
    if (this.depth > this.settings.decodeDepth || lua.api.lua_checkstack(L, slots) === 0) {
      lua.fail(L, `Found too many nested data structures (${this.depth}) at character ${this.at}`);
    }
    lua.api.lua_createtable(L, 0, 0);
  }

  private object(): void {
    const { lua, L } = this;
    this.descend(3);
    let token = this.next();
    while (token.type !== 'T_OBJ_END') {
      if (token.type !== 'T_STRING') this.unexpected('object key string', token);
      lua.push(L, token.value!);
      token = this.next();
      if (token.type !== 'T_COLON') this.unexpected('colon', token);
      this.value(this.next());
      lua.api.lua_rawset(L, -3);
      token = this.next();
      if (token.type === 'T_OBJ_END') break;
      if (token.type !== 'T_COMMA') this.unexpected('comma or object end', token);
      token = this.next();
      // A comma has to be followed by a key.
      if (token.type === 'T_OBJ_END') this.unexpected('object key string', token);
    }
    this.depth--;
  }

  private array(): void {
    const { lua, L } = this;
    this.descend(2);
    let token = this.next();
    for (let i = 1; token.type !== 'T_ARR_END'; i++) {
      this.value(token);
      lua.api.lua_rawseti(L, -2, i);
      token = this.next();
      if (token.type === 'T_ARR_END') break;
      if (token.type !== 'T_COMMA') this.unexpected('comma or array end', token);
      token = this.next();
      if (token.type === 'T_ARR_END') this.unexpected('value', token);
    }
    this.depth--;
  }

  private error(value: string): Token {
    return { type: 'T_ERROR', at: this.at, value };
  }

  private next(): Token {
    const { text } = this;
    while (' \t\n\r'.includes(text[this.at] ?? 'x')) this.at++;
    const { at } = this;
    const char = text[at] ?? '';
    const single = SINGLE[char];
    if (single) {
      if (single !== 'T_END') this.at++;
      return { type: single, at };
    }
    if (char === '"') return this.string(at);
    if (/[-0-9]/.test(char)) {
      if (!this.settings.decodeInvalid && isInvalidNumber(text.slice(at, at + 4))) {
        return this.error('invalid number');
      }
      return this.number(at);
    }
    for (const [word, type, value] of WORDS) {
      if (!text.startsWith(word, at)) continue;
      this.at += word.length;
      return { type, at, ...(value === undefined ? {} : { value }) };
    }
    const numberLike = /[+iInN]/.test(char) && isInvalidNumber(text.slice(at, at + 4));
    if (this.settings.decodeInvalid && numberLike) return this.number(at);
    return this.error('invalid token');
  }

  private number(at: number): Token {
    const { value, length } = decimalPrefix(this.text, at);
    if (length === 0) return this.error('invalid number');
    this.at += length;
    return { type: 'T_NUMBER', at, value };
  }

  private string(at: number): Token {
    const { text } = this;
    let out = '';
    this.at++;
    for (;;) {
      const char = text[this.at] ?? '\0';
      if (char === '"') break;
      if (char === '\0') return this.error('unexpected end of string');
      if (char !== '\\') {
        out += char;
        this.at++;
        continue;
      }
      const next = text[this.at + 1] ?? '';
      if (next === 'u') {
        const unit = this.codePoint();
        if (unit === null) return this.error('invalid unicode escape code');
        out += fromText(unit);
        continue;
      }
      const escaped = ESCAPES[next];
      if (escaped === undefined) return this.error('invalid escape code');
      out += escaped;
      this.at += 2;
    }
    this.at++;
    return { type: 'T_STRING', at, value: out };
  }

  /** `\u20ac`, or two of them for one character. */
  private codePoint(): string | null {
    const escape = /\\u([\da-f]{4})(?:\\u([\da-f]{4}))?/iy;
    escape.lastIndex = this.at;
    const match = escape.exec(this.text);
    if (!match) return null;
    const first = parseInt(match[1]!, 16);
    if ((first & 0xf800) !== 0xd800) {
      this.at += 6;
      return String.fromCharCode(first);
    }
    const second = parseInt(match[2] ?? '0', 16);
    if ((first & 0x400) !== 0 || (second & 0xfc00) !== 0xdc00) return null;
    this.at += 12;
    return String.fromCharCode(first, second);
  }
}

/** What JSON forbids and C reads: a plus, hexadecimal digits, leading zeros, infinity, NaN. */
function isInvalidNumber(text: string): boolean {
  return /^(?:\+|-?(?:0[x\d]|inf|nan))/i.test(text);
}
