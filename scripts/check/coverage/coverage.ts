/**
 * What the lecture's notes hold, and where the site carries it: `content/coverage.yaml`. Each entry
 * names one idea, example, table, drawing, warning or reference of the notes, the lasting id of the
 * place that has it, and words that have to stand there.
 */
import { openYaml } from '../../../src/foundation/yaml/open.ts';

export const COVERAGE_FILE = 'content/coverage.yaml';

/** Fewer would not cover a section. */
export const FEWEST_ENTRIES = 6;

const KINDS = ['idea', 'example', 'table', 'drawing', 'warning', 'reference'] as const;

export interface CoverageEntry {
  /** The section of the notes. */
  section: string;
  kind: (typeof KINDS)[number];
  /** What the notes hold there, in a few words. */
  holds: string;
  /** The lasting id of the place on the site. */
  at: string;
  /** What has to stand there; case and spaces do not matter. */
  terms: string[];
}

/**
 * @param source the YAML: section → entries.
 * @throws Error naming section, entry and remedy where something is missing or unknown.
 */
export function parseCoverage(source: string): CoverageEntry[] {
  const { data } = openYaml(source, COVERAGE_FILE);
  if (typeof data !== 'object' || Array.isArray(data))
    throw new Error(`${COVERAGE_FILE}: write sections here, each with a list of entries.`);
  const sections = (data ?? {}) as Record<string, unknown>;
  return Object.entries(sections).flatMap(([section, entries]) => {
    if (!Array.isArray(entries))
      throw new Error(`${COVERAGE_FILE}: section ${section} needs a list of entries.`);
    return entries.map((entry, index) => parseEntry(section, index, entry));
  });
}

function parseEntry(section: string, index: number, value: unknown): CoverageEntry {
  const refuse = (message: string): never => {
    throw new Error(`${COVERAGE_FILE}: section ${section}, entry ${index + 1}: ${message}`);
  };
  if (typeof value !== 'object' || value === null)
    return refuse('an entry has kind, holds, at and terms.');
  const { kind, holds, at, terms, ...rest } = value as Record<string, unknown>;
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) refuse(`"${unknown}" is unknown.`);
  if (!KINDS.includes(kind as CoverageEntry['kind'])) refuse(`kind is one of ${KINDS.join(', ')}.`);
  if (typeof holds !== 'string' || holds === '') refuse('holds says what the notes have there.');
  if (typeof at !== 'string' && typeof at !== 'number')
    refuse('at is a lasting id, as in "1.2.eav".');
  if (!Array.isArray(terms) || terms.length === 0)
    return refuse('terms lists words that have to stand there.');
  return {
    section,
    kind: kind as CoverageEntry['kind'],
    holds: holds as string,
    at: String(at),
    terms: terms.map(String),
  };
}

/**
 * @param required the sections that have to be covered.
 * @param textAt the text at a lasting id; `null` if there is no such id.
 * @returns what is wrong, each with its remedy. Empty if all is covered.
 */
export function coverageProblems(
  entries: readonly CoverageEntry[],
  required: readonly string[],
  textAt: (id: string) => string | null,
): string[] {
  const few = required.flatMap((section) => {
    const count = entries.filter((entry) => entry.section === section).length;
    if (count >= FEWEST_ENTRIES) return [];
    return [
      `${COVERAGE_FILE}: section ${section} has ${count} entries. List at least ${FEWEST_ENTRIES} things that the notes hold there.`,
    ];
  });
  const lost = entries.flatMap(({ section, holds, at, terms }) => {
    const place = `${COVERAGE_FILE}: section ${section}, “${holds}”`;
    const text = textAt(at);
    if (text === null)
      return [`${place}: there is no ${at} any more. Name the id that carries it now.`];
    const plain = normalized(text);
    return terms
      .filter((term) => !plain.includes(normalized(term)))
      .map((term) => `${place}: “${term}” does not stand at ${at}. Bring it back, or say where.`);
  });
  return [...few, ...lost];
}

const normalized = (text: string): string =>
  text.toLowerCase().replaceAll(/[’‘]/g, "'").replaceAll(/[“”]/g, '"').replaceAll(/\s+/g, ' ');
