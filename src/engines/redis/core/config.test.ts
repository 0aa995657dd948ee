import { describe, expect, it } from 'vitest';
import { bench, type Bench } from '../testing.ts';
import { Config } from './config.ts';

const all = (b: Bench, ...lines: string[]): string[] => lines.map((line) => b.run(line));
const encoding = (b: Bench, key: string): string => b.run(`OBJECT ENCODING ${key}`);
const OK = 'OK';

/** What each parameter that can be set changes: it throws if the parameter has no effect. */
const EFFECTS: Record<string, (b: Bench) => void> = {
  save(b) {
    all(b, 'CONFIG SET save ""', 'SET a 1');
    b.wait(7_200_000);
    expect(b.server.persistence.hasRdb).toBe(false);
    all(b, 'CONFIG SET save "5 1"', 'SET a 2');
    b.wait(7_200_000);
    expect(b.server.persistence.hasRdb).toBe(true);
  },
  appendonly(b) {
    all(b, 'CONFIG SET save "" appendonly yes', 'SET a 1');
    b.wait(1000);
    expect(b.server.persistence.crash('power')).toBe('aof');
    expect(b.run('GET a')).toBe('"1"');
  },
  appendfsync(b) {
    all(b, 'CONFIG SET save "" appendonly yes appendfsync always', 'SET a 1');
    b.server.persistence.crash('power');
    expect(b.run('GET a')).toBe('"1"');
    all(b, 'CONFIG SET appendfsync no', 'SET b 1');
    b.server.persistence.crash('power');
    expect(b.run('GET b')).toBe('(nil)');
  },
  maxmemory(b) {
    b.run('CONFIG SET maxmemory 1');
    expect(b.run('SET a 1')).toContain('OOM');
  },
  'maxmemory-policy'(b) {
    all(b, 'SET a 1', 'CONFIG SET maxmemory 1 maxmemory-policy allkeys-lru', 'SET b 1');
    expect(b.run('DBSIZE')).toBe('(integer) 0');
  },
  'lfu-log-factor'(b) {
    const frequency = (factor: number): string => {
      all(b, `CONFIG SET maxmemory-policy allkeys-lfu lfu-log-factor ${factor}`, 'SET a 1');
      for (let i = 0; i < 50; i++) b.run('GET a');
      return b.run('OBJECT FREQ a');
    };
    expect(frequency(0)).toBe('(integer) 55');
    b.run('DEL a');
    expect(frequency(10)).toBe('(integer) 6');
  },
  'lfu-decay-time'(b) {
    all(b, 'CONFIG SET maxmemory-policy allkeys-lfu lfu-decay-time 2', 'SET a 1');
    b.wait(240_000);
    expect(b.run('OBJECT FREQ a')).toBe('(integer) 3');
    b.run('CONFIG SET lfu-decay-time 0');
    expect(b.run('OBJECT FREQ a')).toBe('(integer) 5');
  },
  'hash-max-listpack-entries'(b) {
    all(b, 'CONFIG SET hash-max-listpack-entries 1', 'HSET h a 1', 'HSET h b 1');
    expect(encoding(b, 'h')).toBe('"hashtable"');
  },
  'hash-max-listpack-value'(b) {
    all(b, 'CONFIG SET hash-max-listpack-value 2', 'HSET h a 123');
    expect(encoding(b, 'h')).toBe('"hashtable"');
  },
  'set-max-intset-entries'(b) {
    all(b, 'CONFIG SET set-max-intset-entries 1', 'SADD s 1 2');
    expect(encoding(b, 's')).toBe('"hashtable"');
  },
  'zset-max-listpack-entries'(b) {
    all(b, 'CONFIG SET zset-max-listpack-entries 1', 'ZADD z 1 a 2 b');
    expect(encoding(b, 'z')).toBe('"skiplist"');
  },
  'zset-max-listpack-value'(b) {
    all(b, 'CONFIG SET zset-max-listpack-value 1', 'ZADD z 1 ab');
    expect(encoding(b, 'z')).toBe('"skiplist"');
  },
  'stream-node-max-entries'(b) {
    all(b, 'CONFIG SET stream-node-max-entries 2', ...fiveEntries);
    expect(b.run('XTRIM s MAXLEN ~ 1')).toBe('(integer) 4');
  },
  'stream-node-max-bytes'(b) {
    all(b, 'CONFIG SET stream-node-max-bytes 60', ...fiveEntries);
    expect(b.run('XTRIM s MAXLEN ~ 1')).toBe('(integer) 4');
  },
  'list-max-listpack-size'(b) {
    all(b, 'RPUSH l a b c');
    const together = b.run('DUMP l');
    b.run('CONFIG SET list-max-listpack-size 1');
    expect(b.run('DUMP l')).not.toBe(together);
  },
  'hll-sparse-max-bytes'(b) {
    all(b, 'CONFIG SET hll-sparse-max-bytes 20', 'PFADD h a b c d e f');
    expect(b.run('STRLEN h')).toBe('(integer) 12304');
  },
  'proto-max-bulk-len'(b) {
    all(b, 'CONFIG SET proto-max-bulk-len 1mb');
    expect(b.run('SETRANGE a 2000000 x')).toContain('exceeds maximum allowed size');
  },
  timeout(b) {
    const other = b.connect();
    b.run('CONFIG SET timeout 10');
    b.wait(10_000);
    expect(other.closed).toBe(false);
    b.wait(1000);
    expect(other.closed).toBe(true);
  },
  maxclients(b) {
    b.run('CONFIG SET maxclients 1');
    const second = b.connect();
    expect(b.run('PING', second)).toBe('(error) ERR max number of clients reached');
    expect(second.closing).toBe(true);
    expect(b.run('PING')).toBe('PONG');
  },
  requirepass(b) {
    b.run('CONFIG SET requirepass secret');
    expect(b.run('GET a', b.connect())).toBe('(error) NOAUTH Authentication required.');
  },
  'notify-keyspace-events'(b) {
    b.run('CONFIG SET notify-keyspace-events KEA');
    const listener = b.connect();
    b.run('PSUBSCRIBE __key*', listener);
    b.run('SET a 1');
    expect(b.messages(listener).join()).toContain('__keyevent@0__:set');
  },
  'slowlog-log-slower-than'(b) {
    all(b, 'CONFIG SET slowlog-log-slower-than -1', 'PING');
    expect(b.run('SLOWLOG LEN')).toBe('(integer) 0');
    all(b, 'CONFIG SET slowlog-log-slower-than 0', 'PING');
    expect(b.run('SLOWLOG LEN')).toBe('(integer) 2');
  },
  'slowlog-max-len'(b) {
    all(b, 'CONFIG SET slowlog-log-slower-than 0 slowlog-max-len 2', 'PING', 'PING', 'PING');
    expect(b.run('SLOWLOG LEN')).toBe('(integer) 2');
  },
  'latency-monitor-threshold'(b) {
    b.server.onSleep = (milliseconds) => b.wait(milliseconds);
    b.run('CONFIG SET latency-monitor-threshold 100');
    all(b, 'DEBUG SLEEP 0.05', 'DEBUG SLEEP 0.2');
    expect(b.run('LATENCY LATEST')).toMatch(/"command"\n.*\n.*\(integer\) 200\n.*\(integer\) 200/);
  },
};

