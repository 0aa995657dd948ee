/** Stages and operators that few scripts use. */
import { addAccumulators } from '../aggregate/accumulators.ts';
import { addOperators } from '../aggregate/expression.ts';
import { PERCENTILE_ACCUMULATORS, PERCENTILE_EXPRESSIONS } from '../aggregate/percentiles.ts';
import { addStages } from '../aggregate/pipeline.ts';
import { BUCKET_AUTO } from '../aggregate/stages/bucket-auto.ts';
import { DENSIFY } from '../aggregate/stages/densify.ts';
import { DOCUMENTS } from '../aggregate/stages/documents.ts';
import { GRAPH_LOOKUP } from '../aggregate/stages/graph-lookup.ts';
import { REDACT } from '../aggregate/stages/redact.ts';
import { WINDOWS } from '../aggregate/windows/stages.ts';

export function install(): void {
  addStages({ ...WINDOWS, ...DENSIFY, ...BUCKET_AUTO, ...REDACT, ...GRAPH_LOOKUP, ...DOCUMENTS });
  addAccumulators(PERCENTILE_ACCUMULATORS);
  addOperators('Summaries', PERCENTILE_EXPRESSIONS);
}
