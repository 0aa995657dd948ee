/**
 * The arguments of a backslash command, as psql reads them (`psqlscanslash.l`).
 *
 * Source: https://www.postgresql.org/docs/18/app-psql.html, "Meta-Commands"
 */
import type { Variables } from './variables.ts';

/** A command with what stands behind it. */
export interface PsqlCommand {
  /** Without its backslash: `dt+`. */
  name: string;
  args: string[];
  /** Everything behind the name, as it was typed. */
  rest: string;
}

/** Something in the arguments that psql has a meaning for, and that is not to be had here. */
export class NotHere extends Error {}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  b: '\b',
  r: '\r',
  f: '\f',
};

/**
 * @param text `\set name 'a b'`, from the backslash on.
 * @throws NotHere for an argument in backticks: it is the output of a program.
 */
export function readCommand(text: string, variables: Variables): PsqlCommand {
  const [, name = '', rest = ''] = /^\\(\S?[^\s\\'":`]*)([^]*)$/.exec(text) ?? [];
  return { name, args: readArguments(rest, variables), rest: rest.trim() };
}

function readArguments(text: string, variables: Variables): string[] {
  const args: string[] = [];
  let at = 0;
  const quotedUntil = (quote: string): string => {
    const start = at;
    at = text.indexOf(quote, at + 1);
    if (at < 0) at = text.length;
    return text.slice(start, (at += 1));
  };
  const escaped = (): string => {
    let value = '';
    for (at += 1; at < text.length; at += 1) {
      const character = text[at]!;
      if (character === "'") {
        if (text[at + 1] !== "'") break;
        at += 1;
        value += "'";
      } else if (character === '\\') {
        const number = /^\\(?:x([0-9a-f]{1,2})|([0-7]{1,3}))/i.exec(text.slice(at));
        if (number) {
          value += String.fromCharCode(
            number[1] === undefined ? parseInt(number[2]!, 8) : parseInt(number[1], 16),
          );
          at += number[0].length - 1;
        } else {
          at += 1;
          const next = text[at] ?? '';
          value += ESCAPES[next] ?? next;
        }
      } else value += character;
    }
    at += 1;
    return value;
  };

  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at += 1;
      continue;
    }
    let value = '';
    while (at < text.length && !/\s/.test(text[at]!)) {
      const character = text[at]!;
      if (character === "'") value += escaped();
      else if (character === '"') value += quotedUntil('"');
      else if (character === '`')
        throw new NotHere(
          'What stands in backticks is a program of your machine to psql: there are none here.',
        );
      else if (character === ':') {
        const used = variables.useAt(text, at);
        value += used?.value ?? ':';
        at += used?.length ?? 1;
      } else {
        value += character;
        at += 1;
      }
    }
    args.push(value);
  }
  return args;
}
