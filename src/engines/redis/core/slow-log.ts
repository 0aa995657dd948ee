/** What took long: SLOWLOG and LATENCY look at it. */
import type { Bytes } from './bytes.ts';
import type { Client } from './client.ts';
import type { CommandSpec } from './command-table.ts';
import type { Config } from './config.ts';

export interface SlowCommand {
  id: number;
  /** Unix time in seconds. */
  at: number;
  microseconds: number;
  argv: readonly Bytes[];
  address: string;
  name: Bytes;
}

/** The samples of an event: Unix time in seconds, and milliseconds. */
export interface Latency {
  samples: [at: number, milliseconds: number][];
  most: number;
}

/** As many samples as redis-server keeps of an event. */
const MOST_SAMPLES = 160;
const MOST_WORDS = 32;
const LONGEST_WORD = 128;

export class SlowLog {
  /** The latest first. */
  commands: SlowCommand[] = [];
  readonly latencies = new Map<string, Latency>();
  private next = 0;
  private readonly config: Config;

  constructor(config: Config) {
    this.config = config;
  }

  /** Notes a command, if it took as long as the settings say. @param now Unix time in milliseconds, at its end. */
  note(
    spec: CommandSpec,
    client: Client,
    argv: readonly Bytes[],
    now: number,
    milliseconds: number,
  ): void {
    const { slowerThan, latency } = this.config.numbers;
    const at = Math.floor(now / 1000);
    const microseconds = Math.round(milliseconds * 1000);
    if (slowerThan >= 0 && microseconds >= slowerThan && !spec.flags.includes('skip_slowlog')) {
      const { address, name } = client;
      const words = shortened(spec.name === 'config|set' ? redacted(argv) : argv);
      this.commands.unshift({ id: this.next++, at, microseconds, argv: words, address, name });
      this.commands.length = Math.min(
        this.commands.length,
        Number(this.config.get('slowlog-max-len')),
      );
    }
    if (latency > 0 && milliseconds >= latency)
      this.sample(spec.flags.includes('fast') ? 'fast-command' : 'command', at, milliseconds);
  }

  private sample(event: string, at: number, taken: number): void {
    const milliseconds = Math.floor(taken);
    const found = this.latencies.get(event) ?? { samples: [], most: 0 };
    this.latencies.set(event, found);
    found.most = Math.max(found.most, milliseconds);
    const last = found.samples.at(-1);
    // One a second: the longest.
    if (last?.[0] === at) last[1] = Math.max(last[1], milliseconds);
    else found.samples.push([at, milliseconds]);
    if (found.samples.length > MOST_SAMPLES) found.samples.shift();
  }
}

/** Passwords are not for the log. */
const redacted = (argv: readonly Bytes[]): Bytes[] =>
  argv.map((word, i) => (argv[i - 1]?.toLowerCase() === 'requirepass' ? '(redacted)' : word));

function shortened(argv: readonly Bytes[]): Bytes[] {
  const words = argv
    .slice(0, argv.length > MOST_WORDS ? MOST_WORDS - 1 : MOST_WORDS)
    .map((word) => {
      const more = word.length - LONGEST_WORD;
      return more > 0 ? `${word.slice(0, LONGEST_WORD)}... (${more} more bytes)` : word;
    });
  const more = argv.length - words.length;
  return more > 0 ? [...words, `... (${more} more arguments)`] : words;
}
