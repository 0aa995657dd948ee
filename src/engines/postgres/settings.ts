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
const NO_DISK = 'the database is in memory, and nothing of it outlives the page.';
const NO_WORKERS = 'there are no other processes to share the work with.';
const NOT_COMPILED = 'this build compiles no expressions.';
const NO_CONNECTION = 'there is no network connection.';

/** From patterns of names to the reason. The first that matches counts. */
const WITHOUT_EFFECT: readonly (readonly [RegExp, string])[] = [
  [/^(statement|transaction)_timeout$/, NOBODY_INTERRUPTS],
  [/^(idle_in_transaction_session|idle_session)_timeout$/, 'a session that waits is never ended.'],
  [/^(lock|deadlock)_timeout$|^log_lock_/, ALONE],
  [
    /^(synchronous_commit|commit_(delay|siblings)|wal_\w+|temp_tablespaces|default_tablespace)$/,
    NO_DISK,
  ],
  [/_io_concurrency$|^io_|^backend_flush_after$|^file_copy_method$/, NO_DISK],
  [/parallel|^update_process_title$/, NO_WORKERS],
  [/^jit/, NOT_COMPILED],
  [/^(tcp_\w+|client_connection_check_interval)$/, NO_CONNECTION],
  [
    /^(session|local)_preload_libraries$|^(dynamic_library|extension_control)_path$/,
    'there are no other libraries.',
  ],
];

/** What is written for whoever looks after a server. Only their lines for the log are anything. */
const ABOUT_THE_LOG = /^(log|debug_(pretty_)?print|trace)(_|$)|^backtrace_functions$/;

/** @returns what is to be said of a setting that changes nothing here; `undefined` if it does. */
export function whyWithoutEffect(name: string): string | undefined {
  const known = name.toLowerCase();
  const found = WITHOUT_EFFECT.find(([pattern]) => pattern.test(known));
  if (found) return `${name} has no effect here: ${found[1]}`;
  return ABOUT_THE_LOG.test(known)
    ? `${name} is about the server’s log, which nobody can read here. SET client_min_messages = log brings its lines to you.`
    : undefined;
}

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
    if (why !== undefined) found.push(notice(why));
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
