/** What is told of a command to whoever asks: COMMAND, ACL, help and completion. A server does without. */
import { KEY_SPECS, NOTE_ROWS } from './command-notes-data.ts';

export interface CommandNotes {
  /** ACL categories, without the `@`. */
  categories: string[];
  tips: string[];
  /** The key specifications in short, divided by `|`, or empty. */
  keySpecs: string;
  /** The Redis version that brought it. */
  since: string;
  summary: string;
  /** The words after the name, as redis-cli's help writes them. */
  syntax: string;
}

const words = (text: string): string[] => (text === '' ? [] : text.split(' '));

const NOTES = new Map(
  NOTE_ROWS.map(
    ([name, categories, tips, keySpecs, since, summary, syntax]): [string, CommandNotes] => [
      name,
      {
        categories: words(categories),
        tips: words(tips),
        keySpecs: KEY_SPECS[keySpecs]!,
        since,
        summary,
        syntax,
      },
    ],
  ),
);

/** @param name in lower case, a subcommand as `client|id`. It has to be one of redis-server's. */
export const notesOf = ({ name }: { name: string }): CommandNotes => NOTES.get(name)!;
