import { describe, expect, it } from 'vitest';
import { bench } from '../testing.ts';

describe('the core', () => {
  it('answers the leaderboard of the lecture', () => {
    const { run } = bench();
    expect(run('ZADD leaderboard 1500 alice 2300 bob 1800 carol')).toBe('(integer) 3');
    expect(run('ZREVRANGE leaderboard 0 1 WITHSCORES')).toBe(
      '1) "bob"\n2) "2300"\n3) "carol"\n4) "1800"',
    );
    expect(run('ZREVRANK leaderboard alice')).toBe('(integer) 2');
    expect(run('ZINCRBY leaderboard 1000 alice')).toBe('"2500"');
    expect(run('ZREVRANK leaderboard alice')).toBe('(integer) 0');
  });

  it('keeps bytes as bytes', () => {
    const { run } = bench();
    run('SET word "café"');
    expect(run('GET word')).toBe('"caf\\xc3\\xa9"');
    expect(run('STRLEN word')).toBe('(integer) 5');
  });

  it('counts in 64 bits and refuses to overflow', () => {
    const { run } = bench();
    run('SET n 9223372036854775806');
    expect(run('INCR n')).toBe('(integer) 9223372036854775807');
    expect(run('INCR n')).toBe('(error) ERR increment or decrement would overflow');
  });

  it('adds floats in 80 bits but prints scores as doubles', () => {
    const { run } = bench();
    run('SET f 0.1');
    expect(run('INCRBYFLOAT f 0.2')).toBe('"0.3"');
    run('ZADD z 3.1 a');
    expect(run('ZSCORE z a')).toBe('"3.1000000000000001"');
  });

  it('says WRONGTYPE, wrong arity and unknown commands in the words of Redis', () => {
    const { run } = bench();
    run('LPUSH list a');
    expect(run('GET list')).toBe(
      '(error) WRONGTYPE Operation against a key holding the wrong kind of value',
    );
    expect(run('GET')).toBe("(error) ERR wrong number of arguments for 'get' command");
    expect(run('GTE a b')).toBe(
      "(error) ERR unknown command 'GTE', with args beginning with: 'a' 'b'",
    );
  });

  it('admits which commands of Redis it does not have', () => {
    const { run } = bench();
    expect(run('PSYNC ? -1')).toBe('(error) ERR PSYNC exists in Redis, but not in this emulator');
    expect(run('CLIENT PAUSE 1')).toBe(
      '(error) ERR CLIENT PAUSE exists in Redis, but not in this emulator',
    );
  });

  it('reports the encodings of redis-server 7.0', () => {
    const { run } = bench();
    for (const [line, encoding] of [
      ['SET k 1', 'int'],
      ['SET k one', 'embstr'],
      ['APPEND k 2', 'raw'],
    ] as const) {
      run(line);
      expect(run('OBJECT ENCODING k')).toBe(`"${encoding}"`);
    }
    run('SADD s 1 2');
    expect(run('OBJECT ENCODING s')).toBe('"intset"');
    run('SADD s x');
    expect(run('OBJECT ENCODING s')).toBe('"hashtable"');
  });

  it('discards a transaction that was broken while queued, and one whose watched key changed', () => {
    const { run, connect } = bench();
    run('MULTI');
    run('NOSUCH');
    expect(run('EXEC')).toBe('(error) EXECABORT Transaction discarded because of previous errors.');
    run('WATCH balance');
    run('SET balance 5', connect());
    run('MULTI');
    expect(run('INCR balance')).toBe('QUEUED');
    expect(run('EXEC')).toBe('(nil)');
    expect(run('GET balance')).toBe('"5"');
  });

  it('serves waiting clients in the order in which they came', () => {
    const { run, connect, messages } = bench();
    const [first, second] = [connect(), connect()];
    expect(run('BRPOP jobs 0', first)).toBe('');
    expect(run('BRPOP jobs 0', second)).toBe('');
    expect(run('LPUSH jobs a b')).toBe('(integer) 2');
    expect(messages(first)).toEqual(['1) "jobs"\n2) "a"']);
    expect(messages(second)).toEqual(['1) "jobs"\n2) "b"']);
  });

  it('ends the waiting when its time is up', () => {
    const { run, connect, messages, wait } = bench();
    const worker = connect();
    run('BLPOP jobs 2', worker);
    wait(2000);
    expect(messages(worker)).toEqual([]);
    wait(1);
    expect(messages(worker)).toEqual(['(nil)']);
  });

  it('lets keys expire, and PERSIST keep them', () => {
    const { run, wait } = bench();
    run('SET session:1 u EX 10');
    run('SET session:2 u EX 10');
    run('PERSIST session:2');
    wait(4000);
    expect(run('TTL session:1')).toBe('(integer) 6');
    wait(6001);
    expect(run('KEYS *')).toBe('1) "session:2"');
  });

  it('delivers messages to who is listening, not to who comes later', () => {
    const { run, connect, messages } = bench();
    const [early, late] = [connect(), connect()];
    run('SUBSCRIBE news', early);
    expect(run('PUBLISH news hello')).toBe('(integer) 1');
    run('PSUBSCRIBE n*', late);
    expect(messages(early)).toEqual(['1) "message"\n2) "news"\n3) "hello"']);
    expect(messages(late)).toEqual([]);
    expect(run('GET a', early)).toMatch(/Can't execute 'get': only/);
  });

  it('refuses writes when memory is full, or evicts as it is told', () => {
    const { run, server } = bench();
    run('SET old x');
    run('SET young y');
    run('GET old');
    run('CONFIG SET maxmemory 1000');
    expect(run('SET more z')).toBe(
      "(error) OOM command not allowed when used memory > 'maxmemory'.",
    );
    expect(run('GET old')).toBe('"x"');
    const used = Number(/used_memory:(\d+)/.exec(run('INFO memory'))![1]);
    run(`CONFIG SET maxmemory ${used - 1} maxmemory-policy allkeys-lru`);
    run('SET more z');
    expect([...server.databases[0]!.dict.keys()]).toEqual(['old', 'more']);
    expect(server.stats.evicted).toBe(1);
  });

  it('evicts the key nearest to its end under volatile-ttl', () => {
    const { run, server } = bench();
    run('SET a 1 EX 100');
    run('SET b 1 EX 10');
    run('SET c 1');
    const used = Number(/used_memory:(\d+)/.exec(run('INFO memory'))![1]);
    run(`CONFIG SET maxmemory ${used - 1} maxmemory-policy volatile-ttl`);
    run('SET d 1');
    expect([...server.databases[0]!.dict.keys()]).toEqual(['a', 'c', 'd']);
  });

  it('counts commands, refusals and failures for INFO', () => {
    const { run } = bench();
    run('SET a x');
    run('INCR a');
    run('GET');
    const info = run('INFO commandstats');
    expect(info).toContain(
      'cmdstat_set:calls=1,usec=0,usec_per_call=0.00,rejected_calls=0,failed_calls=0',
    );
    expect(info).toContain(
      'cmdstat_incr:calls=1,usec=0,usec_per_call=0.00,rejected_calls=0,failed_calls=1',
    );
    expect(info).toContain(
      'cmdstat_get:calls=0,usec=0,usec_per_call=0.00,rejected_calls=1,failed_calls=0',
    );
  });

  it('shows MONITOR what others send', () => {
    const { run, connect, messages } = bench();
    const monitor = connect();
    run('MONITOR', monitor);
    run('SET a "two words"');
    expect(messages(monitor)).toEqual(['1767225600.000000 [0 127.0.0.1:0] "SET" "a" "two words"']);
  });
});
