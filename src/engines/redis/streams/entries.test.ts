/** What redis-server 7.0.15 answered to the same lines, at the same time of its clock. */
import { describe, expect, it } from 'vitest';
import { bench } from '../testing.ts';

const NOW = '1767225600000';

function orders() {
  const b = bench();
  b.run('XADD orders * item book price 12');
  b.run('XADD orders * item pen');
  b.wait(5);
  b.run('XADD orders * item ink');
  return b;
}

describe('the ids of new entries', () => {
  it('are made of the clock and a sequence number, and only ever rise', () => {
    const { run, wait } = bench();
    expect(run('XADD orders * item book price 12')).toBe(`"${NOW}-0"`);
    expect(run('XADD orders * item pen')).toBe(`"${NOW}-1"`);
    wait(5);
    expect(run('XADD orders * item ink')).toBe('"1767225600005-0"');
    expect(run('XADD orders 1767225600005-* item cap')).toBe('"1767225600005-1"');
    expect(run('XADD orders 1767225600005-1 item late')).toBe(
      '(error) ERR The ID specified in XADD is equal or smaller than the target stream top item',
    );
    expect(run('XADD orders 1767225600006 item mug')).toBe('"1767225600006-0"');
  });

  it('go on where the last id left off, when that is ahead of the clock', () => {
    const { run } = bench();
    run('XADD ahead 1767225600999-18446744073709551615 a 1');
    expect(run('XADD ahead * a 1')).toBe('"1767225601000-0"');
    run('XADD full 18446744073709551615-18446744073709551615 a 1');
    expect(run('XADD full * a 1')).toBe(
      '(error) ERR The stream has exhausted the last possible ID, unable to add more items',
    );
  });

  it.each([
    ['0-0 item none', 'ERR The ID specified in XADD must be greater than 0-0'],
    ['1-x item none', 'ERR Invalid stream ID specified as stream command argument'],
    ['- item none', 'ERR Invalid stream ID specified as stream command argument'],
    ['MAXLEN 5 item', 'ERR Invalid stream ID specified as stream command argument'],
    ['* item', "ERR wrong number of arguments for 'xadd' command"],
    [
      'MAXLEN = 5 LIMIT 2 * a b',
      'ERR syntax error, LIMIT cannot be used without the special ~ option',
    ],
    [
      'MAXLEN 5 MINID 1 * a b',
      'ERR syntax error, MAXLEN and MINID options at the same time are not compatible',
    ],
  ])('XADD key %s is refused, and makes no stream', (words, error) => {
    const { run } = bench();
    expect(run(`XADD key ${words}`)).toBe(`(error) ${error}`);
    expect(run('EXISTS key')).toBe('(integer) 0');
  });

  it('XADD makes the stream, unless NOMKSTREAM', () => {
    const { run } = bench();
    expect(run('XADD nosuch NOMKSTREAM * item none')).toBe('(nil)');
    expect(run('TYPE nosuch')).toBe('none');
    run('XADD nosuch * item one');
    expect(run('TYPE nosuch')).toBe('stream');
    expect(run('OBJECT ENCODING nosuch')).toBe('"stream"');
    expect(run('SCAN 0 TYPE stream')).toBe('1) "0"\n2) 1) "nosuch"');
  });
});

