import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  findProgram,
  startRedisServer,
  type RedisProcess,
} from '../../../../scripts/redis/server-process.ts';
import { createServer } from '../emulator.ts';
import { completions, usage } from './help.ts';
import { printReply } from './print.ts';
import { splitArguments } from './split-arguments.ts';
import { bench } from '../testing.ts';
import { keyspace } from './keyspace.ts';

/** Every kind of reply redis-cli can print, in both protocols. */
const SESSION = String.raw`
SET greeting "caf\xc3\xa9 \"x\"\n\t\a\x01\\"
GET greeting
GET nothing
STRLEN greeting
PING
PING 'it''s'
ECHO 'it\'s'
INCRBYFLOAT pi 3.14
RPUSH list a b c d e f g h i j k
LRANGE list 0 -1
LRANGE list 5 1
LPOP list 0
LPOP nolist 3
ZADD board 1500.5 ann 2300 bob inf eve
ZRANGE board 0 -1 WITHSCORES
ZSCORE board ann
ZMPOP 1 board MIN COUNT 2
ZMPOP 1 nothing MIN
HSET h a 1 b 2
HGETALL h
HGETALL nothing
SADD s 1 2 3
SMEMBERS s
SMEMBERS nothing
MULTI
INCR n
LRANGE list 0 2
HGETALL h
LPUSH h x
EXEC
EXEC
FOO bar
GET
LPUSH h x
TYPE list
COMMAND INFO get
COMMAND GETKEYS MSET a 1 b 2
OBJECT ENCODING list
LCS greeting pi IDX
MGET a n nothing
HELLO 3
GET greeting
GET nothing
ZADD board 1500.5 ann 2300 bob inf eve
ZRANGE board 0 -1 WITHSCORES
ZSCORE board ann
ZSCORE board nobody
HGETALL h
HGETALL nothing
SMEMBERS s
SMEMBERS nothing
HRANDFIELD h 5 WITHVALUES
CONFIG GET maxmemory
LCS greeting pi IDX
COMMAND INFO get
ZPOPMIN board 2
MULTI
HGETALL h
SMEMBERS s
EXEC
HELLO 2
HELLO 9
`;
describe('redis-cli', () => {
  let redis: RedisProcess;
  beforeAll(async () => {
    redis = await startRedisServer();
  }, 60_000);
  afterAll(() => redis.stop());

  it('prints on a terminal exactly what the printer prints', () => {
    const lines = SESSION.split('\n').filter((line) => line !== '');
    const cli = findProgram('redis-cli', 'redis-tools', 'redis-cli');
    const printed = execFileSync(cli, ['-p', String(redis.port), '--no-raw'], {
      input: lines.join('\n'),
      encoding: 'utf8',
    });
    const server = createServer({ clock: Date.now, random: Math.random });
    const client = server.connect();
    const mine = lines.map((line) => {
      const argv = splitArguments(line);
      if (argv === null) return 'Invalid argument(s)\n';
      return printReply(server.execute(client, argv)!, client.resp);
    });
    // HELLO tells the number of the connection.
    const anonymous = (text: string): string =>
      text.replace(/("id"( =>|\n +8\)) \(integer\) )\d+/g, '$1N');
    expect(anonymous(mine.join(''))).toBe(anonymous(printed));
  });
});

describe('the reading of a line', () => {
  it.each([
    ['SET a b', ['SET', 'a', 'b']],
    ['  SET\ta   "b c"  ', ['SET', 'a', 'b c']],
    [String.raw`"\x41\n\"" '\n\''`, ['A\n"', String.raw`\n'`]],
    ['"" \'\'', ['', '']],
    ['é', ['\xc3\xa9']],
    ['a"b c"', ['ab c']],
    ['', []],
  ])('%s', (line, words) => {
    expect(splitArguments(line)).toEqual(words);
  });

  it.each(['"open', "'open", '"a"b', "'a'b"])('%s is refused', (line) => {
    expect(splitArguments(line)).toBeNull();
  });
});

describe('help', () => {
  it('completes commands and subcommands the emulator has', () => {
    const { server } = bench();
    expect(completions(server, 'zrange')).toEqual([
      'ZRANGE',
      'ZRANGEBYLEX',
      'ZRANGEBYSCORE',
      'ZRANGESTORE',
    ]);
    expect(completions(server, 'client s')).toEqual(['CLIENT SETNAME']);
    expect(completions(server, 'psync')).toEqual([]);
  });

  it('tells what a command takes', () => {
    const { server } = bench();
    expect(usage(server, 'expire session')).toEqual({
      syntax: 'EXPIRE key seconds [NX|XX|GT|LT]',
      summary: "Set a key's time to live in seconds",
    });
    expect(usage(server, 'nosuch')).toBeNull();
  });
});

describe('the view of the keys', () => {
  it('says what a HyperLogLog is, whose bytes tell a person nothing', () => {
    const b = bench();
    b.run('PFADD few a');
    b.run('PFADD many a');
    b.run('PFDEBUG TODENSE many');
    b.run('SET text HYLL');
    expect(keyspace(b.server).map(({ preview }) => preview[0])).toEqual([
      '(HyperLogLog, sparse)',
      '(HyperLogLog, dense)',
      'HYLL',
    ]);
  });

  it('shows type, encoding, time to live and the first elements', () => {
    const b = bench();
    b.run('RPUSH queue a b');
    b.run('SET token abc PX 1500');
    b.run('ZADD board 2 bob 1 ann');
    b.wait(500);
    expect(keyspace(b.server)).toEqual([
      {
        db: 0,
        key: 'board',
        type: 'zset',
        encoding: 'listpack',
        ttl: null,
        size: 2,
        preview: ['ann: 1', 'bob: 2'],
      },
      {
        db: 0,
        key: 'queue',
        type: 'list',
        encoding: 'quicklist',
        ttl: null,
        size: 2,
        preview: ['a', 'b'],
      },
      {
        db: 0,
        key: 'token',
        type: 'string',
        encoding: 'embstr',
        ttl: 1000,
        size: 3,
        preview: ['abc'],
      },
    ]);
  });
});
