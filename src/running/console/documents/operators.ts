/** The operators of the document store, read from its own reference. */
import reference from '../../../engines/documents/OPERATORS.md?raw';

export type OperatorKind = 'filter' | 'update' | 'stage' | 'accumulator' | 'window' | 'expression';

const KINDS: readonly (readonly [heading: string, title: RegExp, kind: OperatorKind])[] = [
  ['Filters', /./, 'filter'],
  ['Updates', /./, 'update'],
  ['Pipelines', /^Stages/, 'stage'],
  ['Pipelines', /^Accumulators/, 'accumulator'],
  ['Pipelines', /^Functions of/, 'window'],
  ['Expressions', /./, 'expression'],
];

/** The operators by kind, from the reference's text. */
export function readOperators(markdown: string): Readonly<Record<OperatorKind, string[]>> {
  const found: Record<OperatorKind, string[]> = {
    filter: [],
    update: [],
    stage: [],
    accumulator: [],
    window: [],
    expression: [],
  };
  for (const section of markdown.split(/^## /m).slice(1)) {
    const heading = section.slice(0, section.indexOf('\n'));
    for (const [, title, list] of section.matchAll(/^- ([^:]+): (.*)$/gm)) {
      const kind = KINDS.find(([of, pattern]) => of === heading && pattern.test(title!))?.[2];
      if (kind)
        found[kind].push(...[...list!.matchAll(/`(\$[a-zA-Z]\w*)`/g)].map(([, name]) => name!));
    }
  }
  return found;
}

export const OPERATORS = readOperators(reference);
