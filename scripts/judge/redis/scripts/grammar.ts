/** Random scripts: declarations, calls, conversions and errors, drawn from a grammar. */
import type { Bytes } from '../../../../src/engines/redis/core/bytes.ts';
import type { Words } from '../words.ts';
import { libraryCalls } from './library-calls.ts';
import { quoted } from './literals.ts';

/** Names that a script may have declared. */
const NAMES = ['a', 'b', 'c', 't', 's'];

/** What has no order, no fixed answer, or another client in it. */
const NOT_IN_SCRIPTS =
  /^(smembers|sunion|sinter|sdiff|keys|spop|srandmember|hrandfield|zrandmember|randomkey|memory|hgetall|hkeys|hvals|pubsub|s?publish|scan|[hsz]scan|config|debug|sort|sort_ro|info|client|command|function|.*lex.*|swapdb)$/i;

export interface Grammar {
  expression(depth: number): string;
  /** `redis.call(…)` or `redis.pcall(…)` of a random command. */
  call(): string;
  script(): string;
}

/**
 * @param command draws a command of any group.
 */
export function grammar(words: Words, command: () => Bytes[]): Grammar {
  const { below, chance, one, some, value, key } = words;

  const literal = (): string =>
    one([
      () => String(below(12) - 3),
      () => String(below(1000) / 8),
      () =>
        one([
          '0x10',
          '1e3',
          '1e15',
          '1e100',
          '2^53',
          '2^31',
          '-2^40',
          '3.0',
          '1/3',
          '-0.5',
          '123456789012345678',
        ]),
      () => quoted(value()),
      () =>
        quoted(
          one([
            '10',
            ' 5 ',
            '0x1F',
            '1e2',
            'abc',
            '',
            'a,b;c',
            'hello world',
            '3.7',
            '-2',
            'nan',
            'äö',
          ]),
        ),
      () => one(['true', 'false', 'nil', 'cjson.null', 'math.huge', '-math.huge']),
      () => `{${below(3) === 0 ? '' : some(4, () => simple()).join(', ')}}`,
      () => `{${some(3, () => `${one(['x', 'y', 'z', 'err', 'ok'])} = ${simple()}`).join(', ')}}`,
      () => `{[${below(6)}] = ${simple()}, [${simple0()}] = ${simple()}}`,
    ])();
  const simple = (): string =>
    one([
      () => String(below(20) - 5),
      () => quoted(value()),
      () => one(['true', 'false', 'nil', '2.5', '{}', '{1, 2}']),
    ])();
  /** A key of a table: not nil, not NaN. */
  const simple0 = (): string => one([String(below(9)), "'k'", '1.5', 'true', '-1', "'10'"]);
  const variable = (): string =>
    one([
      ...NAMES,
      'KEYS',
      'ARGV',
      'KEYS[1]',
      'ARGV[1]',
      'ARGV[2]',
      't[1]',
      't.x',
      '#KEYS',
      '#ARGV',
    ]);

  function call(): string {
    let argv = command();
    while (NOT_IN_SCRIPTS.test(argv[0]!)) argv = command();
    const name = chance(0.75) ? 'call' : 'pcall';
    const parts = argv.map((word, i) => {
      if (i > 0 && chance(0.08)) return one([variable(), expression(1)]);
      if (i > 0 && /^-?\d{1,6}(\.\d{1,3})?$/.test(word) && chance(0.6)) return word;
      return quoted(word);
    });
    if (chance(0.03))
      parts.splice(below(parts.length + 1), 0, one(['nil', '{}', 'true', '1/0', '0/0', '2^60']));
    if (chance(0.01)) return `redis.${name}()`;
    return `redis.${name}(${parts.join(', ')})`;
  }

  const library = libraryCalls(words, expression);

  function expression(depth: number): string {
    if (depth <= 0) return chance(0.5) ? literal() : variable();
    return one([
      literal,
      variable,
      variable,
      call,
      library,
      library,
      library,
      () =>
        `(${expression(depth - 1)} ${one(['+', '-', '*', '/', '%', '^', '..', '..'])} ${expression(depth - 1)})`,
      () =>
        `(${expression(depth - 1)} ${one(['==', '~=', '<', '<=', '>', '>=', 'and', 'or', 'and', 'or'])} ${expression(depth - 1)})`,
      () => `${one(['not ', '#', '-'])}(${expression(depth - 1)})`,
      () => `(${expression(depth - 1)})[${expression(depth - 1)}]`,
      () =>
        `(function(...) return select('#', ...), ${expression(depth - 1)} end)(${expression(depth - 1)})`,
    ])();
  }

  const statement = (depth: number): string =>
    one([
      () => `local ${one(NAMES)} = ${expression(2)}`,
      () => `${one(NAMES)} = ${expression(2)}`,
      () => `${call()}`,
      () => `if ${expression(1)} then ${block(depth)} else ${block(depth)} end`,
      () =>
        `for i = ${below(3)}, ${below(6)}${chance(0.2) ? `, ${below(3) + 1}` : ''} do ${block(depth)} end`,
      () =>
        `local o = {} for k, v in ${one(['pairs', 'pairs', 'ipairs'])}(${one(['t', 'ARGV', 'KEYS', expression(1)])}) do o[#o + 1] = show(k) .. '=' .. type(v) end t = o`,
      () =>
        `local ok, e = pcall(function() ${block(depth)} return ${expression(1)} end) a = ok b = e`,
      () =>
        `local ok, e = pcall(${one(['redis.call', 'redis.pcall', 'error', 'show', 'string.upper', 'cjson.decode'])}, ${expression(1)}, ${simple()}) s = e`,
      () => `t = {${expression(1)}, ${expression(1)}} t.x = ${expression(1)}`,
      // Not into itself: how deep a reply goes then is a matter of stacks.
      () => `local v = ${expression(1)} if type(v) ~= 'table' then table.insert(t, v) end`,
      () => 'table.insert(t)',
      () => one(['redis.setresp(3)', 'redis.setresp(2)', `redis.setresp(${simple()})`]),
      () =>
        one([
          `redis.log(redis.LOG_NOTICE, ${expression(1)})`,
          `redis.log(${simple()}, 'x')`,
          `redis.set_repl(${below(5)})`,
          'redis.replicate_commands()',
        ]),
      () => `math.randomseed(${below(100)})`,
      () =>
        one([
          `error(${quoted('oops')})`,
          `error({err = ${quoted(one(['MY failed', 'x', '']))}})`,
          'g = 1',
          'local q = nosuch',
          'string.x = 1',
          `error('at', ${below(4)})`,
          `assert(${expression(1)}, 'asserted')`,
          `assert(${expression(1)})`,
        ]),
    ])();
  const block = (depth: number): string => (depth <= 0 ? call() : statement(depth - 1));

  return {
    expression,
    call,
    script() {
      const lines = [
        // Where a table lies is another matter on every machine.
        "local function show(x) local y = type(x) if y == 'table' or y == 'function' or y == 'thread' then return y end return tostring(x) end",
        `local a, b, c, t, s = ${simple()}, ${simple()}, ${simple()}, {${simple()}, ${simple()}, x = ${simple()}}, ${quoted(value())}`,
        ...(chance(0.25) ? ['redis.setresp(3)'] : []),
        ...some(4, () => statement(2)),
        `return ${one([() => expression(3), () => `{${some(4, () => expression(2)).join(', ')}}`, reply, call])()}`,
      ];
      return (
        (chance(0.05)
          ? `#!lua${one(['', ' flags=no-writes', ' flags=allow-oom,no-writes', ' flags=x', ' name=y'])}\n`
          : '') + lines.join(one(['\n', ' ']))
      );
    },
  };

  /** The tables that stand for replies. */
  function reply(): string {
    return one([
      () => `redis.status_reply(${simple()})`,
      () =>
        `redis.error_reply(${one([quoted('MY failed'), quoted('-X y'), quoted('alone'), simple()])})`,
      () => `{ok = ${simple()}}`,
      () => `{err = ${simple()}}`,
      () => `{double = ${one(['3.5', '1e100', '-0.1', '1/0', simple()])}}`,
      () => `{map = {${key('s')} = ${simple()}, [2] = ${simple()}}}`,
      () => `{set = {${key('s')} = true, [1] = true}}`,
      () => `{big_number = ${one([quoted('12345678901234567890'), simple()])}}`,
      () => `{verbatim_string = {format = 'mkd', string = ${simple()}}}`,
      () => `{1, 2, nil, 4}, ${simple()}`,
      () => `{${literal()}, {${literal()}, {${literal()}}}}`,
    ])();
  }
}
