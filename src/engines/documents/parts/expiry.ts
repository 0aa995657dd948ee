/** Documents with a time to live. */
import { changeExpiry, checkExpiry } from '../operations/expiry.ts';
import { expire } from '../storage/expiry.ts';
import { bring } from './brought.ts';

export function install(): void {
  bring({ changeExpiry, checkExpiry, expire });
}
