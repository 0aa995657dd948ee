/**
 * Settings that PostgreSQL takes and that change nothing here: there is one session, no server program around it,
 * no disk, and nothing that could interrupt a statement. Whoever sets one is told.
 *
 * Source: https://www.postgresql.org/docs/18/runtime-config.html
 */
import type { NoticeOutput, Origin } from '../engine.ts';
import type { Statement } from '../sql/statements.ts';

const NOBODY_INTERRUPTS =
  'nothing here can interrupt a statement that runs. The Stop button ends it, and the database with it.';
const ALONE = 'this is the only session, so nothing is ever waited for.';
const NO_LOG = 'there is no log that you could read.';
const NO_DISK = 'the database is in memory, and nothing of it outlives the page.';
const NO_WORKERS = 'there are no other processes to share the work with.';
const NOT_COMPILED = 'this build compiles no expressions.';
const NO_CONNECTION = 'there is no network connection.';

/** From patterns of names to the reason. The first that matches counts. */
const WITHOUT_EFFECT: readonly (readonly [RegExp, string])[] = [
  [/^(statement|transaction)_timeout$/, NOBODY_INTERRUPTS],
  [/^(idle_in_transaction_session|idle_session)_timeout$/, 'a session that waits is never ended.'],
  [/^(lock_timeout|deadlock_timeout|log_lock_waits|log_lock_failures)$/, ALONE],
  [
    /^log_|^debug_|^trace_|_stats$|^(application_name|backtrace_functions|event_source|event_triggers_log)$/,
    NO_LOG,
  ],
  [
    /^(synchronous_commit|commit_(delay|siblings)|wal_\w+|fsync|full_page_writes|temp_tablespaces|temp_file_limit|default_tablespace|file_copy_method|vacuum_truncate_wal)$/,
    NO_DISK,
  ],
  [/^(effective|maintenance)_io_concurrency$|^io_|^backend_flush_after$/, NO_DISK],
  [
    /parallel|^(max_stack_depth|maintenance_worker|vacuum_cost_(delay|limit|page_\w+)|vacuum_buffer_usage_limit)$/,
    NO_WORKERS,
  ],
  [/^jit/, NOT_COMPILED],
  [
    /^(tcp_\w+|client_connection_check_interval|ssl\w*|password_encryption|scram_iterations|krb_\w+|gss_\w+)$/,
    NO_CONNECTION,
  ],
  [
    /^(session|local)_preload_libraries$|^dynamic_library_path$|^extension_control_path$/,
    'there are no other libraries.',
  ],
  [/^track_/, 'the counters of activity are not kept.'],
];

/** @returns why a setting changes nothing here; `undefined` if it does. */
export const whyWithoutEffect = (name: string): string | undefined =>
  WITHOUT_EFFECT.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1];

/** Values that switch a thing off change nothing anywhere. */
const OFF = /^(?:'?(?:0(?:\w{1,3})?|off|none|default|)'?)$/i;

/**
 * @param statement one that has succeeded.
 * @param code the file that it stands in.
 * @returns what is to be said of the settings that it gave a value.
 */
export function settingNotices(
  { tokens, text }: Statement,
  code: string,
  origin: Origin,
): NoticeOutput[] {
  const notice = (message: string): NoticeOutput => ({
    kind: 'notice',
    origin,
    severity: 'NOTICE',
    message,
  });
  const words = tokens.map(({ start, end }) => code.slice(start, end));
  const found: NoticeOutput[] = [];
  for (const [name, value] of settingsOf(words, text)) {
    const why = OFF.test(value) ? undefined : whyWithoutEffect(name);
    if (why !== undefined) found.push(notice(`${name} has no effect here: ${why}`));
  }
  if (/^ALTER\s+SYSTEM\b/i.test(text))
    found.push(
      notice(
        'ALTER SYSTEM is for the next start of the server, and this one never starts again with it.',
      ),
    );
  if (/^ALTER\s+(?:ROLE|USER|DATABASE)\b[^]*\bSET\b/i.test(text))
    found.push(
      notice(
        'A role’s or a database’s own settings are for its next session, and there is no other here.',
      ),
    );
  return found;
}

/** `SET [SESSION | LOCAL] name = value`, `set_config('name', 'value', …)`. */
function settingsOf(words: readonly string[], text: string): [name: string, value: string][] {
  if (words[0]?.toUpperCase() === 'SET') {
    const at = /^(SESSION|LOCAL)$/i.test(words[1] ?? '') ? 2 : 1;
    return [[(words[at] ?? '').replace(/^"|"$/g, ''), words[at + 2] ?? '']];
  }
  return [...text.matchAll(/\bset_config\s*\(\s*'([^']*)'\s*,\s*('[^']*')/gi)].map(
    ([, name, value]) => [name!, value!],
  );
}
