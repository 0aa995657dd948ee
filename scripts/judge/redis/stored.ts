/** What is stored at the end of a sequence, on both sides. */
import type { Bytes } from '../../../src/engines/redis/core/bytes.ts';
import type { Client } from '../../../src/engines/redis/core/client.ts';
import type { Reply } from '../../../src/engines/redis/core/reply.ts';
import type { Server } from '../../../src/engines/redis/core/server.ts';
import { canonical, nearlySame, show, type Difference } from './compare.ts';
import type { Connection } from './connection.ts';
import { wire } from './wire.ts';

/**
 * Compares the keys of a database, and of each key type, encoding, expiry and value.
 *
 * @param observer a client of the emulator that takes no part in the sequence.
 * @param control such a client of redis-server. Both end in this database.
 * @param nearly the last bits of numbers may differ.
 */
export async function compareDatabase(
  server: Server,
  observer: Client,
  control: Connection,
  db: Bytes,
  nearly = false,
): Promise<Difference | null> {
  const both = async (...argv: Bytes[]): Promise<[Reply, Reply]> => {
    const mine = wire(server.execute(observer, argv)!, 2);
    return [mine, (await control.call(...argv))!];
  };
  await both('SELECT', db);
  const [mine, theirs] = await both('KEYS', '*');
  if (!Array.isArray(theirs)) return { what: 'KEYS *', emulator: show(mine), redis: show(theirs) };
  const keys = (reply: Reply): Bytes[] => [...(reply as Bytes[])].sort();
  if (show(keys(mine)) !== show(keys(theirs))) {
    return {
      what: `keys of database ${db}`,
      emulator: show(keys(mine)),
      redis: show(keys(theirs)),
    };
  }
  const commands: Bytes[][] = [];
  for (const key of keys(mine)) {
    const value = server.databases[Number(db)]!.dict.get(key)!;
    const read: Record<string, Bytes[]> = {
      string: ['GET', key],
      list: ['LRANGE', key, '0', '-1'],
      hash: ['HGETALL', key],
      set: ['SMEMBERS', key],
      zset: ['ZRANGE', key, '0', '-1', 'WITHSCORES'],
      stream: ['XINFO', 'STREAM', key, 'FULL', 'COUNT', '0'],
    };
    commands.push(
      ['TYPE', key],
      ['OBJECT', 'ENCODING', key],
      ['PEXPIRETIME', key],
      read[value.type]!,
    );
  }
  control.send(...commands);
  const answers: Reply[] = [];
  while (answers.length < commands.length) answers.push((await control.receive())!);
  for (const [i, argv] of commands.entries()) {
    const theirReply = answers[i]!;
    const myReply = wire(server.execute(observer, argv)!, 2);
    const value =
      server.databases[Number(db)]!.dict.get(argv.at(-1)!) ??
      server.databases[Number(db)]!.dict.get(argv[1]!);
    const loose = value?.type === 'hash' && !value.compact;
    const [a, b] = [canonical(argv, myReply, loose), canonical(argv, theirReply, loose)];
    if (show(a) !== show(b) && !(nearly && nearlySame(show(a), show(b)))) {
      return {
        what: `state: ${argv.map(show).join(' ')} (database ${db})`,
        emulator: show(a),
        redis: show(b),
      };
    }
  }
  return null;
}
