/**
 * Opens YAML that an author wrote: the files of `content/`, and what stands at the top of its pages.
 * All of it is read here. What the course has no use for and a file could do harm with is refused:
 * aliases, which can make gigabytes of a few lines; merges, tags, keys that stand twice.
 */
import {
  isAlias,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import { AuthoringError } from '../mistakes/authoring-error.ts';
import { forbiddenScheme } from '../markup/scheme.ts';

export interface YamlFile {
  document: Document;
  /** Lines of the file that the text stands in. */
  lines: LineCounter;
  /** The values, of any shape. */
  data: unknown;
}

/** In characters. The longest file of the course is a tenth of it. */
const LONGEST = 500_000;
const DEEPEST = 40;

/** What no text holds: YAML itself allows none of it. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * @param file path from the project's root.
 * @throws AuthoringError, in one line with file, line and remedy, for what is no YAML, and for what is refused.
 */
export function openYaml(source: string, file: string): YamlFile {
  const lines = new LineCounter();
  const refuse = (offset: number, message: string): never => {
    const { line, col } = lines.linePos(offset);
    throw new AuthoringError(file, Math.max(1, line), message, Math.max(1, col));
  };
  if (source.length > LONGEST)
    throw new AuthoringError(
      file,
      1,
      `the file has ${source.length.toLocaleString('en-US')} characters, ${LONGEST.toLocaleString('en-US')} are the most. Make several of it.`,
    );
  try {
    // Keys that stand twice are looked for below: here each would be compared with every other.
    const document = parseDocument(source, { lineCounter: lines, uniqueKeys: false });
    const [syntax] = document.errors;
    if (syntax) return refuse(syntax.pos[0], remedyOf(syntax.code, syntax.message));
    const control = CONTROL.exec(source);
    if (control) return refuse(control.index, 'a control character stands here. Take it out.');
    check(document, refuse);
    return { document, lines, data: document.toJS() };
  } catch (error) {
    if (error instanceof RangeError) return refuse(0, TOO_DEEP);
    throw error;
  }
}

/**
 * What stands between the \`---\` lines at the top of a page.
 *
 * @param source of the page.
 * @returns `null` for a page that begins with something else.
 * @throws AuthoringError as {@link openYaml}, and for what is no list of keys.
 */
export function openFrontmatter(source: string, file: string): Record<string, unknown> | null {
  return frontmatterOf(source, file)?.data ?? null;
}

/** The same with its places in the page. */
export function frontmatterOf(
  source: string,
  file: string,
): (YamlFile & { data: Record<string, unknown> }) | null {
  const block = FRONTMATTER.exec(source)?.[1];
  if (block === undefined) return null;
  // A line in the place of the first ---, so that lines are those of the page.
  const { document, lines, data } = openYaml(`\n${block}`, file);
  if (data !== null && (typeof data !== 'object' || Array.isArray(data)))
    throw new AuthoringError(file, 2, 'write lines such as title: A title between the --- lines.');
  return { document, lines, data: (data ?? {}) as Record<string, unknown> };
}

const FRONTMATTER = /^---\r?\n([\s\S]*?)\r?\n---/;

const TOO_DEEP = 'brackets or lists are nested too deeply. Nothing of the course needs that.';

const IN_QUOTES = 'A text with a colon or a # needs quotes, or a block: ask: >-';

function remedyOf(code: string, message: string): string {
  const [first] = message.split('\n');
  // The parser takes the end of its own stack for a mistake of the file's.
  if (/call stack/.test(first!)) return TOO_DEEP;
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'a tab stands here. Indent with spaces.';
    case 'MULTIPLE_DOCS':
      return 'a second document begins here. Write a file of its own, or take out the line ---.';
    default:
      return `${first!.replace(/ at line \d+, column \d+:?$/, '').replace(/\.?$/, '.')} ${IN_QUOTES}`;
  }
}

type Refuse = (offset: number, message: string) => never;

const offsetOf = (node: unknown): number =>
  (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? 0;

function check(document: Document, refuse: Refuse): void {
  visit(document, {
    Node(_key, node, path) {
      if (path.length > DEEPEST) refuse(offsetOf(node), TOO_DEEP);
      checkNode(node, refuse);
    },
  });
}

function checkNode(node: Node, refuse: Refuse): void {
  const at = offsetOf(node);
  if (isAlias(node))
    return refuse(at, `*${node.source} repeats what stands elsewhere. Write it out here.`);
  if ('anchor' in node && node.anchor !== undefined)
    refuse(at, `&${node.anchor} names what follows, to be repeated. Leave the name out.`);
  if ('tag' in node && node.tag !== undefined)
    refuse(at, `${node.tag} says of what kind this is. Leave it out, or put the text in quotes.`);
  if (isMap(node)) return checkKeys(node.items, refuse);
  if (isScalar(node) && typeof node.value === 'number' && !isExact(node.value))
    refuse(at, `${node.source ?? node.value} is no number that is kept exactly. Put it in quotes.`);
}

/** Keys under which a page's frontmatter has an address: of its neighbors, its buttons, its pictures. */
const ADDRESSES = /^(link|href|src|url|file|editUrl)$/;

const isExact = (number: number): boolean =>
  Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));

function checkKeys(items: readonly Pair[], refuse: Refuse): void {
  const seen = new Set<string>();
  for (const { key, value } of items) {
    const at = offsetOf(key);
    if (!isScalar(key) || typeof key.value === 'object')
      return refuse(
        at,
        'a key is a text. Put it in quotes if it begins with a bracket or is empty.',
      );
    const name = String(key.value);
    if (name === '<<') refuse(at, '<< takes over what stands elsewhere. Write it out here.');
    if (name in Object.prototype)
      refuse(
        at,
        `"${name}" cannot be a key: JavaScript has something of that name. Choose another.`,
      );
    const scheme =
      ADDRESSES.test(name) && isScalar(value) && typeof value.value === 'string'
        ? forbiddenScheme(value.value)
        : null;
    if (scheme !== null)
      refuse(
        offsetOf(value),
        `an address that begins with ${scheme} is none that a page may hold. Link to a page, or by https:.`,
      );
    if (seen.has(name)) refuse(at, `"${name}" stands here a second time. Leave one out.`);
    seen.add(name);
  }
}
