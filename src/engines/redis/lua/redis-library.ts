/** The library `redis` of scripts. */
import type { Bytes } from '../core/bytes.ts';
import { Several, type CommandSpec } from '../core/command-table.ts';
import { ReplyError } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { REDIS_VERSION } from '../core/version.ts';
import { NUMBER, STRING } from './api.ts';
import { pushError, pushReply, raise } from './conversion.ts';
import type { LuaFunction, Machine } from './machine.ts';
import { exactText, toInt32 } from './numbers.ts';
import type { Run } from './run.ts';
import { sha1 } from './sha1.ts';

/** How many steps of a script a command counts for. */
const STEPS_OF_A_COMMAND = 100;

/** @param run the script that runs. */
export function openRedis(lua: Machine, server: Server, run: () => Run, L: number): void {
  const { api } = lua;
  const call =
    (raising: boolean): LuaFunction =>
    (state) => {
      const argv = commandWords(lua, state);
      if (argv === null) return raising ? api.lua_error(state) : 1;
      run().steps += STEPS_OF_A_COMMAND;
      const spec = lookup(server, argv);
      const refusal = refusalOf(run(), spec, argv);
      if (spec === undefined || refusal !== null) {
        if (spec) spec.rejected++;
        countError(server, refusal!);
        pushError(lua, state, refusal!, true);
        return raising ? api.lua_error(state) : 1;
      }
      run().hasWritten ||= spec.write;
      const { client } = run();
      const answer = server.call(client, spec, argv);
      const reply = answer instanceof Several ? answer.replies[0]! : (answer ?? null);
      if (Array.isArray(reply)) run().steps += reply.length;
      pushReply(lua, state, reply, client.resp);
      return raising && reply instanceof ReplyError ? api.lua_error(state) : 1;
    };
  lua.pushString(L, 'redis');
  api.lua_createtable(L, 0, 0);
  lua.setFunction(L, 'call', call(true));
  lua.setFunction(L, 'pcall', call(false));
  lua.setFunction(L, 'log', (state) => log(lua, state));
  lua.setField(L, 'LOG_DEBUG', 0);
  lua.setField(L, 'LOG_VERBOSE', 1);
  lua.setField(L, 'LOG_NOTICE', 2);
  lua.setField(L, 'LOG_WARNING', 3);
  const [major, minor, patch] = REDIS_VERSION.split('.').map(Number) as [number, number, number];
  lua.setField(L, 'REDIS_VERSION_NUM', (major << 16) | (minor << 8) | patch);
  lua.setField(L, 'REDIS_VERSION', REDIS_VERSION);
  lua.setFunction(L, 'setresp', (state) => {
    if (api.lua_gettop(state) !== 1) {
      return raise(lua, state, 'redis.setresp() requires one argument.');
    }
    const resp = toInt32(api.lua_tonumber(state, 1));
    if (resp !== 2 && resp !== 3) return raise(lua, state, 'RESP version must be 2 or 3.');
    run().client.resp = resp;
    return 0;
  });
  lua.setFunction(L, 'sha1hex', (state) => {
    if (api.lua_gettop(state) !== 1) return raise(lua, state, 'wrong number of arguments');
    lua.pushString(state, sha1(lua.text(state, 1) ?? ''));
    return 1;
  });
  lua.setFunction(L, 'error_reply', (state) => {
    const text = onlyString(lua, state);
    if (text !== null) pushError(lua, state, text.startsWith('-') ? text : `-${text}`);
    return 1;
  });
  lua.setFunction(L, 'status_reply', (state) => {
    const text = onlyString(lua, state);
    if (text !== null) {
      api.lua_createtable(state, 0, 0);
      lua.setField(state, 'ok', text);
    }
    return 1;
  });
  lua.setFunction(L, 'set_repl', (state) => {
    if (api.lua_gettop(state) !== 1) {
      return raise(lua, state, 'redis.set_repl() requires two arguments.');
    }
    const flags = toInt32(api.lua_tonumber(state, -1));
    if ((flags & ~3) === 0) return 0;
    const names = 'REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE';
    return raise(lua, state, `Invalid replication flags. Use ${names}.`);
  });
  for (const [name, value] of Object.entries(REPLICATION)) lua.setField(L, name, value);
  lua.setFunction(L, 'acl_check_cmd', (state) => {
    const argv = commandWords(lua, state);
    if (argv === null) return api.lua_error(state);
    if (!lookup(server, argv)) {
      return raise(lua, state, 'Invalid command passed to redis.acl_check_cmd()');
    }
    api.lua_pushboolean(state, 1);
    return 1;
  });
  // Of the debugger, which is not here.
  lua.setFunction(L, 'breakpoint', (state) => {
    api.lua_pushboolean(state, 0);
    return 1;
  });
  lua.setFunction(L, 'debug', () => 0);
  lua.setFunction(L, 'replicate_commands', (state) => {
    api.lua_pushboolean(state, 1);
    return 1;
  });
  api.lua_rawset(L, -3);
}