const fiveEntries = [1, 2, 3, 4, 5].map((id) => `XADD s ${id}-0 field value`);

/** Those that stand as they are: a server without files, network or background threads has no use for another value. */
const FIXED = [
  ...['aof-use-rdb-preamble', 'maxmemory-samples'],
  ...['list-compress-depth', 'protected-mode', 'tcp-keepalive', 'hz'],
  ...['loglevel', 'lazyfree-lazy-eviction', 'lazyfree-lazy-expire', 'lazyfree-lazy-server-del'],
  ...['lazyfree-lazy-user-del', 'lazyfree-lazy-user-flush', 'activedefrag'],
  ...['busy-reply-threshold', 'port', 'bind'],
];
/** As on redis-server. */
const IMMUTABLE = [
  ...['appendfilename', 'appenddirname', 'databases', 'logfile', 'daemonize'],
  'cluster-enabled',
];
const PROTECTED = ['dir', 'dbfilename'];

describe('every parameter', () => {
  it('that can be set has its effect, and the others say that they cannot', () => {
    const known = [...Object.keys(EFFECTS), ...FIXED, ...IMMUTABLE, ...PROTECTED];
    expect(known.sort()).toEqual(new Config().names().sort());
  });

  it.each(Object.entries(EFFECTS))('%s has its effect', (_, proof) => proof(bench()));

  it.each(FIXED)('%s is as it is', (name) => {
    const b = bench();
    const value = b.server.config.get(name);
    const refused = `(error) ERR CONFIG SET failed (possibly related to argument '${name}') - it is always "${value}" in this emulator`;
    for (const other of ['1', '12345678', 'yes', 'no', 'debug'])
      expect(b.run(`CONFIG SET ${name} ${other}`)).toBe(other === value ? OK : refused);
    expect(b.run(`CONFIG SET ${name} "${value}"`)).toBe(OK);
    expect(b.server.config.get(name)).toBe(value);
  });

  it.each([...IMMUTABLE, ...PROTECTED])('%s cannot be set, as on redis-server', (name) => {
    const why = PROTECTED.includes(name)
      ? "can't set protected config"
      : "can't set immutable config";
    expect(bench().run(`CONFIG SET ${name} 1`)).toBe(
      `(error) ERR CONFIG SET failed (possibly related to argument '${name}') - ${why}`,
    );
  });

  it('of redis-server alone says where it is, and one of nobody is unknown', () => {
    const { run } = bench();
    expect(run('CONFIG SET io-threads 4')).toBe(
      "(error) ERR CONFIG SET failed (possibly related to argument 'io-threads') - it exists in Redis, but not in this emulator",
    );
    expect(run('CONFIG SET io-thread 4')).toBe(
      "(error) ERR Unknown option or number of arguments for CONFIG SET - 'io-thread'",
    );
  });
});

