/**
 * Reads a file of the reference card. A mistake is told with file, line, entry and remedy.
 */
import { isMap, isScalar, isSeq, type LineCounter, type YAMLMap } from 'yaml';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { type PlacedCell } from '../../running/cells/cell.ts';
import { LANGUAGES, parseFence } from '../../running/cells/fence/fence.ts';
import { commandTable } from '../../engines/redis/core/command-table.ts';
import type { EngineName } from '../../engines/engine.ts';
import { ENGINE_NAMES, isEngine } from '../../engines/descriptors.ts';
import { openYaml } from '../../foundation/yaml/open.ts';
import { KINDS, type Entry, type Group, type Kind } from './entry.ts';

/** So that an entry is one line in print. */
const WHAT_LENGTH = 95;
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const GROUP_FIELDS = ['id', 'title', 'kind', 'engine', 'language', 'dataset', 'section', 'entries'];
const ENTRY_FIELDS = 'id name also engine what when section cell example compare'.split(' ');
const EXAMPLE_FIELDS = ['code', 'language', 'dataset', 'expect', 'mask'];
const COMPARE_FIELDS = ['sql', 'mongosh', 'dataset', 'ignore', 'merge'];

/** Values that an entry takes over from its file. */
interface Defaults {
  engine: EngineName[];
  language: string;
  dataset: string | undefined;
  section: string | undefined;
}

/**
 * @param source the YAML.
 * @param file its path from the project's root.
 * @throws AuthoringError
 */
export function parseGroup(source: string, file: string): Group {
  const { document, lines } = openYaml(source, file);
  const top = new Fields(document.contents, 'the file', file, lines);
  top.only(GROUP_FIELDS);
  const kind = top.text('kind');
  if (!(kind in KINDS))
    top.refuse(
      'kind',
      `there is no kind "${kind}". Write one of ${Object.keys(KINDS).join(', ')}.`,
    );
  const language = top.optional('language') ?? 'redis';
  const defaults: Defaults = {
    engine: enginesOf(top) ?? [],
    language,
    dataset: top.optional('dataset'),
    section: top.optional('section'),
  };
  const list = top.map.get('entries', true);
  if (!isSeq(list) || list.items.length === 0)
    return top.refuse('entries', 'it lacks "entries", a list with at least one entry.');
  const entries = list.items.map((item, index) => {
    const name = isMap(item) ? String(item.get('id') ?? item.get('name') ?? '') : '';
    const label = name === '' ? `entry ${index + 1}` : `entry "${name}"`;
    return parseEntry(new Fields(item, label, file, lines), kind as Kind, defaults);
  });
  return { id: idOf(top), title: top.text('title'), kind: kind as Kind, entries, file };
}

function parseEntry(fields: Fields, kind: Kind, defaults: Defaults): Entry {
  fields.only(ENTRY_FIELDS);
  const id = idOf(fields);
  const name = fields.text('name');
  const what = fields.text('what');
  if (what.length > WHAT_LENGTH)
    fields.refuse(
      'what',
      `"what" has ${what.length} characters. It is one line of a printed page: ${WHAT_LENGTH} at most. The rest belongs under "when".`,
    );
  const section = fields.optional('section') ?? defaults.section;
  if (section === undefined)
    return fields.refuse('section', 'it lacks "section": a lasting id, as "4.2.sorted-sets".');
  const tryIt = fields.optional('cell');
  return {
    id,
    name,
    kind,
    engines: enginesOf(fields) ?? defaults.engine,
    synonyms: fields.texts('also'),
    what,
    when: fields.text('when'),
    section,
    ...(tryIt !== undefined && { tryIt }),
    ...(kind === 'command' && { syntax: syntaxOf(name, fields) }),
    ...examplesOf(fields, id, name, defaults),
    file: fields.file,
    line: fields.line(),
  };
}

function idOf(fields: Fields): string {
  const id = fields.text('id');
  if (!ID.test(id))
    fields.refuse('id', `the id "${id}" is none: lowercase letters, digits and hyphens.`);
  return id;
}

function enginesOf(fields: Fields): EngineName[] | undefined {
  if (!fields.map.has('engine')) return undefined;
  const names = fields.texts('engine');
  for (const name of names)
    if (!isEngine(name))
      fields.refuse(
        'engine',
        `there is no engine "${name}". Write ${ENGINE_NAMES.join(', ')}, or [] for none.`,
      );
  return names as EngineName[];
}

const commands = commandTable({});

/** @throws AuthoringError for a name that Redis has no command of. */
function syntaxOf(name: string, fields: Fields): string {
  const [first = '', second = ''] = name.toLowerCase().split(' ');
  const found = commands.get(first);
  const spec = second === '' ? found : found?.subcommands?.get(second);
  if (!spec) return fields.refuse('name', `Redis has no command "${name}". Its name stands alone.`);
  return spec.syntax;
}