const REPLICATION = { REPL_NONE: 0, REPL_AOF: 1, REPL_SLAVE: 2, REPL_REPLICA: 2, REPL_ALL: 3 };

/** The words of a command from the stack, which is empty afterwards; `null` with an error on it if they are none. */
function commandWords(lua: Machine, L: number): Bytes[] | null {
  const { api } = lua;
  const count = api.lua_gettop(L);
  if (count === 0) {
    pushError(lua, L, 'Please specify at least one argument for this redis lib call');
    return null;
  }
  const argv: Bytes[] = [];
  for (let i = 1; i <= count; i++) {
    const word = api.lua_type(L, i) === NUMBER ? exactText(lua, L, i) : lua.text(L, i);
    if (word === null) break;
    argv.push(word);
  }
  api.lua_settop(L, 0);
  if (argv.length === count) return argv;
  pushError(lua, L, 'Lua redis lib command arguments must be strings or integers');
  return null;
}

/** A command by its words, one of its subcommands if it has some. */
function lookup(server: Server, argv: Bytes[]): CommandSpec | undefined {
  const spec = server.commands.get(argv[0]!.toLowerCase());
  if (!spec?.subcommands || argv.length === 1) return spec;
  return spec.subcommands.get(argv[1]!.toLowerCase());
}

/** What counts as a write in a script that only reads, though it writes nothing. */
const REPLICATED = new Set(['publish', 'spublish', 'pfcount']);

/** Why a script may not run a command, or `null`. */
function refusalOf(run: Run, spec: CommandSpec | undefined, argv: Bytes[]): string | null {
  if (!spec) return 'Unknown Redis command called from script';
  const { arity, flags } = spec;
  if (arity > 0 ? arity !== argv.length : argv.length < -arity) {
    return 'Wrong number of args calling Redis command from script';
  }
  if (flags.includes('noscript')) return 'This Redis command is not allowed from script';
  if (run.readOnly && (spec.write || REPLICATED.has(spec.name))) {
    return 'Write commands are not allowed from read-only scripts.';
  }
  if (spec.denyOnMemory && run.full && !run.hasWritten) {
    return "-OOM command not allowed when used memory > 'maxmemory'.";
  }
  return null;
}

function countError({ stats }: Server, message: string): void {
  const code = message.startsWith('-') ? message.slice(1).split(' ', 1)[0]! : 'ERR';
  stats.errors.set(code, (stats.errors.get(code) ?? 0) + 1);
}

/** The one argument, if it is a string; else `null`, with an error on the stack. */
function onlyString(lua: Machine, L: number): Bytes | null {
  if (lua.api.lua_gettop(L) === 1 && lua.api.lua_type(L, 1) === STRING) {
    return lua.text(L, 1)!.split('\0', 1)[0]!;
  }
  pushError(lua, L, 'wrong number or type of arguments');
  return null;
}

/** Writes to the server's log, which nobody sees here. */
function log(lua: Machine, L: number): number {
  const { api } = lua;
  if (api.lua_gettop(L) < 2) {
    return raise(lua, L, 'redis.log() requires two arguments or more.');
  }
  if (api.lua_isnumber(L, 1) === 0) {
    return raise(lua, L, 'First argument must be a number (log level).');
  }
  const level = toInt32(api.lua_tonumber(L, 1));
  if (level < 0 || level > 3) return raise(lua, L, 'Invalid debug level.');
  return 0;
}
