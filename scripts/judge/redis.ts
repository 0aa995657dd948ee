/**
 * Random command sequences against a real redis-server and the emulator.
 *
 *     npm run judge -- redis --commands 100000 --seed 1 [--group list] [--length 120] [--keep-going 10]
 *
 * Prints every mismatch reduced to a shortest sequence that still shows it, and a rate per group.
 * Ends with 1 if there was any.
 */
import { parseArgs } from 'node:util';
import { startRedisServer } from '../redis/server-process.ts';
import { Duel } from './redis/duel.ts';
import { fuzz } from './redis/fuzz.ts';
import { dumps } from './redis/transfer.ts';

const { values } = parseArgs({
  options: {
    commands: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    group: { type: 'string' },
    length: { type: 'string', default: '120' },
    'keep-going': { type: 'string', default: '10' },
  },
});
const redis = await startRedisServer({ frozenClock: true });
const duel = await Duel.begin(redis);
const started = Date.now();
try {
  const result = await fuzz(duel, {
    commands: Number(values.commands),
    seed: Number(values.seed),
    length: Number(values.length),
    maxMismatches: Number(values['keep-going']),
    ...(values.group === undefined ? {} : { group: values.group }),
    onMismatch: (report) => console.log(`\n${report}`),
  });
  console.log(
    `\nseed ${values.seed}, redis-server ${redis.version}, ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  console.log('group          commands  mismatches');
  for (const [group, { commands, mismatches }] of Object.entries(result.groups)) {
    console.log(
      `${group.padEnd(13)} ${String(commands).padStart(9)} ${String(mismatches).padStart(11)}`,
    );
  }
  console.log(
    `${'all'.padEnd(13)} ${String(result.commands).padStart(9)} ${String(result.mismatches).padStart(11)}`,
  );
  if (dumps.made > 0) {
    console.log(`dumps: ${dumps.made}, every byte the same in ${dumps.same}, the content in all`);
  }
  process.exitCode = result.mismatches > 0 ? 1 : 0;
} finally {
  duel.end();
  await redis.stop();
}
