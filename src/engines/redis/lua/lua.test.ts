/** Values as a redis-server 7.0.15 answered them; thousands more are compared by `npm run judge -- redis`. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createServer, loadEveryCommand } from '../emulator.ts';
import { printReply } from '../cli/print.ts';
import { bench } from '../testing.ts';
import { MOST_STEPS } from './interpreter.ts';
import { sha1 } from './sha1.ts';

beforeAll(() => loadEveryCommand());

function server() {
  let now = Date.UTC(2026, 0, 1);
  const core = createServer({ clock: () => now, random: () => 0.42 });
  const client = core.connect();
  const run = (...argv: string[]): string =>
    printReply(core.execute(client, argv)!, client.resp).trimEnd();
  return {
    core,
    client,
    run,
    lua: (script: string, ...words: string[]) =>
      run('EVAL', script, String(words.length), ...words),
    wait: (milliseconds: number) => {
      now += milliseconds;
      core.tick();
    },
  };
}

describe('scripts', () => {
  it('release a lock only for whoever holds its token', () => {
    const { run } = server();
    const release = `if redis.call('GET', KEYS[1]) == ARGV[1] then
      return redis.call('DEL', KEYS[1]) else return 0 end`;
    run('SET', 'lock:report', 'token-1', 'PX', '30000');
    expect(run('EVAL', release, '1', 'lock:report', 'token-2')).toBe('(integer) 0');
    expect(run('EVALSHA', sha1(release), '1', 'lock:report', 'token-1')).toBe('(integer) 1');
    expect(run('EXISTS', 'lock:report')).toBe('(integer) 0');
  });

  it('see numbers as Lua 5.1 does: every one a double, printed with 14 digits', () => {
    const { lua } = server();
    expect(lua("return 3 / 1 .. ' ' .. 10 / 4 .. ' ' .. 2^53 .. ' ' .. 1e14 .. ' ' .. 0.1")).toBe(
      '"3 2.5 9.007199254741e+15 1e+14 0.1"',
    );
    expect(lua("return string.format('%d %x %5d|', 2^40, -1, -3)")).toBe(
      '"1099511627776 ffffffffffffffff    -3|"',
    );
    expect(lua("return '10' + 5")).toBe('(integer) 15');
    expect(lua("return tonumber('ffffffffff', 16)")).toBe('(integer) 1099511627775');
  });

  it('answer numbers as integers, and arrays up to the first nil', () => {
    const { lua } = server();
    expect(lua('return 3.99')).toBe('(integer) 3');
    expect(lua('return -3.99')).toBe('(integer) -3');
    expect(lua("return {1, 2, 3.3333, somekey = 'x', 'foo', nil, 'bar'}")).toBe(
      '1) (integer) 1\n2) (integer) 2\n3) (integer) 3\n4) "foo"',
    );
    expect(lua('return false')).toBe('(nil)');
    expect(lua('return true')).toBe('(integer) 1');
    expect(lua("return {ok = 'fine'}")).toBe('fine');
    expect(lua("return {err = 'MY bad'}")).toBe('(error) MY bad');
  });

  it('get replies in RESP 2 until they ask for RESP 3, whatever their client speaks', () => {
    const { run, lua } = server();
    run('HSET', 'user:1', 'name', 'Alice');
    expect(lua("return redis.call('HGETALL', KEYS[1])", 'user:1')).toBe('1) "name"\n2) "Alice"');
    expect(lua("redis.setresp(3) return redis.call('HGETALL', KEYS[1]).map.name", 'user:1')).toBe(
      '"Alice"',
    );
    expect(lua("return redis.call('GET', 'nosuch') == false")).toBe('(integer) 1');
    run('HELLO', '3');
    expect(lua('return {double = 3.5}')).toBe('(double) 3.5');
    expect(lua("redis.setresp(3) return redis.call('HGETALL', KEYS[1])", 'user:1')).toBe(
      '1# "name" => "Alice"',
    );
  });

  it('keep every byte of a string', () => {
    const { core, client } = server();
    const bytes = Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).join('');
    expect(core.execute(client, ['EVAL', 'return ARGV[1]', '0', bytes])).toBe(bytes);
    expect(core.execute(client, ['EVAL', 'return #ARGV[1]', '0', bytes])).toBe(256);
  });

  it('go on with their random numbers from where the last one stopped, as after every start', () => {
    const { lua, core } = server();
    const draw = (): string => lua('return math.random(100)');
    expect([draw(), draw(), draw()]).toEqual(['(integer) 40', '(integer) 85', '(integer) 36']);
    core.persistence.restart();
    expect(
      printReply(core.execute(core.connect(), ['EVAL', 'return math.random(100)', '0'])!),
    ).toBe('(integer) 40\n');
  });
});

describe('an error in a script', () => {
  const at = (script: string, line: number): string =>
    ` script: ${sha1(script)}, on @user_script:${line}.`;

  it('says in which line it was', () => {
    const { lua } = server();
    const script = 'local a = nil\nlocal b = 2\nreturn a + b';
    expect(lua(script)).toBe(
      `(error) ERR user_script:3: attempt to perform arithmetic on local 'a' (a nil value)${at(script, 3)}`,
    );
    expect(lua('return (')).toBe(
      "(error) ERR Error compiling script (new function): user_script:1: unexpected symbol near '<eof>'",
    );
  });

  it('of a command ends it, and what was written before stays', () => {
    const { run, lua } = server();
    run('RPUSH', 'jobs', 'mail');
    const script =
      "redis.call('SET', 'before', 1) redis.call('INCR', 'jobs') redis.call('SET', 'after', 1)";
    expect(lua(script)).toBe(
      `(error) WRONGTYPE Operation against a key holding the wrong kind of value${at(script, 1)}`,
    );
    expect(run('EXISTS', 'before')).toBe('(integer) 1');
    expect(run('EXISTS', 'after')).toBe('(integer) 0');
    expect(lua("return redis.pcall('INCR', 'jobs').err")).toBe(
      '"WRONGTYPE Operation against a key holding the wrong kind of value"',
    );
  });

  it.each([
    ['x = 1', 'ERR user_script:1: Attempt to modify a readonly table'],
    ['return x', "ERR user_script:1: Script attempted to access nonexistent global variable 'x'"],
    ['string.sub = nil', 'ERR user_script:1: Attempt to modify a readonly table'],
    ["rawset(_G, 'x', 1)", 'ERR Attempt to modify a readonly table'],
    ['table.insert(redis, 1)', 'ERR Attempt to modify a readonly table'],
    ["getmetatable('').__index = nil", 'ERR user_script:1: Attempt to modify a readonly table'],
    ["return redis.call('NOSUCH')", 'ERR Unknown Redis command called from script'],
    ["return redis.call('GET')", 'ERR Wrong number of args calling Redis command from script'],
    ["return redis.call('WATCH', 'a')", 'ERR This Redis command is not allowed from script'],
    ['return redis.call({})', 'ERR Lua redis lib command arguments must be strings or integers'],
    ["error({err = 'MY own'})", 'MY own'],
    [
      "return cjson.decode('[1,')",
      'ERR user_script:1: Expected value but found T_END at character 4',
    ],
  ])('reads as on a server: %s', (script, message) => {
    expect(server().lua(script)).toBe(`(error) ${message}${at(script, 1)}`);
  });
});

describe('a script that goes on and on', () => {
  it('ends with a sentence, though it catches its errors, and the next one runs', () => {
    const { lua } = server();
    const endless = 'while true do pcall(function() while true do end end) end';
    expect(lua(endless)).toBe(
      `(error) ERR this emulator ends a script after ${MOST_STEPS.toLocaleString('en-US')} steps. A server would go on, and answer everyone else with BUSY until SCRIPT KILL script: ${sha1(endless)}, on @user_script:1.`,
    );
    expect(lua('return 1')).toBe('(integer) 1');
  }, 60_000);

  it('is told so when it takes all memory, or all of the stack', () => {
    const { lua } = server();
    expect(lua("local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1e6) .. i end")).toMatch(
      /not enough memory/,
    );
    expect(lua("return ('x'):rep(1e9)")).toMatch(/not enough memory/);
    expect(lua('local function f() return 1 + f() end return f()')).toMatch(/stack overflow/);
    expect(lua('local t = {} t[1] = t return t')).toMatch(/reached lua stack limit/);
    expect(lua('return #KEYS', 'a', 'b')).toBe('(integer) 2');
  }, 60_000);
});

describe('a script and other clients', () => {
  it('is one step: who waits for a list gets it when the script is over', () => {
    const { server: core, run, connect, messages } = bench();
    const worker = connect();
    core.execute(worker, ['BLPOP', 'jobs', '0']);
    expect(
      run(`EVAL "redis.call('RPUSH', KEYS[1], 'mail') return redis.call('LLEN', KEYS[1])" 1 jobs`),
    ).toBe('(integer) 1');
    expect(messages(worker)).toEqual(['1) "jobs"\n2) "mail"']);
    expect(run('LLEN jobs')).toBe('(integer) 0');
  });

  it('breaks a transaction that watches what it writes, and none that watches what it reads', () => {
    const { run, connect } = bench();
    const other = connect();
    run('SET stock 5');
    for (const [script, end] of [
      ["redis.call('DECR', 'stock')", '(nil)'],
      ["redis.call('GET', 'stock')", '1) "4"'],
    ] as const) {
      run('WATCH stock');
      run(`EVAL "${script}" 0`, other);
      run('MULTI');
      run('GET stock');
      expect(run('EXEC')).toBe(end);
    }
  });

  it('is seen by MONITOR before the commands that it runs', () => {
    const { run, connect, messages } = bench();
    const watcher = connect();
    run('MONITOR', watcher);
    run(`EVAL "return redis.call('SET', 'a', 'b')" 0`);
    expect(messages(watcher).map((line) => line.replace(/^[\d.]+ /, ''))).toEqual([
      `[0 127.0.0.1:0] "EVAL" "return redis.call('SET', 'a', 'b')" "0"`,
      '[0 lua] "SET" "a" "b"',
    ]);
  });

  it('waits for nothing, and changes no database but its own', () => {
    const { run, lua } = server();
    expect(lua("return redis.call('BLPOP', 'jobs', 0)")).toContain('is not allowed from script');
    expect(lua("return redis.call('BLMOVE', 'jobs', 'done', 'LEFT', 'LEFT', 0)")).toContain(
      'is not allowed from script',
    );
    expect(lua("redis.call('SELECT', 3) return redis.call('SET', 'there', 1)")).toBe('OK');
    expect(run('EXISTS', 'there')).toBe('(integer) 0');
    run('SELECT', '3');
    expect(run('EXISTS', 'there')).toBe('(integer) 1');
  });

  it('writes nothing where it was said that it only reads', () => {
    const { run } = server();
    const write = "return redis.call('SET', 'a', 'b')";
    const refused = 'ERR Write commands are not allowed from read-only scripts.';
    expect(run('EVAL_RO', write, '0')).toContain(refused);
    expect(run('EVAL', `#!lua flags=no-writes\n${write}`, '0')).toContain(refused);
    expect(run('EVAL_RO', `#!lua\n${write}`, '0')).toBe(
      '(error) ERR Can not execute a script with write flag using *_ro command.',
    );
  });

  it('may write when memory is full if it says so', () => {
    const { run } = server();
    run('SET', 'big', 'x'.repeat(1000));
    run('CONFIG', 'SET', 'maxmemory', '100');
    const write = "return redis.call('SET', 'a', 'b')";
    expect(run('EVAL', write, '0')).toContain(
      "OOM command not allowed when used memory > 'maxmemory'.",
    );
    expect(run('EVAL', `#!lua flags=allow-oom\n${write}`, '0')).toBe('OK');
  });
});

describe('the scripts that a server knows', () => {
  it('are gone after a restart and SCRIPT FLUSH', () => {
    const { core, run } = server();
    const sha = sha1('return 7');
    expect(run('EVALSHA', sha, '0')).toBe('(error) NOSCRIPT No matching script. Please use EVAL.');
    expect(run('SCRIPT', 'LOAD', 'return 7')).toBe(`"${sha}"`);
    expect(run('EVALSHA', sha.toUpperCase(), '0')).toBe('(integer) 7');
    expect(run('SCRIPT', 'FLUSH')).toBe('OK');
    expect(run('SCRIPT', 'EXISTS', sha)).toBe('1) (integer) 0');
    run('SCRIPT', 'LOAD', 'return 7');
    core.persistence.crash('process');
    const again = core.connect();
    expect(core.execute(again, ['SCRIPT', 'EXISTS', sha])).toEqual([0]);
  });

  it('are refused when debugging is asked for: there is no debugger here', () => {
    expect(server().run('SCRIPT', 'DEBUG', 'YES')).toBe(
      '(error) ERR SCRIPT DEBUG exists in Redis, but not in this emulator',
    );
  });
});

it.each([
  ['', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['a'.repeat(1000), '291e9a6c66994949b57ba5e650361e98fc36b1ba'],
])('SHA-1 of %j', (text, hash) => {
  expect(sha1(text)).toBe(hash);
});
