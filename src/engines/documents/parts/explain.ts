/** `explain`: the words for a plan. */
import { explainPipeline, explainQuery } from '../operations/explain.ts';
import { bring } from './brought.ts';

export function install(): void {
  bring({ explainPipeline, explainQuery });
}
