/** How a page falls into steps of a presentation. Knows no DOM: `blocks.ts` reads the page. */

/**
 * - `title`: number, title and lead of the page; `heading`: one that opens a step.
 * - `stage`: needs the screen to itself: a cell, a diagram, a comparison.
 * - `note`: the teacher's; it belongs to what stands before it.
 */
export type BlockKind = 'title' | 'heading' | 'stage' | 'text' | 'note';

export interface Block {
  kind: BlockKind;
  /** Characters that are read. */
  length: number;
}

/** More text than this does not fit a screen in large type. */
const SCREENFUL = 480;

/**
 * @param blocks of a page in its order.
 * @returns the steps, each as positions in `blocks`. Every block is in exactly one, in order; a
 * heading is never alone if something follows it in its section.
 */
export function stepsOf(blocks: readonly Block[]): number[][] {
  const steps: number[][] = [];
  /** Whether nothing but notes may join the step that is being filled. */
  let closed = true;
  let onlyHeadings = false;
  let length = 0;
  const begin = (): void => {
    steps.push([]);
    closed = false;
    onlyHeadings = true;
    length = 0;
  };
  for (const [index, block] of blocks.entries()) {
    if (steps.length === 0 || !joins(block)) begin();
    steps.at(-1)!.push(index);
    if (block.kind === 'note') continue;
    if (block.kind !== 'heading') onlyHeadings = false;
    if (block.kind === 'title' || block.kind === 'stage') closed = true;
    length += block.length;
  }
  return steps;

  function joins(block: Block): boolean {
    if (block.kind === 'note') return true;
    if (closed) return false;
    if (block.kind === 'text') return onlyHeadings || length + block.length <= SCREENFUL;
    return block.kind !== 'title' && onlyHeadings;
  }
}
