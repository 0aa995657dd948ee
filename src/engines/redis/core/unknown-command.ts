/** What Redis says about commands it does not know. */
import type { Bytes } from './bytes.ts';
import { err, type ReplyError } from './reply.ts';

export function unknownCommand(argv: Bytes[]): ReplyError {
  let args = '';
  for (const arg of argv.slice(1)) {
    if (args.length >= 128) break;
    args += `'${printable(arg.slice(0, 128 - args.length))}' `;
  }
  return err(
    `unknown command '${printable(argv[0]!.slice(0, 128))}', with args beginning with: ${args}`,
  );
}

/** Error texts are one line. */
export function printable(text: Bytes): Bytes {
  const end = text.indexOf('\0');
  return (end < 0 ? text : text.slice(0, end)).replace(/[\r\n]/g, ' ');
}

/** What a container says of a subcommand that is called in another way than it can be. */
export const unknownSubcommand = ([container, name]: Bytes[]): ReplyError =>
  err(
    `unknown subcommand or wrong number of arguments for '${printable(name!.slice(0, 128))}'. Try ${container!.toUpperCase()} HELP.`,
  );
