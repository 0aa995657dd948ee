/** Makes sure that a judge is answered by PostgreSQL itself, or says why it would not be. */
import { RestNeeded } from './halves/attach.ts';
import { type Session, SessionLost } from './session.ts';
import { Catalogs, resetSettings, type SystemNames } from './vouch.ts';

/** PostgreSQL's own, as it was before any script. */
export interface Pristine {
  catalogs: Catalogs;
  names: SystemNames;
}

const CHANGED =
  'The checks do not run: your code changes what PostgreSQL itself is made of. Press Reset, and leave its catalogs alone.';

/** @returns why the database would not answer a judge by itself, in words for the reader; `null` if it does. */
export async function whyNotVouched(
  session: Session,
  readPristine: () => Promise<Pristine | undefined>,
): Promise<string | null> {
  // In a transaction that has failed nothing is answered at all.
  if (session.hasFailed) return null;
  try {
    const pristine = await readPristine();
    const now = await Catalogs.read(session);
    if (!pristine || !now.isAsIn(pristine.catalogs)) return CHANGED;
    const standIn = await now.standIn(session, pristine.names);
    if (standIn !== undefined)
      return `The checks do not run: your code makes ${standIn}, and what they ask would be answered by it. Leave it out.`;
    await resetSettings(session);
    return null;
  } catch (error) {
    if (error instanceof SessionLost || error instanceof RestNeeded) throw error;
    return CHANGED;
  }
}