function examplesOf(
  fields: Fields,
  id: string,
  name: string,
  defaults: Defaults,
): Pick<Entry, 'cells' | 'comparison'> {
  const example = fields.map.get('example', true);
  const compare = fields.map.get('compare', true);
  if (!example === !compare)
    return fields.refuse(
      'example',
      'it needs either "example" (one cell) or "compare" (one of sql, one of mongosh).',
    );
  const cell = (
    part: Fields,
    key: string,
    suffix: string,
    language: string,
    option: (name: string) => string | undefined,
  ): PlacedCell => {
    const attributes = {
      dataset: option('dataset'),
      expect: option('expect'),
      mask: option('mask'),
    };
    const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
    return parseFence({
      lang: language,
      meta: [
        `run id="${id}-${suffix}" title="${name.replaceAll('"', '”')}"`,
        ...given.map(([option, value]) => `${option}="${value!}"`),
      ].join(' '),
      code: part.text(key).trimEnd(),
      file: part.file,
      line: part.line(key),
    });
  };
  if (compare) {
    const part = new Fields(compare, fields.label, fields.file, fields.lines);
    part.only(COMPARE_FIELDS);
    const option = (key: string): string | undefined =>
      key === 'dataset' ? (part.optional(key) ?? defaults.dataset) : undefined;
    const cells = [
      cell(part, 'sql', 'sql', 'sql', option),
      cell(part, 'mongosh', 'mongosh', 'mongosh', option),
    ] as const;
    const line = fields.line('compare');
    const { file } = fields;
    const rules = { ignore: part.texts('ignore'), merge: part.texts('merge') };
    return { cells: [...cells], comparison: { cells, file, line, lastLine: line, ...rules } };
  }
  if (isScalar(example))
    return {
      cells: [
        cell(fields, 'example', 'example', defaults.language, (key) =>
          key === 'dataset' ? defaults.dataset : undefined,
        ),
      ],
    };
  const part = new Fields(example, fields.label, fields.file, fields.lines);
  part.only(EXAMPLE_FIELDS);
  const language = part.optional('language') ?? defaults.language;
  if (!(language in LANGUAGES))
    part.refuse(
      'language',
      `"${language}" cannot run. Write ${Object.keys(LANGUAGES).join(', ')}.`,
    );
  const own = language === defaults.language;
  return {
    cells: [
      cell(part, 'code', 'example', language, (key) =>
        key === 'dataset' && own ? (part.optional(key) ?? defaults.dataset) : part.optional(key),
      ),
    ],
  };
}

/** A YAML map whose values are asked for by name. */
class Fields {
  readonly map: YAMLMap;
  readonly label: string;
  readonly file: string;
  readonly lines: LineCounter;

  constructor(node: unknown, label: string, file: string, lines: LineCounter) {
    this.label = label;
    this.file = file;
    this.lines = lines;
    if (!isMap(node))
      throw new AuthoringError(file, 1, `${label}: write fields here, as "id: zadd".`);
    this.map = node;
  }

  /** The line of a field, or of the map. */
  line(key?: string): number {
    const pair = this.map.items.find(({ key: node }) => isScalar(node) && node.value === key);
    const node = pair?.key ?? this.map;
    const offset = (node as { range?: [number, number, number] | null }).range?.[0] ?? 0;
    return this.lines.linePos(offset).line;
  }

  refuse(key: string, message: string): never {
    throw new AuthoringError(this.file, this.line(key), `${this.label}: ${message}`);
  }

  only(known: readonly string[]): void {
    for (const { key } of this.map.items) {
      const name = String(isScalar(key) ? key.value : key);
      if (!known.includes(name))
        this.refuse(name, `"${name}" is unknown here. It takes: ${known.join(', ')}.`);
    }
  }

  optional(key: string): string | undefined {
    const value = this.map.get(key);
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || value.trim() === '')
      return this.refuse(key, `"${key}" is no text. Put it in quotes.`);
    return value.trimEnd();
  }

  text(key: string): string {
    return this.optional(key) ?? this.refuse(key, `it lacks "${key}".`);
  }

  /** A text, or a list of texts; nothing is an empty list. */
  texts(key: string): string[] {
    const node = this.map.get(key, true);
    if (!isSeq(node)) return this.optional(key)?.split(/\s+/) ?? [];
    return node.items.map((item) => {
      const value = isScalar(item) ? item.value : undefined;
      if (typeof value !== 'string' || value.trim() === '')
        return this.refuse(key, `"${key}" lists texts. Put each in quotes where YAML reads more.`);
      return value;
    });
  }
}
