/**
 * How much memory a turn of a loop may take, guessed from what is written in it. A worker cannot ask how much it
 * holds, and one that takes too much ends its page: so what a program makes is counted, and too much refused.
 * The guesses are the sizes of V8's objects, rounded up.
 */
import type { Located } from './rewrite.ts';

/** In bytes: what a field or an element takes. */
const SLOT = 8;

/** What a write takes that a store keeps: the document, its `_id`, its entry in the index. */
const STORED = 512;

/** In bytes; 0 where nothing is made. Loops and functions inside count by themselves. */
export function costOf(node: Located): number {
  switch (node.type) {
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return 0;
    case 'FunctionExpression':
    case 'FunctionDeclaration':
    case 'ArrowFunctionExpression':
    case 'ClassExpression':
    case 'ClassDeclaration':
      return 64;
    default:
      return ownCost(node) + children(node).reduce((sum, child) => sum + costOf(child), 0);
  }
}

function ownCost(node: Located): number {
  switch (node.type) {
    case 'ObjectExpression':
      return 56 + SLOT * (node.properties as unknown[]).length;
    case 'ArrayExpression':
      return 32 + SLOT * (node.elements as unknown[]).length;
    case 'NewExpression':
    case 'SpreadElement':
      return 64;
    case 'TemplateLiteral':
    case 'TaggedTemplateExpression':
      return 32;
    case 'CallExpression':
      return writes(node) ? STORED : 24;
    case 'YieldExpression':
    case 'AwaitExpression':
      return 24;
    case 'AssignmentExpression':
      if (makesText(node)) return 32;
      // It may be a text that grows, and most often is a number.
      return node.operator === '+=' ? 4 : 0;
    case 'BinaryExpression':
      return makesText(node) ? 32 : 0;
    default:
      return 0;
  }
}

const writes = ({ callee }: Located): boolean =>
  /^(insert|update|replace|save|bulkWrite)/.test(
    ((callee as Located).property as { name?: string } | undefined)?.name ?? '',
  );

const makesText = ({ operator, left, right }: Located): boolean =>
  (operator === '+' || operator === '+=') &&
  [left, right].some((side) => {
    const { type, value } = side as Located;
    return type === 'TemplateLiteral' || (type === 'Literal' && typeof value === 'string');
  });

/** Whether a call makes something as long as its first argument says: `new Array(1e6)`, `Array.from({ length: 9 })`. */
export function isSized({ type, callee }: Located): boolean {
  if (type !== 'NewExpression' && type !== 'CallExpression') return false;
  const { type: called, name, object, property } = callee as Located;
  if (called === 'MemberExpression')
    return (object as Located).name === 'Array' && (property as Located).name === 'from';
  return called === 'Identifier' && /^(Array|ArrayBuffer|\w+\d+Array)$/.test(name as string);
}

/** Methods and functions whose answer may be as large as what they are given. */
const MAKERS = new Set([
  ...[
    'concat',
    'entries',
    'filter',
    'flat',
    'flatMap',
    'from',
    'insertMany',
    'join',
    'keys',
    'map',
  ],
  ...[
    'padEnd',
    'padStart',
    'parse',
    'repeat',
    'replaceAll',
    'slice',
    'splice',
    'split',
    'stringify',
  ],
  ...['structuredClone', 'toArray', 'toReversed', 'toSorted', 'toSpliced', 'values', 'with'],
]);

/** Whether the answer of a call may be large. */
export function isMaker({ type, callee }: Located): boolean {
  if (type !== 'CallExpression') return false;
  const { name, property } = callee as Located;
  return MAKERS.has((name ?? (property as Located | undefined)?.name) as string);
}

/** In bytes, at least: how much room a value takes that was just made. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.length * SLOT;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  const { insertedIds } = value as { insertedIds?: object };
  return insertedIds ? Object.keys(insertedIds).length * STORED : 0;
}

/** In bytes: how much room a list of this length will take. */
export function sizeFor(length: unknown): number {
  if (typeof length === 'number') return length > 0 ? length * SLOT : 0;
  if (typeof length !== 'object' || length === null || Symbol.iterator in length) return 0;
  return sizeFor((length as { length?: unknown }).length);
}

function children(node: Located): Located[] {
  return Object.values(node)
    .flat()
    .filter((child): child is Located => typeof (child as Located | null)?.type === 'string');
}
