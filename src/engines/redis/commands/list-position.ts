/** LPOS. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import { integer, long } from '../core/numbers.ts';
import { err, SYNTAX, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';

export function listPosition(_server: Server, client: Client, argv: Bytes[]): Reply {
  let rank = 1;
  let count: number | null = null;
  let maxLength = 0;
  for (let i = 3; i < argv.length; i += 2) {
    const word = argv[i]!.toLowerCase();
    if (i + 1 >= argv.length) throw SYNTAX;
    const text = argv[i + 1]!;
    const notNegative = (name: string): number => {
      const error = err(`${name} can't be negative`);
      const n = long(text, error);
      if (n < 0) throw error;
      return n;
    };
    if (word === 'rank') {
      const given = integer(text);
      if (given === 0) {
        throw err(
          "RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list",
        );
      }
      rank = Number(given);
    } else if (word === 'count') count = notNegative('COUNT');
    else if (word === 'maxlen') maxLength = notNegative('MAXLEN');
    else throw SYNTAX;
  }
  const list = client.db.readAs(argv[1]!, 'list');
  if (!list) return count === null ? null : [];
  const found: number[] = [];
  const wanted = count === null ? 1 : count === 0 ? Infinity : count;
  let matches = 0;
  for (let i = 0; i < list.size && (maxLength === 0 || i < maxLength); i++) {
    const index = rank > 0 ? i : list.size - 1 - i;
    if (list.items.at(index) !== argv[2]) continue;
    if (++matches < Math.abs(rank)) continue;
    found.push(index);
    if (found.length >= wanted) break;
  }
  return count === null ? (found[0] ?? null) : found;
}
