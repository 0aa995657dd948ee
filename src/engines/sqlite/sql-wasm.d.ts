/**
 * What this engine uses of sql.js: SQLite's own C functions (https://sqlite.org/c3ref/funclist.html),
 * on pointers into the module's memory. The `-browser` file is the same build without Node's `fs`.
 */
declare module 'sql.js/dist/sql-wasm-browser.js' {
  export interface SqliteModule {
    _sqlite3_open(path: number, connectionOut: number): number;
    _sqlite3_close_v2(connection: number): number;
    _sqlite3_prepare_v2(
      connection: number,
      sql: number,
      bytes: number,
      statementOut: number,
      tailOut: number,
    ): number;
    _sqlite3_step(statement: number): number;
    _sqlite3_finalize(statement: number): number;
    _sqlite3_column_count(statement: number): number;
    _sqlite3_column_name(statement: number, column: number): number;
    _sqlite3_column_type(statement: number, column: number): number;
    _sqlite3_column_text(statement: number, column: number): number;
    _sqlite3_column_blob(statement: number, column: number): number;
    _sqlite3_column_bytes(statement: number, column: number): number;
    _sqlite3_changes(connection: number): number;
    _sqlite3_errmsg(connection: number): number;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
  }
  export default function initSqlJs(options: {
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ): object;
  }): Promise<SqliteModule>;
}
