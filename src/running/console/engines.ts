/** The databases that have a console, and what it is, for readers who have not opened it. */
import { ENGINE_NAMES, type EngineName } from '../../engines/engine.ts';

export const isConsoleEngine = (name: string): name is EngineName =>
  (ENGINE_NAMES as readonly string[]).includes(name);

export const DESCRIPTIONS: Readonly<Record<EngineName, string>> = {
  postgres:
    'Type SQL as in psql: a statement runs at its semicolon. Below the prompt you see every table with its columns, rows and indexes. Opening it loads PostgreSQL, 5 MB, once per visit.',
  sqlite:
    'Type SQL as in sqlite3: a statement runs at its semicolon. Below the prompt you see every table with its columns, rows and indexes.',
  documents:
    'Type JavaScript as in mongosh: variables stay, and what you type is completed with collections, methods, operators and fields. Below the prompt you see every collection with its documents and indexes.',
  redis:
    'Type Redis commands as in redis-cli, with up to four clients side by side. Below the prompt you see every key with its time to live, a clock that you can skip ahead, and a switch for persistence with a button that crashes the server.',
};
