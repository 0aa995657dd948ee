/** LCS. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import type { Handler } from '../core/command-table.ts';
import { long } from '../core/numbers.ts';
import { err, MapReply, SYNTAX, type Reply, type ReplyError } from '../core/reply.ts';
import type { Server } from '../core/server.ts';

const NOT_STRINGS: ReplyError = err('The specified keys must contain string values');

function longestCommonSubsequence(server: Server, client: Client, argv: Bytes[]): Reply {
  const [va, vb] = [client.db.read(argv[1]!), client.db.read(argv[2]!)];
  if ((va && va.type !== 'string') || (vb && vb.type !== 'string')) throw NOT_STRINGS;
  const a = va?.bytes ?? '';
  const b = vb?.bytes ?? '';
  let [wantIndex, wantLength, withLength, minimum] = [false, false, false, 0];
  for (let i = 3; i < argv.length; i++) {
    const word = argv[i]!.toLowerCase();
    if (word === 'idx') wantIndex = true;
    else if (word === 'len') wantLength = true;
    else if (word === 'withmatchlen') withLength = true;
    else if (word === 'minmatchlen' && i + 1 < argv.length) minimum = Math.max(0, long(argv[++i]!));
    else throw SYNTAX;
  }
  if (wantLength && wantIndex) {
    throw err('If you want both the length and indexes, please just use IDX.');
  }
  const width = b.length + 1;
  if ((a.length + 1) * width * 4 > server.config.maxBulkLength) {
    throw err('Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len');
  }
  const table = new Uint32Array((a.length + 1) * width);
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      table[i * width + j] =
        a[i - 1] === b[j - 1]
          ? table[(i - 1) * width + j - 1]! + 1
          : Math.max(table[(i - 1) * width + j]!, table[i * width + j - 1]!);
    }
  }
  const length = table.at(-1)!;
  if (wantLength) return length;
  // Walked backwards, so matches come last first, as Redis gives them.
  let text = '';
  const matches: Reply[] = [];
  let run: { a: number; b: number; end: number; endB: number } | null = null;
  const emit = (): void => {
    if (!run) return;
    const size = run.end - run.a + 1;
    if (minimum === 0 || size >= minimum) {
      const ranges: Reply[] = [
        [run.a, run.end],
        [run.b, run.endB],
      ];
      matches.push(withLength ? [...ranges, size] : ranges);
    }
    run = null;
  };
  let i = a.length;
  let j = b.length;
  while (i > 0 && j > 0) {
    if (a[i - 1] === b[j - 1]) {
      text = a[i - 1]! + text;
      const open = run as { a: number; b: number } | null;
      if (open && open.a === i && open.b === j) {
        open.a--;
        open.b--;
      } else {
        emit();
        run = { a: i - 1, b: j - 1, end: i - 1, endB: j - 1 };
      }
      i--;
      j--;
    } else {
      if (table[(i - 1) * width + j]! > table[i * width + j - 1]!) i--;
      else j--;
      emit();
    }
  }
  emit();
  return wantIndex ? new MapReply(['matches', matches, 'len', length]) : text;
}

export const longestCommonSubsequenceCommands: Record<string, Handler> = {
  lcs: longestCommonSubsequence,
};
