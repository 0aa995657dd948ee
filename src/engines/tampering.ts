/**
 * What a hostile script may try, so that a later one sees something else than it would on a fresh
 * database. Plain data: tests run it on the engines, and on what is shipped.
 */
import type { EngineName } from './engine.ts';
import { DOCUMENTS_TAMPERING } from './documents/tampering.ts';
import { POSTGRES_TAMPERING } from './postgres/tampering.ts';
import { SQLITE_TAMPERING } from './sqlite/tampering.ts';

export interface Tampering {
  name: string;
  /** The script. */
  tamper: string;
  /** A script that shows what the other one did. After a reset it has to print what it prints on a fresh database. */
  probe: string;
  /** Whether the database does not even let it happen: then the probe shows nothing at once either. */
  refused?: boolean;
}

export const TAMPERING: readonly (Tampering & { engine: EngineName })[] = [
  ...DOCUMENTS_TAMPERING.map((it) => ({ engine: 'documents' as const, ...it })),
  ...POSTGRES_TAMPERING.map((it) => ({ engine: 'postgres' as const, ...it })),
  ...SQLITE_TAMPERING.map((it) => ({ engine: 'sqlite' as const, ...it })),
];
