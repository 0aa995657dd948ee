/** A Redis on a clock of its own, for what a page computes when it is built. */
import {
  createServer,
  fromText,
  loadEveryCommand,
  ReplyError,
  toText,
  type Client,
  type Crash,
  type Server,
} from '../../engines/redis/emulator.ts';

// Rare commands come in parts, also where pages are built.
await loadEveryCommand();

const START = Date.UTC(2026, 0, 1, 12);

export class VirtualRedis {
  private now = START;
  private readonly server: Server;
  private client: Client;

  /** @param random uniform in [0, 1); the same numbers make the same page. */
  constructor(random: () => number) {
    this.server = createServer({ clock: () => this.now, random });
    this.client = this.server.connect();
  }

  /** @returns the reply as text; an integer as its digits, nothing as `null`. @throws Error for an error reply. */
  run(...words: string[]): string | null {
    const reply = this.server.execute(this.client, words.map(fromText));
    if (reply instanceof ReplyError) throw new Error(`${words.join(' ')}: ${reply.message}`);
    if (typeof reply === 'string') return toText(reply);
    return typeof reply === 'number' || typeof reply === 'bigint' ? String(reply) : null;
  }

  /** Lets time pass, with everything that is due in it: save points, fsync, expiry. */
  pass(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (let next = this.server.nextEvent(); next <= end; next = this.server.nextEvent()) {
      this.now = Math.max(this.now, next);
      this.server.tick();
    }
    this.now = end;
    this.server.tick();
  }

  /** @returns where the restarted server found its data. */
  crash(kind: Crash): 'aof' | 'rdb' | 'nothing' {
    const source = this.server.persistence.crash(kind);
    this.client = this.server.connect();
    return source;
  }
}

/** Numbers that look random and are the same in every build. @param seed any integer. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
