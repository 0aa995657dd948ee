/** What all of the engine has in common. */
export const reversed = (text: string): string => [...text].reverse().join('');

/** An answer to a line that makes no sense. */
export class NoWord extends Error {}
