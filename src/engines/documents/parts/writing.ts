/** Stages that write. */
import { addStages } from '../aggregate/pipeline.ts';
import { WRITING } from '../aggregate/stages/writing.ts';

export function install(): void {
  addStages(WRITING);
}
