/** Every command of the emulator, by name. */
import type { Handler } from '../core/command-table.ts';
import { bitmapCommands } from './bitmaps.ts';
import { commandInfoCommands } from './command-info.ts';
import { connectionCommands } from './connection.ts';
import { expiryCommands } from './expiry.ts';
import { genericCommands } from './generic.ts';
import { hashCommands } from './hashes.ts';
import { listCommands } from './lists.ts';
import { pubsubCommands } from './pubsub.ts';
import { serverCommands } from './server-commands.ts';
import { setCommands } from './sets.ts';
import { sortedSetCommands } from './sorted-sets.ts';
import { stringCommands } from './strings.ts';
import { transactionCommands } from './transactions.ts';

export const handlers: Record<string, Handler> = {
  ...stringCommands,
  ...bitmapCommands,
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
  ...commandInfoCommands,
};
