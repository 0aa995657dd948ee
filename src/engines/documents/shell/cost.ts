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
    case 'BinaryExpression':
    case 'AssignmentExpression':
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

/** Whether a call makes something as large as its first argument says: `new Array(1e6)`. */
export function isSized({ type, callee }: Located): boolean {
  if (type !== 'NewExpression' && type !== 'CallExpression') return false;
  const { type: called, name } = callee as Located;
  return called === 'Identifier' && /^(Array|ArrayBuffer|\w+\d+Array)$/.test(name as string);
}

function children(node: Located): Located[] {
  return Object.values(node)
    .flat()
    .filter((child): child is Located => typeof (child as Located | null)?.type === 'string');
}
