/**
 * Many clients count on one key, once by reading, adding and writing, once with INCR. Every client
 * takes its steps in order; whose step comes next is drawn.
 */
import { seededRandom, VirtualRedis } from './virtual-redis.ts';

export interface RaceResult {
  clients: number;
  /** What stood in the key after GET, + 1, SET by everybody. */
  readModifyWrite: number;
  /** What stood in the key after INCR by everybody. */
  increment: number;
}

const KEY = 'page:home:views';

/**
 * @param requests how many views there are in all, dealt out to the clients in turn.
 * @param clients how many work at the same time, at least 1.
 */
export function raceOfCounters(requests: number, clients: number, seed = 1): RaceResult {
  return {
    clients,
    readModifyWrite: play(requests, clients, seed, readThenWrite),
    increment: play(requests, clients, seed, (redis) => [() => redis.run('INCR', KEY)]),
  };
}

/** The steps of one request; between any two of them, others take theirs. */
type Request = (redis: VirtualRedis) => (() => void)[];

const readThenWrite: Request = (redis) => {
  let views = 0;
  return [
    () => (views = Number(redis.run('GET', KEY))),
    () => redis.run('SET', KEY, String(views + 1)),
  ];
};

function play(requests: number, clients: number, seed: number, request: Request): number {
  const random = seededRandom(seed);
  const redis = new VirtualRedis(random);
  redis.run('SET', KEY, '0');
  const waiting = Array.from({ length: clients }, () => [] as (() => void)[]);
  for (let i = 0; i < requests; i++) waiting[i % clients]!.push(...request(redis));
  for (let busy = waiting; busy.length > 0; busy = busy.filter((steps) => steps.length > 0))
    busy[Math.floor(random() * busy.length)]!.shift()?.();
  return Number(redis.run('GET', KEY));
}
