/** One state of Lua, as a server has one: it compiles scripts and runs them. */
import type { Bytes } from '../core/bytes.ts';
import { Client } from '../core/client.ts';
import { err, ReplyError, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { COUNT_EVENTS, LINE_EVENTS, OUT_OF_MEMORY, REGISTRY, TABLE } from './api.ts';
import { CountedError, line, popReply, raise, readError } from './conversion.ts';
import { openEnvironment } from './environment.ts';
import { Machine } from './machine.ts';
import type { Random } from './random.ts';
import { openRedis } from './redis-library.ts';
import type { Run } from './run.ts';

/** So many steps a script may take. A second on a desk, some on a phone. */
export const MOST_STEPS = 50_000_000;
/** How often they are counted. */
const STEPS_AT_ONCE = 100_000;

const TOO_LONG = `this emulator ends a script after ${MOST_STEPS.toLocaleString('en-US')} steps. A server would go on, and answer everyone else with BUSY until SCRIPT KILL`;

/** Commands of a script run as a client that nobody is connected to. */
export function scriptClient(server: Server): Client {
  const nobody = (): void => undefined;
  const client = new Client(0, server.databases[0]!, server.now, 'lua', nobody, nobody);
  client.denyBlocking = true;
  client.isScript = true;
  return client;
}

export class Interpreter {
  private readonly lua: Machine;
  private readonly globals: number;
  private readonly compiled = new Set<string>();
  private run: Run | null = null;
  /** Its memory is full, and nothing in it would be freed: another one has to take its place. */
  spent = false;

  constructor(module: WebAssembly.Module, server: Server, random: Random) {
    this.lua = new Machine(module);
    this.globals = openEnvironment(this.lua, random, (L) =>
      openRedis(this.lua, server, () => this.run!, L),
    );
    this.lua.onCount = (L) => this.count(L);
  }

  /** Compiles a script under its name. @returns what is wrong with it, or `null`. */
  define(name: string, body: Bytes): ReplyError | null {
    if (this.compiled.has(name)) return null;
    const { lua } = this;
    const { api, state: L } = lua;
    if (!lua.compile(L, body, '@user_script')) {
      const message = lua.text(L, -1)!.split('\0', 1)[0]!;
      lua.pop(L);
      return err(`Error compiling script (new function): ${line(message)}`);
    }
    lua.pushString(L, name);
    api.lua_insert(L, -2);
    api.lua_rawset(L, REGISTRY);
    this.compiled.add(name);
    return null;
  }

  /** Runs a script that was defined. */
  evaluate(name: string, keys: Bytes[], argv: Bytes[], run: Run): Reply {
    const { lua } = this;
    const { api, state: L } = lua;
    this.run = run;
    lua.rawField(L, REGISTRY, name);
    api.lua_rawgeti(L, REGISTRY, this.globals);
    this.setWords(L, 'KEYS', keys);
    this.setWords(L, 'ARGV', argv);
    lua.rawField(L, -1, '__redis__err__handler');
    api.lua_replace(L, -2);
    api.lua_insert(L, -2);
    lua.setHook(L, COUNT_EVENTS, STEPS_AT_ONCE);
    const status = api.lua_pcall(L, 0, 1, -2);
    lua.setHook(L, 0, 0);
    this.spent = status === OUT_OF_MEMORY;
    const reply = status !== 0 ? this.failure(L, name) : popReply(lua, L, run.client.resp);
    api.lua_settop(L, 0);
    this.run = null;
    return reply;
  }

  /** Sets a global of scripts to a table of words. */
  private setWords(L: number, name: string, words: Bytes[]): void {
    const { lua } = this;
    lua.pushString(L, name);
    lua.api.lua_createtable(L, 0, 0);
    words.forEach((word, i) => {
      lua.pushString(L, word);
      lua.api.lua_rawseti(L, -2, i + 1);
    });
    lua.api.lua_rawset(L, -3);
  }

  /** The error on top of the stack, as the client is told of it. */
  private failure(L: number, name: string): ReplyError {
    const { lua } = this;
    if (lua.api.lua_type(L, -1) !== TABLE) {
      const text = lua.text(L, -1) ?? 'execution failure';
      return err(`Error running script ${name}, ${text.slice(0, 100)}`);
    }
    const error = readError(lua, L);
    const placed = error.source !== null && error.line !== null;
    const place = placed ? ` script: ${name}, on ${error.source}:${error.line}.` : '';
    const message = line(error.message + place);
    return error.counted ? new CountedError(message) : new ReplyError(message);
  }

  private count(L: number): void {
    const run = this.run!;
    run.steps += STEPS_AT_ONCE;
    if (run.steps <= MOST_STEPS) return;
    // From now on at every line, so that no pcall goes on behind it.
    this.lua.setHook(L, LINE_EVENTS, 0);
    raise(this.lua, L, TOO_LONG);
  }
}
