/** What stands at a prompt and has not run yet. It is kept key by key, for the visit. */
import { Kept } from '../../../foundation/kept/kept.ts';

/** In characters: more was pasted, and is where it came from. */
const LONGEST = 200_000;

export interface PromptDraft {
  /** As it was left. */
  readonly text: string;
  keep(text: string): void;
}

const drafts = new Kept<string>(
  'prompt',
  1,
  (data) => (typeof data === 'string' && data.length <= LONGEST ? data : undefined),
  'visit',
);

/** @param id which prompt it is. */
export const promptDraft = (id: string): PromptDraft => ({
  get text() {
    return drafts.get(id) ?? '';
  },
  keep(text) {
    if (text === '') drafts.remove(id);
    else if (text.length <= LONGEST) drafts.set(id, text);
  },
});
