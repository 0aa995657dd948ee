/** Text indexes and `$text`. */
import { textCondition } from '../text/search.ts';
import { parseTextIndex } from '../text/text-index.ts';
import { bring } from './brought.ts';

export function install(): void {
  bring({ parseTextIndex, textCondition });
}
