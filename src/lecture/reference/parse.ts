/**
 * Reads a file of the reference card. A mistake is told with file, line, entry and remedy.
 */
import type { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import type { Tell } from '../../foundation/mistakes/noting.ts';
import { counted, readShaped, type Path, type Shaped } from '../../foundation/yaml/shaped.ts';
import { notesOf } from '../../engines/redis/core/command-notes.ts';
import { commandTable } from '../../engines/redis/core/command-table.ts';
import type { PlacedCell } from '../../running/cells/cell.ts';
import { parseFence } from '../../running/cells/fence/fence.ts';
import type { Entry, Group } from './entry.ts';
import { groupFile, type EntryFile, type GroupFile } from './shape.ts';

/**
 * @param source the YAML.
 * @param file its path from the project's root.
 * @param tell takes note of what is not right besides the first thing, which is thrown.
 * @throws AuthoringError
 */
export function parseGroup(source: string, file: string, tell?: Tell): Group {
  const shaped = readShaped(groupFile, source, file, { called, tell });
  const { id, title, kind, entries } = shaped.data;
  const read = entries.map((entry, index) => new Reader(shaped, file, entry, index).entry());
  return { id, title, kind, entries: read, file };
}

/** `entry "zadd", what`. */
function called(path: Path, data: unknown): string {
  const [top, index, ...rest] = path;
  if (top !== 'entries' || typeof index !== 'number') return counted(path);
  type Written = { entries?: ({ id?: unknown; name?: unknown } | null)[] } | null;
  const written = (data as Written)?.entries?.[index];
  const name = written?.id ?? written?.name;
  const entry = typeof name === 'string' ? `entry "${name}"` : `entry ${index + 1}`;
  return [entry, counted(rest)].filter(Boolean).join(', ');
}

const commands = commandTable({});

/** What the cells of an entry are made of. */
interface Options {
  dataset: string | undefined;
  expect?: string | undefined;
  mask?: string | undefined;
}

/** One entry of a file: its file's values stand in for those that it lacks. */
class Reader {
  readonly #shaped: Shaped<GroupFile>;
  readonly #file: string;
  readonly #entry: EntryFile;
  readonly #path: Path;

  constructor(shaped: Shaped<GroupFile>, file: string, entry: EntryFile, index: number) {
    this.#shaped = shaped;
    this.#file = file;
    this.#entry = entry;
    this.#path = ['entries', index];
  }

  entry(): Entry {
    const { id, name, what, when, cell, also } = this.#entry;
    const { kind, engine, section: common } = this.#shaped.data;
    const section = this.#entry.section ?? common;
    if (section === undefined)
      throw this.#mistake([], 'it lacks "section": a lasting id, as "4.2.sorted-sets"');
    return {
      id,
      name,
      kind,
      engines: this.#entry.engine ?? engine ?? [],
      synonyms: also,
      what,
      when,
      section,
      ...(cell !== undefined && { tryIt: cell }),
      ...(kind === 'command' && { syntax: this.#syntax() }),
      ...this.#examples(),
      file: this.#file,
      line: this.#shaped.lineOf(...this.#path),
      lines: {
        section:
          this.#entry.section === undefined
            ? this.#shaped.lineOf('section')
            : this.#shaped.lineOf(...this.#path, 'section'),
        cell: this.#shaped.lineOf(...this.#path, 'cell'),
      },
    };
  }

  #mistake(path: Path, message: string): AuthoringError {
    return this.#shaped.mistake([...this.#path, ...path], message);
  }

  #syntax(): string {
    const { name } = this.#entry;
    const [first = '', second = ''] = name.toLowerCase().split(' ');
    const found = commands.get(first);
    const spec = second === '' ? found : found?.subcommands?.get(second);
    if (!spec)
      throw this.#mistake(['name'], `Redis has no command "${name}". Its name stands alone`);
    return notesOf(spec).syntax;
  }

  #examples(): Pick<Entry, 'cells' | 'comparison'> {
    const { example, compare } = this.#entry;
    const { language, dataset } = this.#shaped.data;
    if (compare && example !== undefined)
      throw this.#mistake(['example'], 'write either "example" or "compare", not both');
    if (compare) {
      const options = { dataset: compare.dataset ?? dataset };
      const cells = [
        this.#cell('sql', 'sql', compare.sql, ['compare', 'sql'], options),
        this.#cell('mongosh', 'mongosh', compare.mongosh, ['compare', 'mongosh'], options),
      ] as const;
      const line = this.#shaped.lineOf(...this.#path, 'compare', 'sql');
      const { ignore, merge } = compare;
      const comparison = { cells, file: this.#file, line, lastLine: line, ignore, merge };
      return { cells: [...cells], comparison };
    }
    if (example === undefined)
      throw this.#mistake(
        [],
        'it needs either "example" (one cell) or "compare" (one of sql, one of mongosh)',
      );
    if (typeof example === 'string')
      return { cells: [this.#cell('example', language, example, ['example'], { dataset })] };
    const own = example.language ?? language;
    const { code, expect, mask } = example;
    const options = { dataset: example.dataset ?? (own === language ? dataset : undefined) };
    return {
      cells: [this.#cell('example', own, code, ['example', 'code'], { ...options, expect, mask })],
    };
  }

  #cell(suffix: string, lang: string, code: string, path: Path, options: Options): PlacedCell {
    const { id, name } = this.#entry;
    const given = (['dataset', 'expect', 'mask'] as const).flatMap((option) => {
      const value = options[option];
      return value === undefined ? [] : [`${option}="${value}"`];
    });
    return parseFence({
      lang,
      meta: [`run id="${id}-${suffix}" title="${name.replaceAll('"', '”')}"`, ...given].join(' '),
      code: code.trimEnd(),
      file: this.#file,
      line: this.#shaped.lineOf(...this.#path, ...path),
    });
  }
}
