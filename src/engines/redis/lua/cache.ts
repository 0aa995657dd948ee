/** The scripts that a server knows, until it starts anew or SCRIPT FLUSH. */
import type { Bytes } from '../core/bytes.ts';
import { splitArguments } from '../cli/split-arguments.ts';
import { err, ReplyError, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import type { Client } from '../core/client.ts';
import { evict } from '../core/eviction.ts';
import { GaveUp } from './host.ts';
import { Interpreter, scriptClient } from './interpreter.ts';
import { Random } from './random.ts';
import { sha1 } from './sha1.ts';

/** What the first line of a script says of it: `#!lua flags=no-writes`. */
const FLAGS = ['no-writes', 'allow-oom', 'allow-stale', 'no-cluster', 'allow-cross-slot-keys'];

interface Script {
  body: Bytes;
  /** Without a shebang line, `null`: what it may do shows when it does it. */
  flags: ReadonlySet<string> | null;
}

export const NO_SCRIPT = new ReplyError('NOSCRIPT No matching script. Please use EVAL.');

export class ScriptCache {
  private readonly server: Server;
  private readonly module: WebAssembly.Module;
  private readonly scripts = new Map<string, Script>();
  /** Their names by their texts: most scripts come many times, and a hash takes as long as they do. */
  private readonly names = new Map<Bytes, string>();
  private interpreter: Interpreter | null = null;
  private readonly client: Client;
  /** SCRIPT FLUSH does not begin it anew. */
  private readonly random = new Random();

  /** @param module Lua's wasm. */
  constructor(server: Server, module: WebAssembly.Module) {
    this.server = server;
    this.module = module;
    this.client = scriptClient(server);
  }

  has(sha: string): boolean {
    return this.scripts.has(sha.toLowerCase());
  }
  flush(): void {
    this.scripts.clear();
    this.names.clear();
    this.interpreter = null;
  }

  /** @returns the name of the script, which is the SHA-1 of its text. @throws ReplyError if it is none. */
  load(text: Bytes): string {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    const sha = sha1(text);
    const script = withoutShebang(text);
    const error = this.protect((interpreter) => interpreter.define(sha, script.body));
    if (error !== null) throw error;
    this.scripts.set(sha, script);
    this.names.set(text, sha);
    return sha;
  }

  /** @param readOnly it was called by a command that only reads. */
  run(sha: string, caller: Client, keys: Bytes[], argv: Bytes[], readOnly: boolean): Reply {
    const script = this.scripts.get(sha);
    if (!script) throw NO_SCRIPT;
    const { flags } = script;
    const { server, client } = this;
    const full = server.config.maxmemory > 0 && !evict(server);
    const writes = flags !== null && !flags.has('no-writes');
    if (writes && full && !flags.has('allow-oom')) {
      throw new ReplyError("OOM command not allowed when used memory > 'maxmemory'.");
    }
    if (writes && readOnly) {
      throw err('Can not execute a script with write flag using *_ro command.');
    }
    client.db = caller.db;
    client.resp = 2;
    return this.protect((interpreter) => {
      const error = interpreter.define(sha, script.body);
      return (
        error ??
        interpreter.evaluate(sha, keys, argv, {
          client,
          readOnly: readOnly || (flags?.has('no-writes') ?? false),
          full: full && !(flags?.has('allow-oom') ?? false),
          hasWritten: false,
          steps: 0,
        })
      );
    });
  }

  /** Whatever ends Lua itself (no memory, no stack) ends this state alone: the next script finds a new one. */
  private protect<T>(use: (interpreter: Interpreter) => T): T {
    try {
      this.interpreter ??= new Interpreter(this.module, this.server, this.random);
      const result = use(this.interpreter);
      if (this.interpreter.spent) this.interpreter = null;
      return result;
    } catch (caught) {
      if (caught instanceof ReplyError) throw caught;
      this.interpreter = null;
      const known = [RangeError, WebAssembly.RuntimeError, GaveUp];
      if (!known.some((kind) => caught instanceof kind)) throw caught;
      throw err('this emulator has no memory left for this script');
    }
  }
}

/** @throws ReplyError if its first line begins like a shebang line and is none. */
function withoutShebang(text: Bytes): Script {
  if (!text.startsWith('#!')) return { body: text, flags: null };
  const end = text.indexOf('\n');
  if (end < 0) throw err('Invalid script shebang');
  const words = splitArguments(text.slice(0, end), true);
  if (!words || words.length === 0) throw err('Invalid engine in script shebang');
  if (words[0] !== '#!lua') throw err(`Unexpected engine in script shebang: ${words[0]}`);
  const flags = new Set<string>();
  for (const word of words.slice(1)) {
    if (!word.startsWith('flags=')) throw err(`Unknown lua shebang option: ${word}`);
    const list = word.slice(6);
    for (const flag of list === '' ? [] : list.split(',')) {
      if (!FLAGS.includes(flag)) throw err(`Unexpected flag in script shebang: ${flag}`);
      flags.add(flag);
    }
  }
  // The line feed stays, so that lines count as they were written.
  return { body: text.slice(end), flags };
}
