import { afterAll, beforeAll, expect, it } from 'vitest';
import { handlers, loadEveryCommand } from '../../../../src/engines/redis/commands/index.ts';
import { Server } from '../../../../src/engines/redis/core/server.ts';
import { startRedisServer, type RedisProcess } from '../../../redis/server-process.ts';
import { show } from '../compare.ts';
import { Connection } from '../connection.ts';
import { START } from '../duel.ts';
import { wire } from '../wire.ts';
import { FIXED } from './fixed.ts';

let redis: RedisProcess;
beforeAll(async () => {
  redis = await startRedisServer({ frozenClock: true });
  redis.setClock(START);
  await loadEveryCommand();
}, 60_000);
afterAll(() => redis.stop());

it.each([2, 3] as const)(
  'answers scripts as redis-server does, in RESP %i',
  async (resp) => {
    const real = await Connection.open(redis.port);
    await real.call('FLUSHALL');
    await real.call('SCRIPT', 'FLUSH');
    const server = new Server({ clock: () => START, random: () => 0, handlers });
    const client = server.connect();
    await real.call('HELLO', String(resp));
    server.execute(client, ['HELLO', String(resp)]);
    // The random numbers of scripts go on, and this server may have run some.
    const seed = ['EVAL', 'math.randomseed(0)', '0'];
    await real.call(...seed);
    server.execute(client, seed);
    const different: string[] = [];
    for (const argv of FIXED) {
      const mine = show(wire(server.execute(client, argv)!, resp));
      const theirs = show(await real.call(...argv));
      if (mine !== theirs)
        different.push(`${argv.join(' ')}\n  emulator ${mine}\n  redis    ${theirs}`);
    }
    real.close();
    expect(different).toEqual([]);
    expect(FIXED.length).toBeGreaterThanOrEqual(300);
  },
  60_000,
);
