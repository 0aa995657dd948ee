/**
 * How much a console may say and show at once. They are the worker's, so that nothing a reader types
 * lifts them; the page holds whatever comes against the same numbers. What the server itself may hold
 * is in `core/cage.ts`.
 */

export const MOST_CLIENTS = 4;
/** Of a line that is typed, in characters. */
export const LONGEST_LINE = 1_000_000;

/** What one command prints at one prompt. */
export const MOST_LINES = 500;
export const MOST_CHARACTERS = 60_000;

/** What is kept for one prompt until the page asks again: a log shows no more. */
export const MOST_ENTRIES = 300;
/** The same in characters. */
export const MOST_TRANSCRIPT = 100_000;
/** Of a typed line as it is shown, in characters. */
export const LONGEST_ECHO = 2000;

/** Pasted lines run until so many milliseconds have passed; then the page is told, and sends the rest. */
export const SLICE = 30;

/** Rows of the view of the keys, and of the report on a crash. */
export const MOST_ROWS = 50;
/** Of a name or a value in them, in characters. */
export const LONGEST_TEXT = 160;

export const MOST_SUGGESTIONS = 12;
/** Of a key that is suggested, in characters. */
export const LONGEST_SUGGESTION = 200;
