/**
 * Rewrites a statement so that its value is kept, its variables outlive it, and its memory is counted.
 *
 * As in mongosh (its async rewriter), variables of `let` and `const` at the top become variables of
 * the session: they can be declared again. The value of a loop or a block is that of the last
 * expression statement that ran in it.
 */
import type { Node } from 'acorn';
import { costOf, isMaker, isSized } from './cost.ts';

/** The name under which rewritten code reaches its session. */
export const HOLDER = '__mongosh';

/** A node of the syntax tree, with whatever fields its kind has. */
export type Located = Node & Record<string, unknown>;

export interface Rewritten {
  /** What is run instead of the text. */
  code: string;
  /** Variables that it declares; one that it only assigns to ends in `?`. */
  names: string[];
  /** Whether it has ended only when what it waits for is there. */
  waits: boolean;
}

/** Text around a part of the source, or in its place. */
interface Edit {
  start: number;
  end: number;
  before: string;
  after: string;
  /** Whether the part itself goes. */
  cut?: true;
  /** Whether it makes the statement wait. */
  outside?: boolean;
}

/** @param node a statement of the source. */
export function rewrite(source: string, node: Located): Rewritten {
  const edits: Edit[] = [];
  const names: string[] = [];
  guard(node, source, edits);
  const awaited: Edit[] = [];
  promises(node, awaited);
  const waits = awaitsIn(node) || awaited.some(({ outside }) => outside);
  topLevel(node, source, edits, names, waits);
  const code = edited(source, node, [...edits, ...awaited]);
  return { code: waits ? `${HOLDER}.started((async () => {${code}\n})())` : code, names, waits };
}

/** Parts lie inside one another or apart; of two that are the same, the one that was named first is outside. */
function edited(source: string, { start, end }: Located, edits: readonly Edit[]): string {
  const opening = edits.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const closing = opening.toReversed().sort((a, b) => a.end - b.end);
  let code = '';
  let at = start;
  const copyTo = (place: number) => {
    if (place <= at) return;
    code += source.slice(at, place);
    at = place;
  };
  while (opening.length > 0 || closing.length > 0) {
    const [opens, closes] = [opening[0], closing[0]];
    if (opens && (!closes || opens.start < closes.end)) {
      opening.shift();
      copyTo(opens.start);
      code += opens.before;
      if (opens.cut) at = opens.end;
    } else if (closes) {
      closing.shift();
      copyTo(closes.end);
      code += closes.after;
    }
  }
  copyTo(end);
  return code;
}

function topLevel(
  node: Located,
  source: string,
  edits: Edit[],
  names: string[],
  waits: boolean,
): void {
  const value = `${HOLDER}.value = `;
  switch (node.type) {
    case 'VariableDeclaration':
      declare(node, source, edits, names);
      return;
    case 'FunctionDeclaration':
    case 'ClassDeclaration': {
      const name = (node.id as { name: string }).name;
      names.push(name);
      edits.push({ ...spanOf(node), before: `${value}${name} = `, after: '' });
      return;
    }
    default:
      keepValues(node, source, edits, names, waits);
  }
}

