import { describe, expect, it } from 'vitest';
import type { Handler } from '../core/command-table.ts';
import { Server } from '../core/server.ts';
import { printReply } from '../cli/print.ts';
import { commandsOf } from '../script.ts';
import { LATER, loadParts, PARTS } from './parts.ts';

describe('commands that come in parts', () => {
  it.each(Object.entries(PARTS))('are those that %s says it brings', async (_, part) => {
    expect(Object.keys(await part.load()).sort()).toEqual([...part.commands].sort());
  });

  it('are there after their part has come, on a server that was there before', async () => {
    const handlers: Record<string, Handler> = {};
    const server = new Server({ clock: () => 0, random: () => 0, handlers, later: LATER });
    const client = server.connect();
    const run = (...argv: string[]) => printReply(server.execute(client, argv)!).trimEnd();
    expect(run('GETBIT', 'seen', '7')).toBe(
      '(error) ERR GETBIT is in a part of this emulator that was not loaded',
    );
    await loadParts(handlers, [['nosuch'], ['GetBit', 'seen', '7']]);
    expect(run('GETBIT', 'seen', '7')).toBe('(integer) 0');
    expect(run('MIGRATE', 'localhost', '6379', 'seen', '0', '1000')).toBe(
      '(error) ERR MIGRATE exists in Redis, but not in this emulator',
    );
  });

  it('are looked for at the beginning of each line, as redis-cli reads it', () => {
    const code =
      '"set\\x62it" seen 7 1\nGET sort\n# LCS a b\nwait 1s\n@client bob\n  lcs a b\nSET "';
    expect(commandsOf([{ name: 'ann', code }]).map((words) => words[0])).toEqual([
      'setbit',
      'GET',
      'lcs',
    ]);
  });
});
