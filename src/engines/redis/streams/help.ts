/** What containers of subcommands say about themselves. */
import type { Bytes } from '../core/bytes.ts';
import type { Handler } from '../core/command-table.ts';
import { err, Status, type ReplyError } from '../core/reply.ts';
import { printable } from '../core/unknown-command.ts';

/** `XGROUP HELP`: these lines, with the usual first and last ones. */
export function help(...lines: string[]): Handler {
  return (_server, _client, argv) =>
    [
      `${argv[0]!.toUpperCase()} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`,
      ...lines,
      'HELP',
      '    Prints this help.',
    ].map((line) => new Status(line));
}

/** Its words do not fit the subcommand. */
export const wrongSubcommand = (argv: Bytes[]): ReplyError =>
  err(
    `unknown subcommand or wrong number of arguments for '${printable(argv[1]!.slice(0, 128))}'. Try ${argv[0]!.toUpperCase()} HELP.`,
  );
