/** Calls of the libraries that scripts have, with arguments that fit mostly. */
import type { Words } from '../words.ts';
import { quoted } from './literals.ts';

export function libraryCalls(
  { below, chance, one, some, value }: Words,
  expression: (depth: number) => string,
): () => string {
  const text = (): string =>
    chance(0.75)
      ? one([
          () => quoted(value()),
          () =>
            quoted(
              one([
                'hello world',
                'a1b22c',
                'key=value, x=y',
                '',
                '  trim  ',
                'aXbXc',
                '%d+',
                'tëst',
              ]),
            ),
          () => one(['s', 'ARGV[1]', 'KEYS[1]']),
        ])()
      : expression(1);
  const number = (): string =>
    chance(0.8) ? String(one([below(12) - 4, below(100), below(1000) / 4])) : expression(1);
  const table = (): string =>
    chance(0.8)
      ? one(['t', 'ARGV', 'KEYS', '{3, 1, 2}', "{'b', 'a', 'c'}", '{1, 2, nil, 4}', '{}'])
      : expression(1);
  const pattern = (): string =>
    quoted(
      one([
        '%d+',
        '%a+',
        '(%w+)=(%w+)',
        'o',
        '^h',
        '.',
        '[aeiou]',
        '%s*',
        '(.-)X',
        '[^%w]',
        '()',
        '%',
        '[a',
        '%b()',
        'l+',
        '$',
        '(h)(e)',
        '%f[%w]',
      ]),
    );
  const format = (): string =>
    quoted(
      one([
        '%d',
        '%5d|',
        '%-5d|',
        '%05d',
        '%+d',
        '%x',
        '%X',
        '%#x',
        '%o',
        '%s',
        '%10s|',
        '%-4s|',
        '%.2s',
        '%q',
        '%g',
        '%.3f',
        '%e',
        '%5.1f',
        '%c',
        '%%',
        '%i',
        '%u',
        '%s %s',
        '%d %s',
        '%y',
        '%',
        '% d',
        '%.3d',
        '%d%%',
      ]),
    );
  const calls: (() => string)[] = [
    () => `string.sub(${text()}, ${number()}${chance(0.5) ? `, ${number()}` : ''})`,
    () => `(${text()}):${one(['upper', 'lower', 'len', 'reverse'])}()`,
    () => `string.rep(${text()}, ${one(['0', '1', '3', '-1', '2.7'])})`,
    () => `string.byte(${text()}${chance(0.5) ? `, ${number()}` : ''})`,
    () => `string.char(${some(3, () => String(below(260))).join(', ')})`,
    () =>
      `string.find(${text()}, ${pattern()}${chance(0.3) ? `, ${number()}` : ''}${chance(0.1) ? ', 1, true' : ''})`,
    () => `string.match(${text()}, ${pattern()})`,
    () =>
      `string.gsub(${text()}, ${pattern()}, ${one(["'<%0>'", "'%1'", "''", 'string.upper', "{a = 'z', o = '0'}", "function(x) return x .. '!' end", "'%9'"])}${chance(0.3) ? `, ${number()}` : ''})`,
    () => `string.format(${format()}, ${expression(1)}${chance(0.3) ? `, ${expression(1)}` : ''})`,
    () => `string.format(${format()}, ${number()}, ${text()})`,
    () =>
      `table.concat(${table()}${chance(0.6) ? `, ${one(["','", "''", '1'])}` : ''}${chance(0.2) ? `, ${number()}, ${number()}` : ''})`,
    () => `table.getn(${table()})`,
    () => `table.maxn(${table()})`,
    () => `table.remove(${table()}${chance(0.3) ? `, ${number()}` : ''})`,
    () =>
      `(function(x) table.sort(x${chance(0.3) ? ', function(p, q) return p > q end' : ''}) return x end)(${table()})`,
    () => `unpack(${table()}${chance(0.3) ? `, ${below(3)}, ${below(5)}` : ''})`,
    () =>
      `select(${one(["'#'", '1', '2', '-1', '0'])}, ${some(3, () => expression(1)).join(', ')})`,
    () => `math.${one(['floor', 'ceil', 'abs', 'sqrt', 'exp', 'log', 'deg', 'sin'])}(${number()})`,
    () =>
      `math.${one(['max', 'min', 'fmod', 'pow', 'mod', 'atan2', 'ldexp'])}(${number()}, ${number()})`,
    () => `math.${one(['modf', 'frexp'])}(${number()})`,
    () => `math.random(${one(['', '10', '5, 9', '0', '100, 1', '1, 2, 3', number()])})`,
    () =>
      `tostring(${one([String(below(1000) / 7), '4', 'nil', 'true', 'cjson.null', '1e15', '0.1', '2^53', '-0.0', '1e14', '123456.789e3'])})`,
    () =>
      `tonumber(${text()}${chance(0.4) ? `, ${one(['2', '8', '10', '16', '36', '1', '37'])}` : ''})`,
    () =>
      `tonumber(${one(["'ff'", "'-7f'", "' 10 '", "'zz'", "'12345678901234'", "'0x1f'", "'1e1'", "''", "'1 2'"])}, ${one(['16', '16', '8', '10', '36', '2'])})`,
    () => `type(${expression(1)})`,
    () => `cjson.encode(${one([table, () => expression(2)])()})`,
    () =>
      `cjson.decode(${one([
        () =>
          quoted(
            one([
              '{"a":1,"b":[1,2.5,null,true]}',
              '[]',
              '{}',
              '[1,2',
              '"x"',
              '12',
              'null',
              '{"a":{"b":[{}]}}',
              '"\\u00e9\\ud83d\\ude00"',
              '"\\ud800"',
              '[1,]',
              '{a:1}',
              'nul',
              '01',
              '+1',
              '[1e3,-0.5E-2]',
              '',
              ' [ 1 , 2 ] ',
              '1 2',
              '"a\\n\\/"',
              '{"a" 1}',
              'Infinity',
              '-nan',
              '0x10',
            ]),
          ),
        () => `cjson.encode(${expression(1)})`,
        text,
      ])()})${chance(0.2) ? `[${number()}]` : ''}`,
    () => `cjson.encode(cjson.decode(cjson.encode(${expression(1)})))`,
    () =>
      `cjson.${one(['encode_max_depth', 'decode_max_depth', 'encode_number_precision'])}(${one(['', '1', '3', '1000', '14', '0', 'true', "'5'"])})`,
    () =>
      `cjson.${one(['encode_invalid_numbers', 'decode_invalid_numbers', 'encode_keep_buffer', 'encode_sparse_array'])}(${one(['', 'true', 'false', "'on'", "'off'", "'null'", "'x'", '1'])})`,
    () => `cmsgpack.pack(${some(3, () => expression(1)).join(', ')})`,
    () =>
      `cmsgpack.unpack(${one([() => `cmsgpack.pack(${some(3, () => expression(1)).join(', ')})`, text, () => quoted(one(['\x93\x01\x02\x03', '\xcb\x40\x09\x21\xfb', '\xc1', '\xd9\x03abc', '\x81\xa1a\x01', '\xcf\xff\xff\xff\xff\xff\xff\xff\xff', '\xdd\xff\xff\xff\xff', '\xd1\xff\x85', '\xd2\x80\x00\x00\x00']))])()})`,
    () => `cmsgpack.unpack_one(${text()}${chance(0.5) ? `, ${number()}` : ''})`,
    () =>
      `cmsgpack.unpack_limit(cmsgpack.pack(${number()}, ${text()}), ${number()}${chance(0.5) ? `, ${number()}` : ''})`,
    () => `struct.pack(${layout()}, ${number()}, ${one([number, text])()}, ${text()})`,
    () =>
      `struct.unpack(${layout()}, ${one([text, () => `struct.pack('>i4i8', ${number()}, ${number()})`, () => quoted(value() + value())])()}${chance(0.3) ? `, ${number()}` : ''})`,
    () => `struct.size(${layout()})`,
    () => `bit.${one(['band', 'bor', 'bxor'])}(${some(3, number).join(', ')})`,
    () =>
      `bit.${one(['tobit', 'bnot', 'bswap'])}(${one([number(), '2^31', '2^32', '-1', '1e10', '0.5'])})`,
    () =>
      `bit.${one(['lshift', 'rshift', 'arshift', 'rol', 'ror', 'tohex'])}(${number()}, ${number()})`,
    () => `bit.tohex(${number()})`,
    () => `redis.sha1hex(${text()})`,
    () => `redis.status_reply(${text()})`,
    () => `redis.error_reply(${text()})`,
    () =>
      `pcall(${one(['string.upper', 'redis.call', 'cjson.encode', 'tonumber', 'unpack'])}, ${expression(1)})`,
    () =>
      `loadstring(${quoted(one(['return 1 + 1', 'return x', 'return', 'x = 1', 'return ...', 'syntax error', 'return "\\195"']))})`,
    () =>
      `(loadstring(${quoted(one(['return 1 + 1', 'return KEYS[1]', 'x = 1', 'return redis.call("ping")', 'bad syntax', 'return #ARGV']))}) or show)(${number()})`,
    () => `getmetatable(${one(["''", 'string', '_G', 't', '{}'])})`,
    () => `rawget(${one(['_G', 't', 'string'])}, ${one(["'x'", '1', "'redis'", "'sub'"])})`,
    () =>
      `setmetatable(${one(['{}', 't', '_G'])}, ${one(['{__index = function(x, k) return k end}', '{__tostring = function() return "T" end}', 'nil', "{__call = function(...) return select('#', ...) end}", "{__concat = function() return 'cc' end}"])})`,
    () => `next(${one(['{}', 't', 'ARGV', '{7}'])})`,
    () => `coroutine.wrap(function(...) coroutine.yield(${number()}) return ... end)(${number()})`,
    () => `xpcall(function() return ${expression(1)} end, function(e) return show(e) .. '?' end)`,
    () => `redis.acl_check_cmd(${one(["'set', 'a', 'b'", "'nosuch'", '', "'get'"])})`,
    () =>
      one([
        'redis.breakpoint()',
        'redis.debug(1)',
        'redis.REDIS_VERSION',
        'redis.REDIS_VERSION_NUM',
        'redis.LOG_WARNING',
        'redis.REPL_ALL',
        'collectgarbage()',
        '_VERSION',
        'cjson._VERSION',
        'cmsgpack._NAME',
        'math.pi',
      ]),
  ];
  const layout = (): string =>
    quoted(
      one([
        'i4',
        '>i4',
        '<i8',
        'bBhH',
        'i',
        'l',
        'fd',
        's',
        'c4',
        'c0',
        'i4c0',
        '!4bi4',
        '!8bd',
        'x',
        '>I2I3',
        'i33',
        'z',
        '!3',
        'bs',
        '> h',
        'i2i4i8',
      ]),
    );
  return () => {
    const made = one(calls)();
    return chance(0.1) ? `(${made})` : made;
  };
}
