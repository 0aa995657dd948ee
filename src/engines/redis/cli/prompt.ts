/** redis-cli's prompt. */
import type { Client } from '../core/client.ts';

/** With the database if it is not 0, and `(TX)` in a transaction. */
export function prompt(client: Client): string {
  const db = client.db.id === 0 ? '' : `[${client.db.id}]`;
  return `127.0.0.1:6379${db}${client.queue ? '(TX)' : ''}> `;
}
