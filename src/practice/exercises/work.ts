/** How much a load makes the engine do, as the engine itself counts it: documents looked at and written. */
import { ENGINES } from '../../engines/descriptors.ts';
import type { Output } from '../../engines/engine.ts';

/** Documents. */
export interface Work {
  reads: number;
  writes: number;
}

/** Code that prints an engine's counters; a language without such counters has none. */
const COUNTERS: Readonly<Record<string, string>> = Object.fromEntries(
  ENGINES.flatMap(({ language: { fence, counters } }) =>
    counters === undefined ? [] : [[fence, counters]],
  ),
);

/** Languages whose work can be measured. */
export const MEASURED = Object.keys(COUNTERS);

/** @throws Error if the engine of the language does not count. */
export function countersOf(lang: string): string {
  const code = COUNTERS[lang];
  if (code === undefined) throw new Error(`work cannot be measured in ${lang}`);
  return code;
}

/**
 * @param before what the counters printed before the load.
 * @param after what they printed after it.
 */
export function workBetween(before: readonly Output[], after: readonly Output[]): Work {
  const [first, then] = [totalOf(before), totalOf(after)];
  return { reads: then.reads - first.reads, writes: then.writes - first.writes };
}

function totalOf(outputs: readonly Output[]): Work {
  const text = outputs.find((output) => output.kind === 'text')?.text;
  if (text === undefined) throw new Error('the engine does not say what it has counted');
  const { document, queryExecutor } = JSON.parse(text) as {
    document: { inserted: number; updated: number; deleted: number };
    queryExecutor: { scannedObjects: number };
  };
  return {
    reads: queryExecutor.scannedObjects,
    writes: document.inserted + document.updated + document.deleted,
  };
}

/** @returns in words what is more than it may be; nothing if all is within its limits. */
export function overrun(work: Work, limits: Partial<Work>): string | undefined {
  const said = (['reads', 'writes'] as const).flatMap((kind) => {
    const limit = limits[kind];
    if (limit === undefined || work[kind] <= limit) return [];
    const documents = limit === 1 ? 'document' : 'documents';
    return `${kind === 'reads' ? 'Read' : 'Written'}: ${counted(work[kind])}, where ${counted(limit)} ${documents} would do.`;
  });
  return said.length > 0 ? said.join(' ') : undefined;
}

const counted = (count: number): string => count.toLocaleString('en-US');