/** `const {a, b} = c, d` becomes the assignments `({a, b} = c), (d = undefined);`. */
function declare(
  node: Located,
  source: string,
  edits: Edit[],
  names: string[],
  within?: Located,
): void {
  const declarations = node.declarations as (Located & { id: Located; init: Located | null })[];
  for (const { id } of declarations) namesIn(id, names);
  const [first] = declarations;
  edits.push({ start: node.start, end: first!.start, before: '', after: '', cut: true });
  // The variable of `for (var x of y)`.
  if (within && within.left === node) return;
  for (const declaration of declarations) {
    if (declaration.init) edits.push({ ...spanOf(declaration), before: '(', after: ')' });
    else if (node.kind === 'var')
      edits.push({ ...spanOf(declaration), before: '0', after: '', cut: true });
    else edits.push({ ...spanOf(declaration), before: '(', after: ' = undefined)' });
  }
  if (source[node.end - 1] !== ';' && within?.init !== node)
    edits.push({ ...spanOf(node), before: '', after: ';' });
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

/**
 * Keeps the value of every expression statement that is not inside a function.
 *
 * @param waits whether the statement becomes the inside of a function: then its variables have to be the session's
 *   by assignment.
 */
function keepValues(
  node: Located,
  source: string,
  edits: Edit[],
  names: string[],
  waits: boolean,
  within?: Located,
): void {
  if (/Function|Class/.test(node.type)) {
    if (node.type === 'FunctionDeclaration' && node.id) {
      const { name } = node.id as { name: string };
      names.push(name);
      edits.push({
        ...spanOf(node),
        before: '',
        after: `;${HOLDER}.value = ${HOLDER}.scope.${name} = ${name};`,
      });
    }
    return;
  }
  if (node.type === 'VariableDeclaration' && node.kind === 'var' && waits) {
    declare(node, source, edits, names, within);
  } else if (node.type === 'VariableDeclaration' && node.kind === 'var') {
    for (const { id } of node.declarations as (Located & { id: Located })[]) namesIn(id, names);
  }
  if (node.type === 'AssignmentExpression' && (node.left as Located).type === 'Identifier')
    names.push(`${(node.left as Located).name as string}?`);
  if (node.type === 'ExpressionStatement') {
    edits.push({
      ...spanOf(node.expression as Located),
      before: `${HOLDER}.value = (`,
      after: ')',
    });
  }
  for (const child of childrenOf(node)) keepValues(child, source, edits, names, waits, node);
}

/** Whether a statement waits for something, functions in it left aside. */
function awaitsIn(node: Located): boolean {
  if (/Function/.test(node.type)) return false;
  return (
    node.type === 'AwaitExpression' ||
    (node.type === 'ForOfStatement' && node.await === true) ||
    [...childrenOf(node)].some(awaitsIn)
  );
}

/** Where a call stands. */
interface Place {
  /** In a function that can wait, in one that cannot, or in none. */
  inside: 'async' | 'plain' | 'none';
  awaited: boolean;
  /** In `a?.b().c`, which may be passed over. */
  chained: boolean;
}

const OUTSIDE: Place = { inside: 'none', awaited: false, chained: false };

/**
 * What mongosh does with promises, where it cannot be seen in values: `.then` follows any call; `withTransaction` is
 * waited for where that is possible; others go on while a function sleeps.
 */
function promises(node: Located, edits: Edit[], { inside, awaited, chained } = OUTSIDE): void {
  if (node.type === 'CallExpression') {
    const callee = node.callee as Located;
    const object = callee.object as Located | undefined;
    const name = ((callee.property ?? callee) as { name?: string }).name ?? '';
    const wait = { ...spanOf(node), before: '(await ', after: ')', outside: inside === 'none' };
    if (!object && name === 'sleep' && (awaited || inside === 'async')) {
      if (!awaited) edits.push(wait);
      edits.push({ ...spanOf(callee), before: `${HOLDER}.waiting(`, after: ')' });
    }
    if (object && name === 'withTransaction' && !awaited && !chained && inside !== 'plain') {
      const [callback] = node.arguments as Located[];
      if (!callback || !/Function/.test(callback.type) || callback.async) edits.push(wait);
    }
    const follows = object?.type === 'CallExpression' && /^(then|catch|finally)$/.test(name);
    if (follows && !chained && !yieldsIn(object)) {
      const call = awaitsIn(object) ? 'async () => ' : '() => ';
      edits.push({ ...spanOf(object), before: `${HOLDER}.promised(${call}`, after: ')' });
    }
  }
  const isFunction = /Function/.test(node.type);
  const within: Place = {
    inside: !isFunction ? inside : node.async && !node.generator ? 'async' : 'plain',
    awaited: node.type === 'AwaitExpression',
    chained: !isFunction && (chained || node.type === 'ChainExpression'),
  };
  for (const child of childrenOf(node)) promises(child, edits, within);
}

const yieldsIn = (node: Located): boolean =>
  node.type === 'YieldExpression' ||
  (!/Function/.test(node.type) && [...childrenOf(node)].some(yieldsIn));

const LOOPS = /^(For|ForIn|ForOf|While|DoWhile)Statement$/;

/**
 * Has the session told of what a program takes: at each turn of a loop that may make values, and where an array
 * gets its length. And of what it asks for that is not to be had, where nothing else would say so: to change what
 * JavaScript brings along, to load a module.
 */
function guard(node: Located, source: string, edits: Edit[], chained = false): void {
  if (LOOPS.test(node.type)) {
    const body = node.body as Located;
    const cost = costOf(body) + (node.update ? costOf(node.update as Located) : 0);
    const take = `${HOLDER}.take(${String(cost)});`;
    if (cost > 0 && body.type === 'BlockStatement')
      edits.push({ start: body.start + 1, end: body.end - 1, before: take, after: '' });
    else if (cost > 0) edits.push({ ...spanOf(body), before: `{${take}`, after: '}' });
  }
  const [size] = (node.arguments ?? []) as Located[];
  if (size && isSized(node) && size.type !== 'SpreadElement')
    edits.push({ ...spanOf(size), before: `${HOLDER}.sized(`, after: ')' });
  if (node.type === 'SpreadElement')
    edits.push({ ...spanOf(node.argument as Located), before: `${HOLDER}.made(`, after: ')' });
  // What stands inside `a?.b().c` may be passed over with the rest of it.
  else if (!chained && isMaker(node))
    edits.push({ ...spanOf(node), before: `${HOLDER}.made(`, after: ')' });
  const builtin = changedBuiltin(node);
  if (builtin) {
    const name = JSON.stringify(source.slice(builtin.start, builtin.end));
    edits.push({ ...spanOf(builtin), before: `${HOLDER}.open(`, after: `, ${name})` });
  }
  if (node.type === 'ImportExpression')
    edits.push({
      start: node.start,
      end: node.start + 'import'.length,
      before: `${HOLDER}.load`,
      after: '',
      cut: true,
    });
  for (const child of childrenOf(node))
    guard(
      child,
      source,
      edits,
      node.type === 'ChainExpression' || (chained && isLink(node, child)),
    );
}

/** Whether a node is the next one inwards of a chain, not an argument or a key. */
const isLink = (node: Located, child: Located): boolean =>
  child === node.object || child === node.callee;

/** The object that an assignment to `Array.prototype.last` or `Math.TAU` adds to. */
function changedBuiltin(node: Located): Located | null {
  if (node.type !== 'AssignmentExpression') return null;
  const left = node.left as Located;
  if (left.type !== 'MemberExpression') return null;
  const object = left.object as Located;
  const root =
    object.type === 'MemberExpression' && (object.property as Located).name === 'prototype'
      ? (object.object as Located)
      : object;
  return root.type === 'Identifier' && /^[A-Z]/.test(root.name as string) ? object : null;
}

const spanOf = ({ start, end }: Located): Pick<Edit, 'start' | 'end'> => ({ start, end });

function* childrenOf(node: Located): Generator<Located> {
  for (const field of Object.keys(node)) {
    const value = node[field];
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof (child as { type?: unknown } | null)?.type === 'string') yield child as Located;
    }
  }
}
