/** What redis-server 7.0.15 answered to the same lines, at the same time of its clock. */
import { describe, expect, it } from 'vitest';
import { bench, type Bench } from '../testing.ts';

/** A group `senders` on a stream of three mails; Ann has been given two of them, a second ago Bob the third. */
function senders(): Bench {
  const b = bench();
  b.run('XGROUP CREATE mail senders $ MKSTREAM');
  for (const [id, to] of ['a@x', 'b@x', 'c@x'].entries()) b.run(`XADD mail ${id + 1}-1 to ${to}`);
  b.run('XREADGROUP GROUP senders ann COUNT 2 STREAMS mail >');
  b.wait(1000);
  b.run('XREADGROUP GROUP senders bob STREAMS mail >');
  return b;
}

describe('a consumer group', () => {
  it('is made on a stream, which MKSTREAM makes', () => {
    const { run } = bench();
    expect(run('XGROUP CREATE mail senders $')).toBe(
      '(error) ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM option to create an empty stream automatically.',
    );
    expect(run('XGROUP CREATE mail senders $ MKSTREAM')).toBe('OK');
    expect(run('XGROUP CREATE mail senders 0')).toBe(
      '(error) BUSYGROUP Consumer Group name already exists',
    );
    expect(run('XGROUP CREATE mail senders 0 NOSUCH')).toBe(
      "(error) ERR unknown subcommand or wrong number of arguments for 'CREATE'. Try XGROUP HELP.",
    );
    expect(run('XGROUP CREATECONSUMER mail senders ann')).toBe('(integer) 1');
    expect(run('XGROUP CREATECONSUMER mail senders ann')).toBe('(integer) 0');
    expect(run('XGROUP CREATECONSUMER mail nosuch ann')).toBe(
      "(error) NOGROUP No such consumer group 'nosuch' for key name 'mail'",
    );
  });

  it('gives each entry to one consumer, and keeps what is not acknowledged', () => {
    const { run } = senders();
    expect(run('XREADGROUP GROUP senders bob STREAMS mail >')).toBe('(nil)');
    expect(run('XPENDING mail senders')).toBe(
      '1) (integer) 3\n2) "1-1"\n3) "3-1"\n4) 1) 1) "ann"\n      2) "2"\n   2) 1) "bob"\n      2) "1"',
    );
    expect(run('XPENDING mail senders IDLE 500 - + 10 ann')).toBe(
      '1) 1) "1-1"\n   2) "ann"\n   3) (integer) 1000\n   4) (integer) 1\n' +
        '2) 1) "2-1"\n   2) "ann"\n   3) (integer) 1000\n   4) (integer) 1',
    );
    expect(run('XACK mail senders 1-1 9-9')).toBe('(integer) 1');
    expect(run('XPENDING mail senders - + 10')).toBe(
      '1) 1) "2-1"\n   2) "ann"\n   3) (integer) 1000\n   4) (integer) 1\n' +
        '2) 1) "3-1"\n   2) "bob"\n   3) (integer) 0\n   4) (integer) 1',
    );
    expect(run('XINFO CONSUMERS mail senders')).toBe(
      '1) 1) "name"\n   2) "ann"\n   3) "pending"\n   4) (integer) 1\n   5) "idle"\n   6) (integer) 1000\n' +
        '2) 1) "name"\n   2) "bob"\n   3) "pending"\n   4) (integer) 1\n   5) "idle"\n   6) (integer) 0',
    );
  });

  it('gives a consumer its own once more, with nothing in what was deleted', () => {
    const { run } = senders();
    run('XACK mail senders 1-1');
    run('XDEL mail 2-1');
    expect(run('XREADGROUP GROUP senders ann STREAMS mail 0')).toBe(
      '1) 1) "mail"\n   2) 1) 1) "2-1"\n         2) (nil)',
    );
    expect(run('XREADGROUP GROUP senders bob STREAMS mail 0')).toContain('"c@x"');
    expect(run('XPENDING mail senders 3-1 3-1 1')).toContain('4) (integer) 2');
  });

  it('keeps nothing of what is read with NOACK, and counts it as read', () => {
    const { run } = senders();
    run('XADD mail 4-1 to d@x');
    expect(run('XINFO GROUPS mail')).toContain('"lag"\n   12) (integer) 1');
    run('XREADGROUP GROUP senders cy NOACK STREAMS mail >');
    expect(run('XPENDING mail senders')).toContain('1) (integer) 3');
    expect(run('XINFO GROUPS mail')).toContain('"lag"\n   12) (integer) 0');
    run('XGROUP SETID mail senders 0');
    expect(run('XINFO GROUPS mail')).toContain('"entries-read"\n   10) (nil)');
    expect(run('XINFO GROUPS mail')).toContain('"lag"\n   12) (integer) 4');
    run('XDEL mail 2-1');
    expect(run('XINFO GROUPS mail')).toContain('"lag"\n   12) (nil)');
  });

  it('hands what lies too long to who claims it', () => {
    const { run, wait } = senders();
    expect(run('XCLAIM mail senders bob 2000 1-1')).toBe('(empty array)');
    wait(59_000);
    run('XDEL mail 2-1');
    expect(run('XAUTOCLAIM mail senders cy 60000 0 COUNT 1')).toBe(
      '1) "2-1"\n2) 1) 1) "1-1"\n      2) 1) "to"\n         2) "a@x"\n3) (empty array)',
    );
    expect(run('XAUTOCLAIM mail senders cy 60000 2-1')).toBe(
      '1) "0-0"\n2) (empty array)\n3) 1) "2-1"',
    );
    expect(run('XCLAIM mail senders bob 0 1-1 3-1 IDLE 900 RETRYCOUNT 7 JUSTID')).toBe(
      '1) "1-1"\n2) "3-1"',
    );
    expect(run('XPENDING mail senders - + 10')).toBe(
      '1) 1) "1-1"\n   2) "bob"\n   3) (integer) 900\n   4) (integer) 7\n' +
        '2) 1) "3-1"\n   2) "bob"\n   3) (integer) 900\n   4) (integer) 7',
    );
    expect(run('XCLAIM mail senders bob 0 1-1 WRONG')).toBe(
      "(error) ERR Unrecognized XCLAIM option 'WRONG'",
    );
  });

  it('may be given what it never read, by FORCE', () => {
    const { run } = senders();
    run('XACK mail senders 1-1 2-1 3-1');
    expect(run('XCLAIM mail senders ann 0 1-1')).toBe('(empty array)');
    expect(run('XCLAIM mail senders ann 0 1-1 9-9 FORCE')).toContain('"a@x"');
    expect(run('XPENDING mail senders')).toContain('1) (integer) 1');
  });

  it('loses what is pending with its consumer', () => {
    const { run } = senders();
    expect(run('XGROUP DELCONSUMER mail senders ann')).toBe('(integer) 2');
    expect(run('XPENDING mail senders')).toContain('1) (integer) 1');
    expect(run('XGROUP DELCONSUMER mail senders ann')).toBe('(integer) 0');
  });

  it('is told in full', () => {
    const { run } = senders();
    run('XDEL mail 1-1 2-1');
    const full = run('XINFO STREAM mail FULL COUNT 1');
    expect(full).toContain('11) "entries-added"\n12) (integer) 3');
    expect(full).toContain('13) "recorded-first-entry-id"\n14) "3-1"');
    expect(full).toContain('9) "pel-count"\n       10) (integer) 3');
    expect(full).toContain(
      '11) "pending"\n       12) 1) 1) "1-1"\n              2) "ann"\n' +
        '              3) (integer) 1767225600000\n              4) (integer) 1\n' +
        '       13) "consumers"',
    );
    expect(full).toContain('3) "seen-time"\n              4) (integer) 1767225601000');
  });

  it('HELP tells what there is', () => {
    const { run } = bench();
    expect(run('XGROUP HELP')).toContain(' 2) CREATE <key> <groupname> <id|$> [option]');
    expect(run('XINFO HELP').split('\n')).toHaveLength(9);
    expect(run('XGROUP NOSUCH')).toBe("(error) ERR unknown subcommand 'NOSUCH'. Try XGROUP HELP.");
  });
});

