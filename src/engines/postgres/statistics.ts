import type { Session } from './session.ts';

/** Of all tables of users. Without an autovacuum process, nobody else would collect them: plans would be made blindly. */
export async function collectStatistics(session: Session): Promise<void> {
  const tables = await session.query(
    "SELECT format('%I.%I', relnamespace::regnamespace, relname) FROM pg_class " +
      "WHERE oid >= 16384 AND relkind IN ('r', 'm', 'p') " +
      "AND relnamespace::regnamespace::text !~ '^(pg_|information_schema$)' ORDER BY oid",
  );
  if (tables.length === 0) return;
  await session.query(`VACUUM (ANALYZE) ${tables.map(([table]) => table).join(', ')}`);
}
