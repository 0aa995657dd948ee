/** Every command of the emulator, by name: those that are there at once, and those that come with a part. */
import type { Handler } from '../core/command-table.ts';
import { connectionCommands } from './connection.ts';
import { expiryCommands } from './expiry.ts';
import { genericCommands } from './generic.ts';
import { hashCommands } from './hashes.ts';
import { listCommands } from './lists.ts';
import { LATER, loadParts } from './parts.ts';
import { pubsubCommands } from './pubsub.ts';
import { serverCommands } from './server-commands.ts';
import { setCommands } from './sets.ts';
import { sortedSetCommands } from './sorted-sets.ts';
import { stringCommands } from './strings.ts';
import { transactionCommands } from './transactions.ts';

/** What each does. A part adds its commands when it comes. */
export const handlers: Record<string, Handler> = {
  ...stringCommands,
  ...hashCommands,
  ...listCommands,
  ...setCommands,
  ...sortedSetCommands,
  ...genericCommands,
  ...expiryCommands,
  ...transactionCommands,
  ...pubsubCommands,
  ...connectionCommands,
  ...serverCommands,
};

/**
 * Brings what commands need that are not there at once. @param firstWords of the commands; other words do no harm.
 *
 * @throws what an `import()` throws.
 */
export const loadCommands = (firstWords: Iterable<string>): Promise<void> =>
  loadParts(handlers, firstWords);

/** For Node, where all is there: {@link handlers} has every command from then on. */
export const loadEveryCommand = (): Promise<void> => loadCommands(LATER);
