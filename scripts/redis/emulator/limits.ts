/** What one connection may let wait: the two parameters of redis.conf about it, and the emulator's own bounds. */
import { memory, type Config, type Rule } from '../../../src/engines/redis/core/config.ts';

/** In bytes, and for the soft one in seconds; 0 is none. */
export interface OutputLimit {
  hard: number;
  soft: number;
  seconds: number;
}

export type ClientClass = 'normal' | 'pubsub';

/**
 * The emulator's own bounds, in bytes. redis-server lets a normal client's replies wait without end, and
 * so ends with the machine's memory. This is one process of Node, and has less.
 */
export interface Bounds {
  /** A client with so much unread is not answered until it reads. */
  unread: number;
  /** What all connections together may let wait. Beyond it the one with the most is cut off. */
  together: number;
}

export const BOUNDS: Bounds = { unread: 1024 ** 2, together: 512 * 1024 ** 2 };

const OUTPUT = 'client-output-buffer-limit';
const QUERY = 'client-query-buffer-limit';

/** As in redis.conf. */
const OUTPUT_DEFAULT = 'normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60';
const QUERY_DEFAULT = '1073741824';
const LEAST_QUERY = 1024 ** 2;

/** Teaches a server's CONFIG the two parameters. */
export function addLimits(config: Config): void {
  config.add(OUTPUT, OUTPUT_DEFAULT, outputRule);
  config.add(QUERY, QUERY_DEFAULT, queryRule);
}

/** Class, hard limit, soft limit, seconds, as often as one likes; what is not named stays. */
const outputRule: Rule = (value, before) => {
  const kept = groups(before.split(' '));
  const words = value === '' ? [] : value.split(' ');
  if (words.length % 4 !== 0)
    return { refused: 'Wrong number of arguments in buffer limit configuration.' };
  for (const [name, ...numbers] of groups(words).values()) {
    const known = name!.toLowerCase().replace('replica', 'slave');
    if (!kept.has(known))
      return { refused: 'Invalid client class specified in buffer limit configuration.' };
    const [hard, soft] = numbers.slice(0, 2).map((number) => memory(number, ''));
    const seconds = numbers[2]!;
    if (typeof hard !== 'string' || typeof soft !== 'string' || !/^\d+$/.test(seconds))
      return {
        refused: 'Error in hard, soft or soft_seconds setting in buffer limit configuration.',
      };
    kept.set(known, [known, hard, soft, seconds]);
  }
  return [...kept.values()].map((group) => group.join(' ')).join(' ');
};

/** By its place for new words, so that the last of two wins; by name for those that are kept. */
function groups(words: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (let at = 0; at + 3 < words.length; at += 4) {
    const group = words.slice(at, at + 4);
    found.delete(group[0]!);
    found.set(group[0]!, group);
  }
  return found;
}

const queryRule: Rule = (value) => {
  const kept = memory(value, '');
  return typeof kept === 'string' && Number(kept) < LEAST_QUERY
    ? { refused: `argument must be between ${LEAST_QUERY} and 9223372036854775807 inclusive` }
    : kept;
};

/** Read for every reply: kept as long as the text is the same. */
let read = { text: '', limits: new Map<string, OutputLimit>() };

/** The limit of a class of clients, as CONFIG has it now. */
export function outputLimit(config: Config, kind: ClientClass): OutputLimit {
  const text = config.get(OUTPUT);
  if (text !== read.text) {
    const limits = [...groups(text.split(' '))].map(([name, [, hard, soft, seconds]]) => {
      const limit = { hard: Number(hard), soft: Number(soft), seconds: Number(seconds) };
      return [name, limit] as const;
    });
    read = { text, limits: new Map(limits) };
  }
  return read.limits.get(kind)!;
}

/** How much of a command, or of commands that wait, a client may send, in bytes. */
export const queryLimit = (config: Config): number => Number(config.get(QUERY));
