/** How a question, a bet, a cell or an exercise says that a reader is done with it, without knowing who keeps progress. */

export interface Done {
  kind: 'question' | 'cell' | 'exercise' | 'bet';
  /** Its lasting id: `1.2.q-null-share`; of a bet, that of its cell. */
  id: string;
  /** Whether the answer or the bet was right, the cell ran without an error, or all checks of the exercise hold. */
  right: boolean;
}

/** The event on `document`; its detail is a `Done`. */
export const DONE_EVENT = 'course:done';

export const tellDone = (detail: Done): boolean =>
  document.dispatchEvent(new CustomEvent<Done>(DONE_EVENT, { detail }));
