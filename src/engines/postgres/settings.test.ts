import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nodeAssets } from '../assets.ts';
import type { Database, Output, TableOutput } from '../engine.ts';
import { engine } from './index.ts';
import { whyWithoutEffect } from './settings.ts';

/** What PostgreSQL itself acts on, in one session in memory as anywhere. */
const WITH_EFFECT = new Set<string>(
  (
    'DateStyle IntervalStyle TimeZone allow_in_place_tablespaces allow_system_table_mods ' +
    'application_name array_nulls backslash_quote bytea_output check_function_bodies ' +
    'client_encoding client_min_messages compute_query_id constraint_exclusion ' +
    'cpu_index_tuple_cost cpu_operator_cost cpu_tuple_cost createrole_self_grant ' +
    'cursor_tuple_fraction debug_discard_caches debug_logical_replication_streaming ' +
    'default_statistics_target default_table_access_method default_text_search_config ' +
    'default_toast_compression default_transaction_deferrable default_transaction_isolation ' +
    'default_transaction_read_only effective_cache_size enable_async_append enable_bitmapscan ' +
    'enable_distinct_reordering enable_gathermerge enable_group_by_reordering enable_hashagg ' +
    'enable_hashjoin enable_incremental_sort enable_indexonlyscan enable_indexscan ' +
    'enable_material enable_memoize enable_mergejoin enable_nestloop enable_partition_pruning ' +
    'enable_partitionwise_aggregate enable_partitionwise_join enable_presorted_aggregate ' +
    'enable_self_join_elimination enable_seqscan enable_sort enable_tidscan ' +
    'escape_string_warning event_triggers exit_on_error extra_float_digits from_collapse_limit ' +
    'geqo geqo_effort geqo_generations geqo_pool_size geqo_seed geqo_selection_bias ' +
    'geqo_threshold gin_fuzzy_search_limit gin_pending_list_limit hash_mem_multiplier ' +
    'icu_validation_level ignore_checksum_failure join_collapse_limit lc_messages lc_monetary ' +
    'lc_numeric lc_time lo_compat_privileges logical_decoding_work_mem maintenance_work_mem ' +
    'max_stack_depth md5_password_warnings output_plugin_libraries password_encryption ' +
    'plan_cache_mode quote_all_identifiers random_page_cost recursive_worktable_factor ' +
    'restrict_nonsystem_relation_kind row_security scram_iterations search_path seq_page_cost ' +
    'session_replication_role standard_conforming_strings stats_fetch_consistency ' +
    'synchronize_seqscans temp_buffers temp_file_limit timezone_abbreviations track_activities ' +
    'track_cost_delay_timing track_counts track_functions track_io_timing track_wal_io_timing ' +
    'transaction_deferrable transaction_isolation transaction_read_only transform_null_equals ' +
    'vacuum_buffer_usage_limit vacuum_cost_delay vacuum_cost_limit vacuum_cost_page_dirty ' +
    'vacuum_cost_page_hit vacuum_cost_page_miss vacuum_failsafe_age vacuum_freeze_min_age ' +
    'vacuum_freeze_table_age vacuum_max_eager_freeze_failure_rate vacuum_multixact_failsafe_age ' +
    'vacuum_multixact_freeze_min_age vacuum_multixact_freeze_table_age vacuum_truncate work_mem ' +
    'xmlbinary xmloption zero_damaged_pages'
  ).split(' '),
);

let database: Database;
beforeAll(async () => {
  database = await engine.open(nodeAssets('postgres'));
}, 120_000);
afterAll(() => database.close());
beforeEach(() => database.reset(null));

const run = async (code: string): Promise<Output[]> => {
  const outputs: Output[] = [];
  await database.run({ files: [{ name: 'query.sql', code }] }, (output) => outputs.push(output));
  return outputs;
};
const tables = (outputs: Output[]): TableOutput[] =>
  outputs.filter((output) => output.kind === 'table');
const table = async (code: string): Promise<TableOutput> => {
  const outputs = await run(code);
  const found = tables(outputs).at(-1);
  if (!found) throw new Error(`no table in ${JSON.stringify(outputs)}`);
  return found;
};
/** The values of the last result's first row. */
const row = async (code: string) => (await table(code)).rows[0];

describe('a setting', () => {
  it.each([
    ["SET statement_timeout = '1s'", 'nothing here can interrupt'],
    ['SET SESSION lock_timeout TO 500', 'the only session'],
    ["SELECT set_config('idle_session_timeout', '10s', false)", 'never ended'],
    ['SET max_parallel_workers_per_gather = 4', 'no other processes'],
    ['SET synchronous_commit = off; SET synchronous_commit = local', 'in memory'],
    ["SET log_statement = 'all'", 'client_min_messages'],
    ["ALTER SYSTEM SET work_mem = '1MB'", 'never starts again'],
    ["ALTER ROLE postgres SET work_mem = '1MB'", 'no other here'],
  ])('without effect says so: %s', async (statement, says) => {
    const outputs = await run(`${statement};`);
    expect(outputs.filter(({ kind }) => kind === 'notice')).toMatchObject([
      { message: expect.stringContaining(says) },
    ]);
  });

  it('that is put back or switched off has nothing to say', async () => {
    const outputs = await run(
      "SET statement_timeout = 0; SET lock_timeout TO '0'; RESET statement_timeout; SET jit = off; SET work_mem = '1MB';",
    );
    expect(outputs.map(({ kind }) => kind)).toEqual(Array(5).fill('command'));
  });

  it('about the log shows what would stand there, as its sentence says', async () => {
    const outputs = await run(
      "SET client_min_messages = log; SET log_statement = 'all'; SELECT 1;",
    );
    expect(outputs).toContainEqual(
      expect.objectContaining({ severity: 'LOG', message: 'statement: SELECT 1;' }),
    );
  });

  it('of another encoding is refused, with the reason', async () => {
    const outputs = await run("SET client_encoding TO 'LATIN1'; \\encoding LATIN1\nSELECT 'é';");
    expect(outputs).toMatchObject([
      { kind: 'error', hint: expect.stringContaining('text is UTF8') },
      { kind: 'error', message: expect.stringContaining('text is UTF8') },
      { kind: 'table', rows: [['é']] },
    ]);
  });

  it.each(['RESET SESSION AUTHORIZATION', 'SET SESSION AUTHORIZATION DEFAULT', 'DISCARD ALL'])(
    'that makes somebody else of the session goes back: %s',
    async (statement) => {
      expect(
        await row(
          `CREATE ROLE joe; SET SESSION AUTHORIZATION joe; ${statement}; SELECT session_user`,
        ),
      ).toEqual(['postgres']);
    },
  );

  it('has an effect, or says that it has none: all that a session can set', async () => {
    const { rows } = await table(
      "SELECT name, category FROM pg_settings WHERE context IN ('user', 'superuser') AND name !~ '^(plpgsql|course)' ORDER BY 1",
    );
    const unknown = rows
      .map(([name]) => name!)
      .filter((name) => whyWithoutEffect(name) === undefined && !WITH_EFFECT.has(name));
    expect(rows.length).toBeGreaterThanOrEqual(200);
    expect(unknown).toEqual([]);
    for (const name of WITH_EFFECT) expect(whyWithoutEffect(name), name).toBeUndefined();
  });
});
