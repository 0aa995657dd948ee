/**
 * A script as the inputs a person would give mongosh: its commands (`show dbs`, `use shop`) and its
 * JavaScript statements, each rewritten so that its value is kept and its variables outlive it.
 *
 * As in mongosh (its async rewriter), variables of `let` and `const` at the top become variables of
 * the session: they can be declared again. The value of a loop or a block is that of the last
 * expression statement that ran in it.
 */
import { type Node, Parser } from 'acorn';

export interface Input {
  kind: 'command' | 'statement';
  /** As written. */
  text: string;
  /** Line of its first character, from 1. */
  line: number;
  /** Whether the next input begins on the same line: then the shell does not print this one's value. */
  continued: boolean;
  /** What is run instead of the text. */
  code: string;
  /** Variables that it declares. */
  names: string[];
}

/** A statement that is none. */
export interface SyntaxFault {
  kind: 'syntax error';
  message: string;
  line: number;
  position: { line: number; column: number };
  /** The line it is in, and a mark below the place. */
  frame: string;
}

const COMMAND = /^(?:(?:show|use)(?:[ \t]+[^\n;]*)?|it|help|cls|exit|quit)[ \t]*;?[ \t]*$/;

/** The name that rewritten code keeps its value under. */
export const HOLDER = '__mongosh';

type Located = Node & Record<string, unknown>;

/** Parses one statement at a place; acorn itself only offers whole programs and expressions. */
class StatementParser extends Parser {
  static statementAt(source: string, offset: number): Located {
    const parser = new this(
      { ecmaVersion: 'latest', sourceType: 'script', allowReserved: true },
      source,
      offset,
    );
    const inner = parser as unknown as {
      nextToken(): void;
      parseStatement(context: null, topLevel: boolean, exports: object): Located;
    };
    inner.nextToken();
    return inner.parseStatement(null, true, {});
  }
}

/** Cuts a script into inputs. After a syntax error it goes on at the next line that is not indented. */
export function* inputsOf(source: string): Generator<Input | SyntaxFault> {
  let at = skipBlank(source, 0);
  while (at < source.length) {
    const command = commandAt(source, at);
    if (command !== null) {
      yield {
        kind: 'command',
        text: command.trim().replace(/;$/, '').trim(),
        line: lineOf(source, at),
        continued: false,
        code: '',
        names: [],
      };
      at = skipBlank(source, at + command.length);
      continue;
    }
    try {
      const node = StatementParser.statementAt(source, at);
      const next = skipBlank(source, node.end);
      const continued = next < source.length && !source.slice(node.end, next).includes('\n');
      if (node.type !== 'EmptyStatement') {
        yield {
          kind: 'statement',
          text: source.slice(node.start, node.end),
          line: lineOf(source, node.start),
          continued,
          ...rewrite(source, node),
        };
      }
      at = next;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const fault = faultOf(source, at, error);
      yield fault;
      at = resume(source, fault);
    }
  }
}

function skipBlank(source: string, from: number): number {
  const blank = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
  blank.lastIndex = from;
  blank.exec(source);
  return blank.lastIndex;
}

