/** EVAL and its siblings, SCRIPT. */
import type { Bytes } from '../core/bytes.ts';
import type { Handler } from '../core/command-table.ts';
import { err, OK, ReplyError } from '../core/reply.ts';
import { long } from '../core/numbers.ts';
import type { Server } from '../core/server.ts';
import { NO_SCRIPT, ScriptCache } from './cache.ts';
import { CountedError } from './conversion.ts';
import { luaWasm } from './wasm.ts';

/** Loads Lua. */
export async function scriptCommands(): Promise<Record<string, Handler>> {
  const module = await luaWasm();
  const caches = new WeakMap<Server, { cache: ScriptCache; starts: number }>();
  const cacheOf = (server: Server): ScriptCache => {
    const known = caches.get(server);
    if (known?.starts === server.starts) return known.cache;
    const cache = new ScriptCache(server, module);
    caches.set(server, { cache, starts: server.starts });
    return cache;
  };
  const run =
    (readOnly: boolean, name: (server: Server, word: Bytes) => string): Handler =>
    (server, client, argv) => {
      const keys = keyCount(argv);
      const sha = name(server, argv[1]!);
      const words = argv.slice(3);
      const reply = cacheOf(server).run(
        sha,
        client,
        words.slice(0, keys),
        words.slice(keys),
        readOnly,
      );
      // An error of a command has been counted; one of the script's own has not.
      if (reply instanceof ReplyError && !(reply instanceof CountedError)) throw reply;
      return reply;
    };
  const byText = (server: Server, text: Bytes): string => cacheOf(server).load(text);
  const bySha = (_server: Server, sha: Bytes): string => sha.toLowerCase();
  const ofSha =
    (handler: Handler): Handler =>
    (server, client, argv) => {
      // Before the keys are counted.
      if (argv[1]!.length !== 40) throw NO_SCRIPT;
      return handler(server, client, argv);
    };
  return {
    eval: run(false, byText),
    eval_ro: run(true, byText),
    evalsha: ofSha(run(false, bySha)),
    evalsha_ro: ofSha(run(true, bySha)),
    'script|load': (server, _client, argv) => cacheOf(server).load(argv[2]!),
    'script|exists': (server, _client, argv) =>
      argv.slice(2).map((sha) => Number(cacheOf(server).has(sha))),
    'script|flush': (server, _client, argv) => {
      const known = argv.length === 2 || (argv.length === 3 && /^a?sync$/i.test(argv[2]!));
      if (!known) throw err('SCRIPT FLUSH only support SYNC|ASYNC option');
      cacheOf(server).flush();
      return OK;
    },
    'script|kill': () => {
      throw new ReplyError('NOTBUSY No scripts in execution right now.');
    },
  };
}

/** How many of the words behind `numkeys` are keys. */
function keyCount(argv: Bytes[]): number {
  const count = long(argv[2]!);
  if (count > argv.length - 3) throw err("Number of keys can't be greater than number of args");
  if (count < 0) throw err("Number of keys can't be negative");
  return count;
}
