/** Streams: every command, by name. */
import type { Handler } from '../core/command-table.ts';
import { claimCommands } from './claiming.ts';
import { entryCommands } from './entries.ts';
import { groupCommands } from './groups.ts';
import { readingCommands } from './reading.ts';
import { infoCommands } from './xinfo.ts';

export const streamCommands: Record<string, Handler> = {
  ...entryCommands,
  ...readingCommands,
  ...groupCommands,
  ...claimCommands,
  ...infoCommands,
};
