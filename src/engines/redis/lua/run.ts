import type { Client } from '../core/client.ts';

/** One run of a script. */
export interface Run {
  /** Whom its commands run as. */
  client: Client;
  /** Commands that write are refused. */
  readOnly: boolean;
  /** Memory was full when it began: what needs more of it is refused until it has written. */
  full: boolean;
  hasWritten: boolean;
  /** Steps of Lua, and what its commands count for. */
  steps: number;
}
