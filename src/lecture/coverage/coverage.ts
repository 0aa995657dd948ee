/**
 * What the lecture's notes hold, and where the site carries it: `content/coverage.yaml`. Each entry
 * names one idea, example, table, drawing, warning or reference of the notes, the lasting id of the
 * place that has it, and words that have to stand there.
 */
import { z } from 'astro/zod';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { didYouMean } from '../../foundation/mistakes/nearest.ts';
import type { Tell } from '../../foundation/mistakes/noting.ts';
import { readShaped, schemaFor, type Path } from '../../foundation/yaml/shaped.ts';

export const COVERAGE_FILE = 'content/coverage.yaml';

/** Fewer would not cover a section. */
export const FEWEST_ENTRIES = 6;

const KINDS = ['idea', 'example', 'table', 'drawing', 'warning', 'reference'] as const;

const entry = z.strictObject({
  kind: z.enum(KINDS),
  holds: z.string().trim().min(1).describe('What the notes hold there, in a few words.'),
  at: z
    .string("write the lasting id in quotes: '1.2.eav'")
    .trim()
    .min(1)
    .describe('The lasting id of the place on the site.'),
  terms: z
    .array(z.union([z.string(), z.number()]).transform(String))
    .min(1, 'list at least one word that has to stand there')
    .describe('What has to stand there; case and spaces do not matter.'),
});
const shape = z
  .record(z.string(), z.array(entry))
  .describe('The sections of the notes, each with what they hold.');

export interface CoverageEntry extends z.infer<typeof entry> {
  /** The section of the notes. */
  section: string;
  /** Its line in the file. */
  line: number;
}

/** As {@link schemaFor}. */
export const jsonSchema = (): unknown =>
  schemaFor(shape, `What the lecture's notes hold, and where: ${COVERAGE_FILE}`);

/**
 * @param source the YAML: section → entries.
 * @param tell takes note of what is not right besides the first thing, which is thrown.
 * @throws AuthoringError naming line, section, entry and remedy.
 */
export function parseCoverage(source: string, tell?: Tell): CoverageEntry[] {
  const { data, lineOf } = readShaped(shape, source, COVERAGE_FILE, { called, tell });
  return Object.entries(data).flatMap(([section, entries]) =>
    entries.map((one, index) => ({ ...one, section, line: lineOf(section, index) })),
  );
}

/** `section 1.2, entry 3, terms`. */
function called([section, index, ...rest]: Path): string {
  const parts = [
    section && `section ${section}`,
    typeof index === 'number' && `entry ${index + 1}`,
  ];
  return [...parts, ...rest.slice(0, 1)].filter(Boolean).join(', ');
}

/**
 * What can be told without the site: sections of which too little is listed, and places that are gone.
 *
 * @param required the sections that have to be covered.
 * @param places the lasting ids there are.
 */
export function problemsOfPlaces(
  entries: readonly CoverageEntry[],
  required: readonly string[],
  places: { has(id: string): boolean; keys(): Iterable<string> },
): AuthoringError[] {
  const few = required.flatMap((section) => {
    const all = entries.filter((one) => one.section === section);
    if (all.length >= FEWEST_ENTRIES) return [];
    const message = `section ${section} has ${all.length} entries. List at least ${FEWEST_ENTRIES} things that the notes hold there.`;
    return new AuthoringError(COVERAGE_FILE, all[0]?.line ?? 1, message);
  });
  const lost = entries
    .filter(({ at }) => !places.has(at))
    .map((one) =>
      problemOf(
        one,
        `there is no ${one.at} any more.${didYouMean(one.at, places.keys())} Name the id that carries it now.`,
      ),
    );
  return [...few, ...lost];
}

/**
 * @param textAt the text at a lasting id; `null` if it is on no page.
 * @returns the words that a place has lost, each with its remedy.
 */
export function problemsOfTerms(
  entries: readonly CoverageEntry[],
  textAt: (id: string) => string | null,
): AuthoringError[] {
  return entries.flatMap((one) => {
    const text = textAt(one.at);
    if (text === null) return problemOf(one, `no page has ${one.at}. Build the site again.`);
    const plain = normalized(text);
    return one.terms
      .filter((term) => !plain.includes(normalized(term)))
      .map((term) =>
        problemOf(one, `“${term}” does not stand at ${one.at}. Bring it back, or say where.`),
      );
  });
}

const problemOf = ({ section, holds, line }: CoverageEntry, message: string): AuthoringError =>
  new AuthoringError(COVERAGE_FILE, line, `section ${section}, “${holds}”: ${message}`);

const normalized = (text: string): string =>
  text.toLowerCase().replaceAll(/[’‘]/g, "'").replaceAll(/[“”]/g, '"').replaceAll(/\s+/g, ' ');
