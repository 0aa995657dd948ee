/** Ways in which a script can try to change what a later one sees of SQLite. */
import type { Tampering } from '../tampering.ts';

export const SQLITE_TAMPERING: Tampering[] = [
  {
    name: 'a limit of memory, of all databases',
    tamper: 'PRAGMA hard_heap_limit = 4000000;',
    probe: 'PRAGMA hard_heap_limit; SELECT length(hex(zeroblob(4000000)));',
  },
  {
    name: 'an advised limit of memory, of all databases',
    tamper: 'PRAGMA soft_heap_limit = 1000000;',
    probe: 'PRAGMA soft_heap_limit;',
  },
  {
    name: 'a place for temporary files, of all databases',
    tamper: "PRAGMA temp_store_directory = '/tmp';",
    probe: 'PRAGMA temp_store_directory;',
  },
  {
    name: 'a file of the database',
    tamper: "CREATE TABLE forged (n INT); VACUUM INTO 'left.db';",
    probe: "PRAGMA temp_store_directory = 'left.db'; VACUUM INTO 'left.db';",
    refused: true,
  },
  {
    name: 'a file whose name is computed',
    // SQLite takes the mark at the beginning for space.
    tamper: "\uFEFFvacuum main\nINTO 'le' || 'ft.db';",
    probe: "PRAGMA temp_store_directory = 'left.db';",
    refused: true,
  },
  {
    name: 'an empty file',
    tamper: `ATTACH 'left.db' AS kept; ATTACH DATABASE ('le' || 'ft.db') AS kept;
      ATTACH CASE WHEN random() IS NULL THEN ':memory:' ELSE 'left.db' END AS kept;`,
    probe: "PRAGMA temp_store_directory = 'left.db';",
    refused: true,
  },
  {
    name: 'settings',
    tamper: `PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA query_only = ON;
      PRAGMA cache_size = 7; PRAGMA reverse_unordered_selects = ON; PRAGMA analysis_limit = 7;`,
    probe: `PRAGMA foreign_keys; PRAGMA recursive_triggers; PRAGMA query_only; PRAGMA cache_size;
      PRAGMA reverse_unordered_selects; PRAGMA analysis_limit;`,
  },
  {
    name: 'LIKE that tells capitals from small letters',
    tamper: 'PRAGMA case_sensitive_like = ON;',
    probe: "SELECT 'A' LIKE 'a';",
  },
  {
    name: 'the schema, written by hand',
    tamper: `CREATE TABLE t (n INT); PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = 'CREATE TABLE t (forged INT)';`,
    probe: 'PRAGMA writable_schema; SELECT sql FROM sqlite_schema;',
  },
  {
    name: 'what stands at the head of the file',
    tamper:
      "PRAGMA user_version = 7; PRAGMA application_id = 7; PRAGMA encoding = 'UTF-16'; CREATE TABLE t (n INT);",
    probe: 'PRAGMA user_version; PRAGMA application_id; PRAGMA encoding;',
  },
  {
    name: 'a database that can hold no more',
    tamper: 'CREATE TABLE t (n INT); PRAGMA max_page_count = 2;',
    probe: 'CREATE TABLE u (n INT); CREATE TABLE v (n INT);',
  },
  {
    name: 'temporary tables and views',
    tamper:
      "CREATE TEMP TABLE sqlite_forged AS SELECT 1; CREATE TEMP VIEW products AS SELECT 'forged' AS name;",
    probe: 'SELECT name FROM products; SELECT count(*) FROM sqlite_temp_schema;',
  },
  {
    name: 'a second database in memory',
    tamper: "ATTACH ':memory:' AS spare; CREATE TABLE spare.t (n INT);",
    probe: 'SELECT name FROM pragma_database_list; SELECT * FROM spare.t;',
  },
  {
    name: 'a transaction that is open',
    tamper: 'BEGIN; CREATE TABLE forged (n INT); SAVEPOINT s;',
    probe: 'BEGIN; ROLLBACK; SELECT * FROM forged;',
  },
  {
    name: 'numbers of what was done last',
    tamper: 'CREATE TABLE t (n INT); INSERT INTO t VALUES (1), (2);',
    probe: 'SELECT last_insert_rowid(), changes(), total_changes();',
  },
];
