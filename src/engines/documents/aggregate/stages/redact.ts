/** `$redact` (manual): documents keep or lose themselves, level by level. */
import { fail } from '../../errors.ts';
import { describe } from '../../values/describe.ts';
import { type Doc, Fields, isDoc, type Maybe, type Value } from '../../values/types.ts';
import { compileEvaluator } from '../expression.ts';
import type { MakeStage } from '../stage.ts';

/** What `$$DESCEND` and its like stand for. */
const DECISIONS = { DESCEND: 'descend', PRUNE: 'prune', KEEP: 'keep' } as const;

const $redact: MakeStage = (spec, context) => {
  const decide = compileEvaluator(spec, {
    ...context,
    variables: { ...context.variables, ...DECISIONS },
  });
  const redact = (doc: Doc, top: Doc): Doc | null => {
    const decision = decide({ root: doc, top, variables: null });
    if (decision === DECISIONS.KEEP) return doc;
    if (decision === DECISIONS.PRUNE) return null;
    if (decision !== DECISIONS.DESCEND)
      fail(
        17053,
        `$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE, but returned ${describe(decision)}`,
      );
    const kept = new Fields();
    for (const field in doc) {
      const value = within(doc[field]!, top);
      if (value !== undefined) kept[field] = value;
    }
    return kept;
  };
  const within = (value: Value, top: Doc): Maybe => {
    if (isDoc(value)) return redact(value, top) ?? undefined;
    if (!Array.isArray(value)) return value;
    return value.map((item) => within(item, top)).filter((item) => item !== undefined);
  };
  return (docs) => docs.map((doc) => redact(doc, doc)).filter((doc) => doc !== null);
};

export const REDACT: Readonly<Record<string, MakeStage>> = { $redact };
