/** HELP of the containers. */
import type { Handler } from '../core/command-table.ts';
import { Status } from '../core/reply.ts';
import { HELP_TEXTS } from './help-texts.ts';

export const helpCommands: Record<string, Handler> = Object.fromEntries(
  Object.entries(HELP_TEXTS).map(([container, text]) => [
    `${container}|help`,
    () => text.split('\n').map((line) => new Status(line)),
  ]),
);
