/**
 * What a server may take that lives in somebody's browser. No setting lifts these limits: they are
 * not the server's, but of the place that it runs in.
 */
import type { Client } from './client.ts';
import type { Bytes } from './bytes.ts';
import type { CommandSpec } from './command-table.ts';
import { memoryUsage, usedMemory } from './eviction.ts';
import { err, type ReplyError } from './reply.ts';
import type { Server } from './server.ts';

export interface Cage {
  /** The longest string in bytes: what `proto-max-bulk-len` is at first, and at most. */
  longestString: number;
  /** All keys and values in bytes, counted as `MEMORY USAGE` counts them. */
  memory: number;
}

/** The cage of the course: a bitmap of 33 million users fits, and a phone bears it. */
export const CAGE: Readonly<Cage> = { longestString: 4 * 2 ** 20, memory: 32 * 2 ** 20 };

const NO_ROOM = err(
  `this emulator has no room for more than ${CAGE.memory / 2 ** 20} MB of keys and values: DEL makes room`,
);

/** Elements that the replies of one EXEC may have together. */
const MOST_ELEMENTS = 2_000_000;
const TOO_MANY = err('this emulator cannot hold so much');

/**
 * Adds up the replies of a transaction: a thousand times a long list, or dump, is more than there is memory.
 *
 * @returns runs a command, unless it only reads and there were too many replies already.
 */
export function boundedReplies(): <T>(spec: CommandSpec, run: () => T) => T | ReplyError {
  let elements = 0;
  return (spec, run) => {
    if (elements > MOST_ELEMENTS && !spec.write) return TOO_MANY;
    const reply = run();
    if (Array.isArray(reply)) elements += reply.length;
    else if (typeof reply === 'string') elements += reply.length / OVERHEAD;
    return reply;
  };
}

/** What an element costs besides its bytes. */
const OVERHEAD = 64;

/** Commands that write as much as a number says, and not as much as was typed. */
const STRETCHING = new Set(['append', 'bitfield', 'setbit', 'setrange']);
/** Commands that write what other keys hold, or more than the bytes that were typed. */
const COPYING = new Set(
  'bitop copy georadius georadiusbymember geosearchstore pfadd pfmerge restore restore-asking sdiffstore sinterstore sort sunionstore zdiffstore zinterstore zrangestore zunionstore'.split(
    ' ',
  ),
);

/** Watches that the keys stay within their memory, and measures them as seldom as it can. */
export class MemoryWatch {
  readonly #server: Server;
  readonly #most: number;
  /** As measured. */
  #used = 0;
  /** At most so much was added since. */
  #added = 0;
  /** The state in which there was no room. */
  #full = '';

  constructor(server: Server, most: number) {
    this.#server = server;
    this.#most = most;
  }

  /** @throws ReplyError if nothing more may be written. */
  check(): void {
    // A little beyond it is no harm, and spares a measurement with every command near the limit.
    const slack = this.#most / 16;
    if (this.#used <= this.#most && this.#used + this.#added <= this.#most + slack) return;
    const { dirty, databases } = this.#server;
    const state = [dirty, ...databases.map(({ dict }) => dict.size)].join();
    if (this.#full === state) throw NO_ROOM;
    this.#used = usedMemory(this.#server);
    this.#added = 0;
    if (this.#used <= this.#most) return;
    this.#full = state;
    throw NO_ROOM;
  }

  /** Runs a command that writes, and notes how much it may have added. */
  count<T>(name: string, client: Client, argv: readonly Bytes[], run: () => T): T {
    const stretches = STRETCHING.has(name);
    const before = stretches ? lengthOf(client, argv[1]!) : 0;
    const result = run();
    if (stretches) this.#added += Math.max(0, lengthOf(client, argv[1]!) - before);
    for (const word of argv) {
      const copied = COPYING.has(name) ? client.db.dict.get(word) : undefined;
      this.#added += word.length + OVERHEAD + (copied ? memoryUsage(word, copied) : 0);
    }
    return result;
  }
}

function lengthOf({ db }: Client, key: Bytes): number {
  const value = db.dict.get(key);
  return value?.type === 'string' ? value.length : 0;
}
