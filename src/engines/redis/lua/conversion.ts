/** Replies of commands as values of Lua, and values of Lua as replies. */
import { formatDouble } from '../core/numbers.ts';
import {
  BigNumberReply,
  DoubleReply,
  MapReply,
  NullArray,
  PushReply,
  ReplyError,
  SetReply,
  Status,
  VerbatimReply,
  type Reply,
} from '../core/reply.ts';
import { BOOLEAN, NIL, NUMBER, STRING, TABLE } from './api.ts';
import type { Machine } from './machine.ts';
import { toInteger } from './numbers.ts';

/**
 * Pushes a reply as a script gets it.
 *
 * @param resp what the script asked for with `redis.setresp`, whatever its client speaks.
 */
export function pushReply(lua: Machine, L: number, reply: Reply, resp: 2 | 3): void {
  const { api } = lua;
  api.lua_checkstack(L, 6);
  if (typeof reply === 'string') lua.pushString(L, reply);
  else if (typeof reply === 'number' || typeof reply === 'bigint') {
    api.lua_pushnumber(L, Number(reply));
  } else if (reply === null || reply instanceof NullArray) {
    if (resp === 3) api.lua_pushnil(L);
    else api.lua_pushboolean(L, 0);
  } else if (typeof reply === 'boolean') {
    lua.push(L, resp === 3 ? reply : Number(reply));
  } else if (Array.isArray(reply)) pushArray(lua, L, reply, resp);
  else if (reply instanceof PushReply) pushArray(lua, L, reply.items, resp);
  else if (reply instanceof Status) pushOne(lua, L, 'ok', reply.text);
  else if (reply instanceof ReplyError) pushError(lua, L, `-${reply.message}`, true);
  else if (reply instanceof DoubleReply) {
    if (resp === 3) pushOne(lua, L, 'double', reply.value);
    else lua.pushString(L, formatDouble(reply.value));
  } else if (reply instanceof MapReply) {
    if (resp === 2) pushArray(lua, L, reply.flat, 2);
    else {
      pushWrapped(lua, L, 'map', () => {
        for (const [i, each] of reply.flat.entries()) {
          pushReply(lua, L, each, 3);
          if (i % 2 === 1) api.lua_settable(L, -3);
        }
      });
    }
  } else if (reply instanceof SetReply) {
    if (resp === 2) pushArray(lua, L, reply.members, 2);
    else {
      pushWrapped(lua, L, 'set', () => {
        for (const each of reply.members) {
          pushReply(lua, L, each, 3);
          api.lua_pushboolean(L, 1);
          api.lua_settable(L, -3);
        }
      });
    }
  } else if (reply instanceof VerbatimReply) {
    if (resp === 2) lua.pushString(L, reply.text);
    else {
      pushWrapped(lua, L, 'verbatim_string', () => {
        lua.setField(L, 'string', reply.text);
        lua.setField(L, 'format', reply.format);
      });
    }
  } else if (resp === 3) pushOne(lua, L, 'big_number', reply.digits);
  else lua.pushString(L, reply.digits);
}

function pushArray(lua: Machine, L: number, items: Reply[], resp: 2 | 3): void {
  const { api } = lua;
  api.lua_createtable(L, 0, 0);
  items.forEach((item, i) => {
    api.lua_pushnumber(L, i + 1);
    pushReply(lua, L, item, resp);
    api.lua_settable(L, -3);
  });
}
function pushOne(lua: Machine, L: number, name: string, value: string | number): void {
  lua.api.lua_createtable(L, 0, 0);
  lua.setField(L, name, value);
}
/** A table in a table of one field. @param fill gets the inner one on top of the stack. */
function pushWrapped(lua: Machine, L: number, name: string, fill: () => void): void {
  lua.api.lua_createtable(L, 0, 0);
  lua.pushString(L, name);
  lua.api.lua_createtable(L, 0, 0);
  fill();
  lua.api.lua_rawset(L, -3);
}

/**
 * Pushes an error as `redis.pcall` returns it: `{err = …}`.
 *
 * @param text with a `-` before it it begins with its code; else the code is `ERR`.
 * @param counted it is in the statistics already.
 */
export function pushError(lua: Machine, L: number, text: string, counted = false): void {
  let code = 'ERR';
  let message = text;
  if (text.startsWith('-')) {
    const space = text.indexOf(' ');
    if (space < 0) message = text.slice(1);
    else [code, message] = [text.slice(1, space), text.slice(space + 1)];
  }
  lua.api.lua_createtable(L, 0, 0);
  lua.setField(L, 'err', `${code} ${message.replace(/^[\r\n]+|[\r\n]+$/g, '')}`);
  if (counted) lua.setField(L, 'ignore_error_stats_update', true);
}

