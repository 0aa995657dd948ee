/** What a reader is told of what is kept. */
import type { Kept } from './messages.ts';
import type { Fetching } from './worker/filling.ts';

/** @returns a size as readers know it: `7.9 MB`. One MB is a million bytes. */
export const size = (bytes: number): string =>
  bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

const files = (count: number): string => (count === 1 ? '1 file' : `${count} files`);
const notKept = (count: number): string => `${files(count)} ${count === 1 ? 'is' : 'are'} not kept`;

/** What is kept, in a sentence or two. */
export function stateInWords({ pages, missing }: Kept): string {
  if (missing.length === 0)
    return `Everything: all ${pages.all} pages, the search, the editor and the databases.`;
  if (pages.kept === pages.all)
    return `All ${pages.all} pages, and of the search, the editor and the databases what you have used.`;
  return `${pages.kept} of ${pages.all} pages, and of the search, the editor and the databases what you have used.`;
}

/** How many bytes are missing. */
export const missingBytes = ({ missing }: Kept): number =>
  missing.reduce((sum, [, bytes]) => sum + bytes, 0);

/**
 * How keeping everything ended, where it did not reach its end.
 *
 * @param why what stopped it, or why a file did not come.
 * @param left how many files are not kept.
 */
export function endInWords(why: Fetching | 'stopped', left: number): string {
  switch (why) {
    case 'refused':
      return `Your browser gives this site no more room: ${notKept(left)}. Free some, then press the button again.`;
    case 'unreachable':
      return `The connection broke off: ${notKept(left)}. Press the button again when you are connected.`;
    case 'stopped':
      return `Stopped: ${notKept(left)}.`;
    default:
      return `The site did not send ${files(left)} as they should be. It may be about to change: press the button again later.`;
  }
}