describe('a password', () => {
  it('is asked of whoever comes after it was set, and said by AUTH or HELLO', () => {
    const b = bench();
    b.run('CONFIG SET requirepass secret');
    expect(b.run('PING')).toBe('PONG');
    const ann = b.connect();
    expect(b.run('NOSUCH', ann)).toContain('unknown command');
    expect(b.run('SET a 1', ann)).toBe('(error) NOAUTH Authentication required.');
    expect(b.run('HELLO 3', ann)).toBe(
      '(error) NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
    );
    const wrong = '(error) WRONGPASS invalid username-password pair or user is disabled.';
    expect(b.run('AUTH guess', ann)).toBe(wrong);
    expect(b.run('AUTH ann secret', ann)).toBe(wrong);
    expect(b.run('AUTH secret', ann)).toBe(OK);
    expect(b.run('SET a 1', ann)).toBe(OK);
    expect(b.run('RESET', ann)).toBe('RESET');
    expect(b.run('GET a', ann)).toBe('(error) NOAUTH Authentication required.');
    expect(b.run('HELLO 3 AUTH default secret', ann)).toContain('"proto" => (integer) 3');
    expect(b.run('GET a', ann)).toBe('"1"');
  });

  it('is no longer asked when it is taken away, and AUTH then says that there is none', () => {
    const b = bench();
    b.run('CONFIG SET requirepass secret');
    const ann = b.connect();
    b.run('CONFIG SET requirepass ""');
    expect(b.run('PING', ann)).toBe('PONG');
    expect(b.run('AUTH secret', ann)).toContain('without any password configured');
    expect(b.run('AUTH default anything', ann)).toBe(OK);
  });

  it('makes a command in a transaction fail it, and shows as its hash in the list of users', () => {
    const b = bench();
    b.run('CONFIG SET requirepass secret');
    // sha256sum of "secret".
    expect(b.run('ACL LIST')).toBe(
      '1) "user default on #2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b ~* &* +@all"',
    );
    expect(b.run('ACL WHOAMI')).toBe('"default"');
  });
});

describe('the slow log', () => {
  it('says what took how long, who asked, and keeps passwords to itself', () => {
    const b = bench();
    b.server.onSleep = (milliseconds) => b.wait(milliseconds);
    b.run('CLIENT SETNAME ann');
    all(b, 'PING', 'DEBUG SLEEP 0.5');
    expect(b.run('SLOWLOG GET')).toBe(
      [
        '1) 1) (integer) 0',
        '   2) (integer) 1767225600',
        '   3) (integer) 500000',
        '   4) 1) "DEBUG"\n      2) "SLEEP"\n      3) "0.5"',
        '   5) "127.0.0.1:0"',
        '   6) "ann"',
      ].join('\n'),
    );
    all(b, 'SLOWLOG RESET', 'CONFIG SET slowlog-log-slower-than 0 requirepass secret');
    b.run(`RPUSH words ${'w '.repeat(40)}${'x'.repeat(200)}`);
    b.run(`SET long ${'x'.repeat(200)}`);
    const shown = b.run('SLOWLOG GET 3');
    expect(shown).toContain('"(redacted)"');
    expect(shown).not.toContain('secret');
    expect(shown).toContain('32) "... (12 more arguments)"');
    expect(shown).toContain(`"${'x'.repeat(128)}... (72 more bytes)"`);
    expect(b.run('SLOWLOG GET -2')).toBe('(error) ERR count should be greater than or equal to -1');
  });
});

describe('replication', () => {
  it('is that of a single primary, which says so', () => {
    const b = bench();
    expect(b.run('ROLE')).toBe('1) "master"\n2) (integer) 0\n3) (empty array)');
    expect(b.run('INFO replication')).toContain('role:master\r\nconnected_slaves:0');
    expect(b.run('REPLICAOF NO ONE')).toBe(OK);
    expect(b.run('REPLICAOF 10.0.0.1 6379')).toContain('this emulator is a single primary');
    expect(b.run('SLAVEOF 10.0.0.1 x')).toBe('(error) ERR Invalid master port');
    expect(b.run('FAILOVER')).toBe('(error) ERR FAILOVER requires connected replicas.');
  });

  it('waits for replicas that never answer, as long as it is told to', () => {
    const b = bench();
    expect(b.run('WAIT 0 100')).toBe('(integer) 0');
    const ann = b.connect();
    expect(b.run('WAIT 1 500', ann)).toBe('');
    b.wait(500);
    expect(b.messages(ann)).toEqual([]);
    b.wait(1);
    expect(b.messages(ann)).toEqual(['(integer) 0']);
  });
});
