import type { ScriptFile } from '../../../engines/engine.ts';
import type { Author } from './element.ts';
import { holdsHidden } from './hidden-characters.ts';

/**
 * Whose code stands in a cell, in words.
 *
 * @param hasOwn whether the reader has code of their own for the cell, shown or not.
 */
export function authorNote(files: readonly ScriptFile[], author: Author, hasOwn: boolean): string {
  const hidden = holdsHidden(files)
    ? ' It holds characters that nobody sees: they are marked.'
    : '';
  switch (author) {
    case 'course':
      // It would be shown if it fitted.
      return hasOwn
        ? 'This cell was changed since you edited it. Your version is the first of the earlier versions.'
        : '';
    case 'reader':
      return hidden ? `Your version.${hidden}` : 'Your version';
    case 'link':
      return `This code came with a link. It is not the course’s own: read it before you run it.${hidden}${hasOwn ? ' Your version is kept.' : ''}`;
  }
}