/** The command that is alone on its line. */
function commandAt(source: string, at: number): string | null {
  const end = source.indexOf('\n', at);
  const line = source.slice(at, end < 0 ? undefined : end).replace(/\r$/, '');
  if (!COMMAND.test(line)) return null;
  // `it = 5`, `help(…)` are JavaScript; `use` and `show` take words.
  return /^(use|show)\s*[=(.]/.test(line) ? null : line;
}

function lineOf(source: string, offset: number): number {
  let line = 1;
  for (let i = source.indexOf('\n'); i >= 0 && i < offset; i = source.indexOf('\n', i + 1))
    line += 1;
  return line;
}

function faultOf(
  source: string,
  start: number,
  error: SyntaxError & { pos?: number },
): SyntaxFault {
  const offset = Math.min(error.pos ?? start, source.length);
  const line = lineOf(source, offset);
  const begin = source.lastIndexOf('\n', offset - 1) + 1;
  const column = offset - begin + 1;
  const first = lineOf(source, start);
  return {
    kind: 'syntax error',
    message: `${error.message.replace(/ \(\d+:\d+\)$/, '')} (${String(line)}:${String(column - 1)})`,
    line: first,
    position: { line, column },
    frame: frameOf(source, Math.max(first, line - 2), line, column),
  };
}

/** The lines up to the fault, numbered, and a mark below the place. */
function frameOf(source: string, from: number, line: number, column: number): string {
  const lines = source.split('\n');
  const width = String(line).length;
  const shown = lines.slice(from - 1, line).map((text, i) => {
    const number = String(from + i).padStart(width);
    return `${from + i === line ? '>' : ' '} ${number} | ${text}`.trimEnd();
  });
  return [...shown, `  ${' '.repeat(width)} | ${' '.repeat(column - 1)}^`].join('\n');
}

/** The next line that looks like the beginning of something new. */
function resume(source: string, { position }: SyntaxFault): number {
  const lines = source.split('\n');
  let offset = 0;
  for (const [i, line] of lines.entries()) {
    if (i >= position.line && /^[A-Za-z_$/]/.test(line)) return skipBlank(source, offset);
    offset += line.length + 1;
  }
  return source.length;
}

interface Edit {
  at: number;
  /** How many characters it takes the place of. */
  remove: number;
  insert: string;
}

function rewrite(source: string, node: Located): Pick<Input, 'code' | 'names'> {
  const edits: Edit[] = [];
  const names: string[] = [];
  topLevel(node, source, edits, names);
  let code = '';
  let at = node.start;
  for (const edit of edits.sort((a, b) => a.at - b.at)) {
    code += source.slice(at, edit.at) + edit.insert;
    at = edit.at + edit.remove;
  }
  code += source.slice(at, node.end);
  return { code, names };
}

function topLevel(node: Located, source: string, edits: Edit[], names: string[]): void {
  const value = `${HOLDER}.value = `;
  switch (node.type) {
    case 'VariableDeclaration':
      declare(node, source, edits, names);
      return;
    case 'FunctionDeclaration':
    case 'ClassDeclaration': {
      const name = (node.id as { name: string }).name;
      names.push(name);
      edits.push({ at: node.start, remove: 0, insert: `${value}${name} = ` });
      return;
    }
    default:
      keepValues(node, edits, names, source);
  }
}

/** `const {a, b} = c` becomes the assignment `({a, b} = c)`. */
function declare(node: Located, source: string, edits: Edit[], names: string[]): void {
  const declarations = node.declarations as (Located & { id: Located; init: Located | null })[];
  for (const { id } of declarations) namesIn(id, names);
  const parts = declarations.map(({ id, init }) => {
    const pattern = source.slice(id.start, id.end);
    if (init) return `(${pattern} = ${source.slice(init.start, init.end)})`;
    return node.kind === 'var' ? '0' : `(${pattern} = undefined)`;
  });
  edits.push({ at: node.start, remove: node.end - node.start, insert: `${parts.join(', ')};` });
}

function namesIn(pattern: Located, names: string[]): void {
  switch (pattern.type) {
    case 'Identifier':
      names.push(pattern.name as string);
      break;
    case 'ObjectPattern':
      for (const property of pattern.properties as Located[]) {
        namesIn(
          (property.type === 'RestElement' ? property.argument : property.value) as Located,
          names,
        );
      }
      break;
    case 'ArrayPattern':
      for (const element of pattern.elements as (Located | null)[])
        if (element) namesIn(element, names);
      break;
    case 'RestElement':
      namesIn(pattern.argument as Located, names);
      break;
    case 'AssignmentPattern':
      namesIn(pattern.left as Located, names);
  }
}

/** Keeps the value of every expression statement that is not inside a function. */
function keepValues(node: Located, edits: Edit[], names: string[], source: string): void {
  if (/Function|Class/.test(node.type)) {
    if (node.type === 'FunctionDeclaration' && node.id)
      names.push((node.id as { name: string }).name);
    return;
  }
  if (node.type === 'VariableDeclaration' && node.kind === 'var') {
    for (const { id } of node.declarations as (Located & { id: Located })[]) namesIn(id, names);
  }
  if (node.type === 'AssignmentExpression' && (node.left as Located).type === 'Identifier') {
    assigned(node.left as Located, names);
  }
  if (node.type === 'ExpressionStatement') {
    const expression = node.expression as Located;
    edits.push({ at: expression.start, remove: 0, insert: `${HOLDER}.value = (` });
    edits.push({ at: expression.end, remove: 0, insert: ')' });
  }
  for (const child of childrenOf(node)) keepValues(child, edits, names, source);
}

function assigned(target: Located, names: string[]): void {
  names.push(`${target.name as string}?`);
}

function* childrenOf(node: Located): Generator<Located> {
  for (const field of Object.keys(node)) {
    const value = node[field];
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof (child as { type?: unknown } | null)?.type === 'string') yield child as Located;
    }
  }
}
