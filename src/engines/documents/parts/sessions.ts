/** Sessions of clients, and their transactions. */
import { Session } from '../api/session.ts';
import { bring } from './brought.ts';

export function install(): void {
  bring({ startSession: (catalog) => new Session(catalog) });
}