/** Pushes an error and raises it. */
export function raise(lua: Machine, L: number, message: string): number {
  pushError(lua, L, message);
  return lua.api.lua_error(L);
}

/** An error that a script returned: one that its command has counted is not counted again. */
export class CountedError extends ReplyError {}

/** Deeper than this nothing here would print it; redis-server goes on until Lua's stack is full. */
const MOST_NESTING = 500;

/**
 * Takes the value on top of the stack as a reply.
 *
 * @param resp what the script asked for with `redis.setresp`.
 */
export function popReply(lua: Machine, L: number, resp: 2 | 3, depth = 0): Reply {
  const { api } = lua;
  if (depth > MOST_NESTING || api.lua_checkstack(L, 4) === 0) {
    lua.pop(L);
    return new ReplyError('ERR reached lua stack limit');
  }
  const reply = read(lua, L, resp, depth);
  lua.pop(L);
  return reply;
}

function read(lua: Machine, L: number, resp: 2 | 3, depth: number): Reply {
  const { api } = lua;
  switch (api.lua_type(L, -1)) {
    case STRING:
      return lua.text(L, -1)!;
    case BOOLEAN: {
      const value = api.lua_toboolean(L, -1) !== 0;
      if (resp === 3) return value;
      return value ? 1 : null;
    }
    case NUMBER:
      return toInteger(api.lua_tonumber(L, -1));
    case TABLE:
      return readTable(lua, L, resp, depth);
    default:
      return null;
  }
}

function readTable(lua: Machine, L: number, resp: 2 | 3, depth: number): Reply {
  const { api } = lua;
  const top = api.lua_gettop(L);
  const field = (name: string, type: number): boolean => {
    api.lua_settop(L, top);
    return lua.rawField(L, -1, name) === type;
  };
  try {
    if (field('err', STRING)) {
      lua.pop(L);
      const error = readError(lua, L);
      const message = line(error.message.replace(/[\r\n]+$/, ''));
      return error.counted ? new CountedError(message) : new ReplyError(message);
    }
    if (field('ok', STRING)) return new Status(line(cString(lua.text(L, -1)!)));
    if (field('double', NUMBER)) return new DoubleReply(api.lua_tonumber(L, -1));
    if (field('big_number', STRING)) return new BigNumberReply(line(lua.text(L, -1)!));
    if (field('verbatim_string', TABLE) && lua.rawField(L, -1, 'format') === STRING) {
      const format = cString(lua.text(L, -1)!).slice(0, 3).padEnd(3);
      if (lua.rawField(L, -2, 'string') === STRING) {
        return new VerbatimReply(lua.text(L, -1)!, format);
      }
    }
    if (field('map', TABLE)) {
      const flat: Reply[] = [];
      api.lua_pushnil(L);
      while (api.lua_next(L, -2) !== 0) {
        api.lua_pushvalue(L, -2);
        flat.push(popReply(lua, L, resp, depth + 1));
        flat.push(popReply(lua, L, resp, depth + 1));
      }
      return new MapReply(flat);
    }
    if (field('set', TABLE)) {
      const members: Reply[] = [];
      api.lua_pushnil(L);
      while (api.lua_next(L, -2) !== 0) {
        lua.pop(L);
        api.lua_pushvalue(L, -1);
        members.push(popReply(lua, L, resp, depth + 1));
      }
      return new SetReply(members);
    }
    api.lua_settop(L, top);
    const items: Reply[] = [];
    for (;;) {
      api.lua_rawgeti(L, -1, items.length + 1);
      if (api.lua_type(L, -1) === NIL) break;
      items.push(popReply(lua, L, resp, depth + 1));
    }
    return items;
  } finally {
    api.lua_settop(L, top);
  }
}

/** Of a C string what stands before its first zero byte. */
const cString = (text: string): string => text.split('\0', 1)[0]!;
/** Replies of one line. */
export const line = (text: string): string => text.replace(/[\r\n]/g, ' ');

/** What is known of an error that is a table, on top of the stack. */
export function readError(
  lua: Machine,
  L: number,
): { message: string; source: string | null; line: string | null; counted: boolean } {
  const field = (name: string): string | null => {
    lua.getField(L, -1, name);
    const text = lua.text(L, -1);
    lua.pop(L);
    return text === null ? null : cString(text);
  };
  const message = field('err');
  const source = field('source');
  const at = field('line');
  const counted =
    lua.getField(L, -1, 'ignore_error_stats_update') === BOOLEAN &&
    lua.api.lua_toboolean(L, -1) !== 0;
  lua.pop(L);
  // redis-server 7.0 ends itself where there is no text.
  return { message: message ?? 'ERR unknown error', source, line: at, counted };
}