describe('entries', () => {
  it('are read by range, from either end, with an end left out where it is open', () => {
    const { run } = orders();
    expect(run('XRANGE orders - + COUNT 2')).toBe(
      `1) 1) "${NOW}-0"\n   2) 1) "item"\n      2) "book"\n      3) "price"\n      4) "12"\n` +
        `2) 1) "${NOW}-1"\n   2) 1) "item"\n      2) "pen"`,
    );
    expect(run(`XRANGE orders (${NOW}-0 ${NOW}`)).toBe(
      `1) 1) "${NOW}-1"\n   2) 1) "item"\n      2) "pen"`,
    );
    expect(run('XREVRANGE orders + - COUNT 1')).toBe(
      '1) 1) "1767225600005-0"\n   2) 1) "item"\n      2) "ink"',
    );
    expect(run('XRANGE orders - + COUNT 0')).toBe('(nil)');
    expect(run('XRANGE orders 2 1')).toBe('(empty array)');
    expect(run('XRANGE orders (18446744073709551615-18446744073709551615 +')).toBe(
      '(error) ERR invalid start ID for the interval',
    );
  });

  it('are deleted and trimmed, and XINFO knows what there was', () => {
    const { run } = orders();
    expect(run(`XDEL orders ${NOW}-1 5-5`)).toBe('(integer) 1');
    expect(run('XLEN orders')).toBe('(integer) 2');
    expect(run('XTRIM orders MAXLEN 1')).toBe('(integer) 1');
    expect(run('XINFO STREAM orders')).toBe(
      [
        ' 1) "length"\n 2) (integer) 1\n 3) "radix-tree-keys"\n 4) (integer) 1',
        ' 5) "radix-tree-nodes"\n 6) (integer) 2\n 7) "last-generated-id"\n 8) "1767225600005-0"',
        ' 9) "max-deleted-entry-id"\n10) "1767225600000-1"\n11) "entries-added"\n12) (integer) 3',
        '13) "recorded-first-entry-id"\n14) "1767225600005-0"\n15) "groups"\n16) (integer) 0',
        '17) "first-entry"\n18) 1) "1767225600005-0"\n    2) 1) "item"\n       2) "ink"',
        '19) "last-entry"\n20) 1) "1767225600005-0"\n    2) 1) "item"\n       2) "ink"',
      ].join('\n'),
    );
    expect(run('MEMORY USAGE orders')).toBe('(integer) 4728');
  });

  it('leave an empty stream behind, that remembers its last id', () => {
    const { run } = orders();
    expect(run('XTRIM orders MINID 1767225600006')).toBe('(integer) 3');
    expect(run('EXISTS orders')).toBe('(integer) 1');
    expect(run('XADD orders 5-5 a b')).toMatch(/equal or smaller/);
  });

  it('XTRIM with ~ takes whole nodes of a hundred entries, and no more than LIMIT', () => {
    const { run } = bench();
    for (let i = 1; i <= 350; i++) run(`XADD log ${i} line ${i}`);
    expect(run('XTRIM log MAXLEN ~ 30 LIMIT 150')).toBe('(integer) 100');
    expect(run('XTRIM log MAXLEN ~ 120')).toBe('(integer) 100');
    expect(run('XTRIM log MINID ~ 299')).toBe('(integer) 0');
    expect(run('XTRIM log MINID ~ 301')).toBe('(integer) 100');
    expect(run('XADD log MAXLEN 10 * line last')).toContain(NOW);
    expect(run('XLEN log')).toBe('(integer) 10');
  });

  it('XSETID moves the last id, never below an entry', () => {
    const { run } = orders();
    expect(run('XSETID orders 1-0')).toBe(
      '(error) ERR The ID specified in XSETID is smaller than the target stream top item',
    );
    expect(run('XSETID orders 1767225600099-0 ENTRIESADDED 100')).toBe('OK');
    expect(run('XADD orders * a b')).toBe('"1767225600099-1"');
    expect(run('XINFO STREAM orders')).toContain('11) "entries-added"\n12) (integer) 101');
  });

  it('are of streams alone', () => {
    const { run } = bench();
    run('SET text hello');
    for (const line of [
      'XADD text * a b',
      'XLEN text',
      'XRANGE text - +',
      'XREAD STREAMS text 0',
      'XDEL text 1',
      'XTRIM text MAXLEN 1',
      'XGROUP CREATE text g $ MKSTREAM',
      'XACK text g 1',
      'XPENDING text g',
      'XINFO STREAM text',
    ]) {
      expect(run(line), line).toBe(
        '(error) WRONGTYPE Operation against a key holding the wrong kind of value',
      );
    }
    run('XADD log * a b');
    expect(run('GET log')).toMatch(/WRONGTYPE/);
    expect(run('LPUSH log a')).toMatch(/WRONGTYPE/);
  });

  it('are copied, renamed and moved with their stream, and survive as it does', () => {
    const { run, server } = orders();
    run('CONFIG SET appendonly yes appendfsync always');
    run('XGROUP CREATE orders g 0');
    run('XREADGROUP GROUP g ann COUNT 1 STREAMS orders >');
    run('COPY orders copy');
    run('XADD orders * item late');
    run(`XDEL orders ${NOW}-0`);
    run('XACK orders g 1767225600000-0');
    run('RENAME orders kept');
    expect(run('XLEN copy')).toBe('(integer) 3');
    expect(run('XPENDING copy g')).toContain('1) "ann"');
    server.persistence.crash('power');
    expect(run('XRANGE kept - +')).toContain('"late"');
    expect(run('XLEN kept')).toBe('(integer) 3');
    expect(run('XPENDING kept g')).toContain('1) (integer) 0');
    expect(run('XPENDING copy g')).toContain('1) "ann"');
  });

  it('touch a transaction that watches them; what groups do to them does not', () => {
    const { run, connect } = bench();
    const other = connect();
    run('XADD log 1 a b', other);
    run('XGROUP CREATE log g 0', other);
    run('WATCH log');
    run('XREADGROUP GROUP g ann STREAMS log >', other);
    run('XACK log g 1-0', other);
    run('MULTI');
    run('PING');
    expect(run('EXEC')).toBe('1) PONG');
    run('WATCH log');
    run('XADD log 2 a b', other);
    run('MULTI');
    run('PING');
    expect(run('EXEC')).toBe('(nil)');
  });
});

