/** The databases that have a console, and what it is, for readers who have not opened it. */
import type { EngineName } from '../engines/engine.ts';

export const CONSOLE_ENGINES = ['redis'] as const satisfies readonly EngineName[];
export type ConsoleEngine = (typeof CONSOLE_ENGINES)[number];

export const isConsoleEngine = (name: string): name is ConsoleEngine =>
  (CONSOLE_ENGINES as readonly string[]).includes(name);

export const DESCRIPTIONS: Readonly<Record<ConsoleEngine, string>> = {
  redis:
    'Type Redis commands as in redis-cli, with up to four clients side by side. Below the prompt you see every key with its time to live, a clock that you can skip ahead, and a switch for persistence with a button that crashes the server.',
};
