/** Command documents: `runCommand` and what is one underneath. */
import { runCommand } from '../api/commands.ts';
import { bring } from './brought.ts';

export function install(): void {
  bring({ runCommand });
}
