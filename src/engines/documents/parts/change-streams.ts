/** `watch`. */
import { Printable } from '../api/printable.ts';
import { ChangeStream, watch } from '../changes/stream.ts';
import { bring } from './brought.ts';

export function install(): void {
  // A program is handed streams: what they do stays as it is.
  for (const one of [ChangeStream, Printable]) {
    Object.freeze(one);
    Object.freeze(one.prototype);
  }
  bring({ watch });
}
