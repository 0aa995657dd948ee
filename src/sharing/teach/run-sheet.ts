/**
 * The run sheet: the outline with what to do when. Every number in it is the pages' own frontmatter.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import {
  placeInFrontmatter,
  readOutline,
  type Part,
  type Section,
} from '../../foundation/course/outline.ts';
import { collectCells } from '../../running/cells/fence/collect.ts';
import { withoutDeeper } from '../../lecture/pace/pace.ts';
import { collectNotes, type TeachersPage } from './notes.ts';
import { courseRoot } from '../../foundation/content/root.ts';

export interface RunSheetSection extends Section, TeachersPage {
  /** Minutes from the beginning of the lecture. */
  start: number;
  /** How often a cell of it asks the class before it shows. */
  bets: number;
}

export interface RunSheetPart extends Omit<Part, 'sections'>, TeachersPage {
  start: number;
  sections: RunSheetSection[];
}

export interface RunSheet {
  /** Of the whole lecture, without breaks. */
  minutes: number;
  parts: RunSheetPart[];
}

/**
 * @param root the folder that has `content/`.
 * @throws AuthoringError, where the minutes contradict each other.
 */
export function readRunSheet(root = courseRoot()): RunSheet {
  let clock = 0;
  const parts = readOutline(root).map((part): RunSheetPart => {
    const start = clock;
    const sections = part.sections.map((section): RunSheetSection => {
      const begins = clock;
      clock += section.minutes;
      return {
        ...section,
        ...teachersPage(root, section),
        start: begins,
        bets: betsOn(root, section),
      };
    });
    if (clock - start !== part.minutes)
      throw refusal(
        root,
        part.file,
        `the frontmatter says ${part.minutes} minutes, its sections take ${clock - start}. Change one of them.`,
      );
    return { ...part, ...teachersPage(root, part), start, sections };
  });
  return { minutes: clock, parts };
}

function betsOn(root: string, { file }: Section): number {
  const cells = collectCells(withoutDeeper(readFileSync(join(root, file), 'utf8')), file);
  return cells.filter(({ bet }) => bet).length;
}

function teachersPage(root: string, { file, minutes }: Section): TeachersPage {
  const page = collectNotes(readFileSync(join(root, file), 'utf8'), file);
  const noted = page.notes.reduce((sum, note) => sum + (note.minutes ?? 0), 0);
  if (noted > minutes)
    throw refusal(
      root,
      file,
      `its teacher’s notes take ${noted} minutes, the page has ${minutes}. Shorten a note, or give the page more minutes.`,
    );
  return page;
}

function refusal(root: string, file: string, message: string): AuthoringError {
  const { line, column } = placeInFrontmatter(root, file, 'minutes');
  return new AuthoringError(file, line, message, column);
}

/** Minutes as a clock shows them: `95` is `1:35`. */
export const clockOf = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
