/**
 * How long a page takes: its core path, and what is folded away under `<Deeper>`. Counted in its source, by the numbers
 * that people read at: 200 words a minute, 20 seconds for what a cell shows, 30 seconds to bet on it.
 */
import { collectCells } from '../../running/cells/fence/collect.ts';

export interface Pace {
  words: number;
  cells: number;
  bets: number;
  /** What all of it takes. */
  minutes: number;
}

/** Words a minute, a slow reader's who also thinks; seconds for a cell; seconds for a bet. */
const [WORDS, CELL, BET] = [200, 20, 30];

/** A core path may take so many times the minutes that the page has in class, where much of it is told and not read. */
export const MOST = 1.5;

const DEEPER = /^<Deeper\s[^>]*>$[\s\S]*?^<\/Deeper>$/gm;
const NOTE = /^<TeacherNote[^>]*>$[\s\S]*?^<\/TeacherNote>$/gm;
const FENCE = /^(`{3,})[\s\S]*?^\1`*$/gm;
const TAG = /<[^>]+>/g;
/** Where a Markdown link leads. */
const TARGET = /\]\([^)]*\)/g;

/** The source of a page without what is folded away. Lines stay where they are. */
export const withoutDeeper = (source: string): string =>
  source.replace(DEEPER, (folded) => folded.replace(/[^\n]+/g, ''));

/**
 * @param source a page's MDX, without its frontmatter.
 * @param file for errors in its cells.
 */
export function paceOf(source: string, file: string): { core: Pace; deeper: Pace } {
  const core = withoutDeeper(source);
  const deeper = [...source.matchAll(DEEPER)].map(([folded]) => folded).join('\n\n');
  return { core: count(core, file), deeper: count(deeper, file) };
}

function count(source: string, file: string): Pace {
  const cells = collectCells(source, file);
  const text = source.replace(NOTE, '').replace(FENCE, '').replace(TAG, '').replace(TARGET, '');
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}’'.,-]*/gu)?.length ?? 0;
  const bets = cells.filter(({ bet }) => bet).length;
  const seconds = (words / WORDS) * 60 + cells.length * CELL + bets * BET;
  return { words, cells: cells.length, bets, minutes: seconds / 60 };
}

/** `2,562 words, 29 cells and 10 bets`, for whoever has to make a page shorter. */
export const inWords = ({ words, cells, bets }: Pace): string =>
  `${words.toLocaleString('en')} words at ${WORDS} a minute, ${cells} cells at ${CELL} s, ${bets} bets at ${BET} s`;
