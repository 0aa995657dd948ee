/** Help: the texts of it. */
import { helpOn } from '../shell/help-texts.ts';
import { bring } from './brought.ts';

export function install(): void {
  bring({ helpOn });
}