describe('XREAD', () => {
  it('has what came after an id, of the streams that have any', () => {
    const { run } = orders();
    expect(run(`XREAD COUNT 1 STREAMS orders news ${NOW}-0 0`)).toBe(
      `1) 1) "orders"\n   2) 1) 1) "${NOW}-1"\n         2) 1) "item"\n            2) "pen"`,
    );
    expect(run('XREAD STREAMS orders $')).toBe('(nil)');
    run('HELLO 3');
    expect(run('XREAD STREAMS orders 1767225600004')).toBe(
      '1# "orders" => \n   1) 1) "1767225600005-0"\n      2) 1) "item"\n         2) "ink"',
    );
  });

  it('waits for the next entry, which goes to all who wait', () => {
    const { run, connect, messages } = bench();
    const [ann, bob] = [connect(), connect()];
    expect(run('XREAD BLOCK 0 STREAMS orders news $ $', ann)).toBe('');
    expect(run('XREAD BLOCK 100 STREAMS news $', bob)).toBe('');
    expect(run('XADD news 1-1 text hi')).toBe('"1-1"');
    const reply = '1) 1) "news"\n   2) 1) 1) "1-1"\n         2) 1) "text"\n            2) "hi"';
    expect(messages(ann)).toEqual([reply]);
    expect(messages(bob)).toEqual([reply]);
  });

  it('stops waiting when its time is up, and does not wait in a transaction', () => {
    const { run, connect, messages, wait } = bench();
    const bob = connect();
    run('XREAD BLOCK 100 STREAMS news $', bob);
    wait(101);
    expect(messages(bob)).toEqual(['(nil)']);
    run('MULTI');
    run('XREAD BLOCK 0 STREAMS news $');
    expect(run('EXEC')).toBe('1) (nil)');
  });

  it.each([
    ['XREAD BLOCK -1 STREAMS news $', 'ERR timeout is negative'],
    ['XREAD COUNT 1 news $', 'ERR syntax error'],
    [
      'XREAD STREAMS news >',
      'ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.',
    ],
    [
      'XREAD STREAMS a b 0',
      "ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified.",
    ],
  ])('%s is refused', (line, error) => {
    expect(bench().run(line)).toBe(`(error) ${error}`);
  });

  it('names its keys to COMMAND GETKEYS', () => {
    const { run } = bench();
    const keys = '1) "a"\n2) "b"';
    expect(run('COMMAND GETKEYS XREAD COUNT 2 STREAMS a b 0 0')).toBe(keys);
    expect(run('COMMAND GETKEYS XREADGROUP GROUP streams me STREAMS a b 0 0')).toBe(keys);
  });
});
