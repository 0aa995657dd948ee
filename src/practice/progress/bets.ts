/** The bets of the course that count: whoever places one is right or wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { courseRoot } from '../../foundation/content/root.ts';
import { readPages } from '../../foundation/course/outline.ts';
import { idOnPage } from '../../foundation/addresses/permalink.ts';
import { plainText } from '../../foundation/markup/inline.ts';
import type { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { didYouMean } from '../../foundation/mistakes/nearest.ts';
import { collectCells } from '../../running/cells/fence/collect.ts';
import type { PlacedCell } from '../../running/cells/cell.ts';

export interface CountedBet {
  /** The lasting id of its cell: `1.2.null-share`. */
  id: string;
  /** The page it is on: `1.2`. */
  page: string;
  idea: string;
  /** What it asks, without markup. */
  asks: string;
}

/**
 * @param root the folder that has `content/`.
 * @returns in reading order. What the home page asks is nobody's progress.
 */
export function betsOf(root = courseRoot()): CountedBet[] {
  return readPages(root).flatMap(({ id: page, file }) => {
    const source = readFileSync(join(root, file), 'utf8');
    // Most pages of a course ask nothing, and need no parsing.
    if (!/predict[=:]/.test(source)) return [];
    return collectCells(source, file).flatMap(({ id, bet }) =>
      bet && bet.bet.bet !== 'free'
        ? [{ id: idOnPage(page, id), page, idea: bet.bet.idea, asks: plainText(bet.bet.predict) }]
        : [],
    );
  });
}

/** @returns the bets of cells that name an idea which `content/ideas.yaml` does not have. */
export const problemsOfBets = (
  cells: readonly PlacedCell[],
  ideas: ReadonlyMap<string, string>,
): AuthoringError[] =>
  cells.flatMap(({ bet }) =>
    bet && bet.bet.bet !== 'free' && !ideas.has(bet.bet.idea)
      ? [
          bet.mistake(
            `no question asks the idea "${bet.bet.idea}".${didYouMean(bet.bet.idea, ideas.keys())} content/ideas.yaml has all ideas.`,
            'idea',
          ),
        ]
      : [],
  );
