/** What every command of `scripts/` does at its ends. */
import { dirname } from 'node:path';

/** The checkout these scripts belong to. */
export const ROOT = dirname(dirname(import.meta.dirname));

/**
 * Runs a command in the checkout and ends the process with its exit code. An error is printed as
 * what it says: its message names the remedy, a stack would bury it. `DEBUG=1` shows the stack.
 *
 * @param main returns whether all is well
 */
export async function command(main: () => boolean | Promise<boolean>): Promise<void> {
  process.chdir(ROOT);
  // An ordinary end, so that what was started ends as well.
  process.on('SIGTERM', () => process.exit(143));
  process.on('SIGHUP', () => process.exit(129));
  try {
    process.exit((await main()) ? 0 : 1);
  } catch (error) {
    const message = error instanceof Error && !process.env['DEBUG'] ? error.message : error;
    console.error(message);
    process.exit(1);
  }
}