describe('who waits for entries of a group', () => {
  const WAITING = 'BLOCK 0 STREAMS mail >';

  it('gets the next one alone', () => {
    const { run, connect, messages } = senders();
    const [bob, cy] = [connect(), connect()];
    expect(run(`XREADGROUP GROUP senders bob ${WAITING}`, bob)).toBe('');
    expect(run(`XREADGROUP GROUP senders cy ${WAITING}`, cy)).toBe('');
    run('XADD mail 7-1 to g@x');
    expect(messages(bob)).toEqual([
      '1) 1) "mail"\n   2) 1) 1) "7-1"\n         2) 1) "to"\n            2) "g@x"',
    ]);
    expect(messages(cy)).toEqual([]);
  });

  it.each([
    ['DEL mail', 'UNBLOCKED the stream key no longer exists'],
    ['SET mail text', 'UNBLOCKED the stream key no longer exists'],
    ['RENAME mail post', 'UNBLOCKED the stream key no longer exists'],
    ['FLUSHALL', 'UNBLOCKED the stream key no longer exists'],
    ['SWAPDB 0 1', 'UNBLOCKED the stream key no longer exists'],
    ['PEXPIRE mail -1', 'UNBLOCKED the stream key no longer exists'],
    [
      'XGROUP DESTROY mail senders',
      'NOGROUP the consumer group this client was blocked on no longer exists',
    ],
  ])(
    'hears of it that it waits in vain after %s; who reads without a group waits on',
    (line, error) => {
      const { run, connect, messages } = senders();
      const [ann, plain] = [connect(), connect()];
      run(`XREADGROUP GROUP senders ann ${WAITING}`, ann);
      run('XREAD BLOCK 0 STREAMS mail $', plain);
      run(line);
      expect(messages(ann)).toEqual([`(error) ${error}`]);
      expect(messages(plain)).toEqual([]);
    },
  );

  it('hears of it when the key expires', () => {
    const { run, connect, messages, wait } = senders();
    const ann = connect();
    run('PEXPIRE mail 100');
    run(`XREADGROUP GROUP senders ann ${WAITING}`, ann);
    wait(101);
    run('EXISTS mail');
    expect(messages(ann)).toEqual(['(error) UNBLOCKED the stream key no longer exists']);
  });

  it.each([
    [
      'nosuch bob STREAMS mail >',
      "NOGROUP No such key 'mail' or consumer group 'nosuch' in XREADGROUP with GROUP option",
    ],
    [
      'senders bob STREAMS mail $',
      'ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by specifying a proper ID, or use the > ID to get new messages. The $ ID would just return an empty result set.',
    ],
  ])('XREADGROUP GROUP %s is refused', (words, error) => {
    expect(senders().run(`XREADGROUP GROUP ${words}`)).toBe(`(error) ${error}`);
  });
});
