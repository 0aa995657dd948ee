/** How a question or a cell says that a reader is done with it, without knowing who keeps progress. */

export interface Done {
  kind: 'question' | 'cell';
  /** Its lasting id: `1.2.q-null-share`. */
  id: string;
  /** Whether the answer was right, or the cell ran without an error. */
  right: boolean;
}

/** The event on `document`; its detail is a `Done`. */
export const DONE_EVENT = 'course:done';

export const tellDone = (detail: Done): boolean =>
  document.dispatchEvent(new CustomEvent<Done>(DONE_EVENT, { detail }));
