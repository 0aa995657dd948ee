/** SQLite's C interface in terms of JavaScript values: prepare, step, read columns. */
import initSqlJs, { type SqliteModule } from 'sql.js/dist/sql-wasm-browser.js';
import { SavedMemory } from '../saved-memory.ts';

/** SQLite's storage classes (https://sqlite.org/datatype3.html). */
export type StorageClass = 'INTEGER' | 'REAL' | 'TEXT' | 'BLOB' | 'NULL';

/** The loaded library. */
export interface Sqlite {
  module: SqliteModule;
  memory: WebAssembly.Memory;
  /** As it was before any database was opened: some settings are the library's, of all its databases. */
  fresh: SavedMemory;
  /** How many databases are open. */
  open: number;
}

/** What SQLite says when it refuses: the primary result code and the message. */
export class SqliteError extends Error {
  readonly resultCode: number;

  constructor(resultCode: number, message: string) {
    super(message);
    this.resultCode = resultCode;
  }
}

/** sql.js starts one library per realm, however often it is asked. */
let library: Promise<Sqlite> | undefined;

/** Starts the library from its compiled wasm; once it has started, returns it. */
export function loadSqlite(wasm: WebAssembly.Module): Promise<Sqlite> {
  library ??= startLibrary(wasm);
  return library;
}

function startLibrary(wasm: WebAssembly.Module): Promise<Sqlite> {
  return new Promise((resolve, reject) => {
    let memory: WebAssembly.Memory | undefined;
    initSqlJs({
      instantiateWasm(imports, done) {
        // A failure has to be passed on: sql.js would wait for `done` for ever.
        WebAssembly.instantiate(wasm, imports).then((instance) => {
          memory = Object.values(instance.exports).find((it) => it instanceof WebAssembly.Memory);
          done(instance, wasm);
        }, reject);
        return {};
      },
    })
      .then((module) => {
        if (!memory) throw new Error('sql.js exports no memory: its build has changed');
        resolve({ module, memory, fresh: new SavedMemory(memory), open: 0 });
      })
      .catch(reject);
  });
}

const OK = 0;
const ROW = 100;
const DONE = 101;
const STORAGE_CLASSES: readonly StorageClass[] = [
  'NULL',
  'INTEGER',
  'REAL',
  'TEXT',
  'BLOB',
  'NULL',
];

/** One in-memory database. If no other is open, it finds the library as if none had ever been. */
export class Connection {
  private readonly sqlite: Sqlite;
  private readonly handle: number;

  constructor(sqlite: Sqlite) {
    this.sqlite = sqlite;
    if (sqlite.open === 0) sqlite.fresh.restore();
    const { module } = sqlite;
    const out = module._malloc(8);
    const path = this.copyIn(':memory:');
    const result = module._sqlite3_open(path.pointer, out);
    this.handle = this.pointerAt(out);
    module._free(path.pointer);
    module._free(out);
    if (result !== OK) throw this.error(result);
    sqlite.open++;
  }

  /** @throws SqliteError if it does not compile. `null` if there is nothing in it to run. */
  prepare(sql: string): PreparedStatement | null {
    const { module } = this.sqlite;
    const source = this.copyIn(sql);
    const out = module._malloc(8);
    const result = module._sqlite3_prepare_v2(this.handle, source.pointer, source.bytes, out, 0);
    const statement = this.pointerAt(out);
    module._free(source.pointer);
    module._free(out);
    if (result !== OK) throw this.error(result);
    return statement === 0 ? null : new PreparedStatement(this, this.sqlite, statement);
  }

  /** Runs one statement of our own and returns its rows as text. */
  query(sql: string): (string | null)[][] {
    const statement = this.prepare(sql);
    const rows: (string | null)[][] = [];
    try {
      while (statement?.step()) rows.push(statement.row());
    } finally {
      statement?.finalize();
    }
    return rows;
  }

  /** Rows that the latest INSERT, UPDATE or DELETE changed itself, triggers not counted. */
  changes(): number {
    return this.sqlite.module._sqlite3_changes(this.handle);
  }

  /** To be called once: no handle of the library outlives its last database. */
  close(): void {
    this.sqlite.open--;
    this.sqlite.module._sqlite3_close_v2(this.handle);
  }

  error(resultCode: number): SqliteError {
    const message = this.sqlite.module._sqlite3_errmsg(this.handle);
    return new SqliteError(resultCode, readCString(this.sqlite, message));
  }

  private copyIn(text: string): { pointer: number; bytes: number } {
    const encoded = new TextEncoder().encode(`${text}\0`);
    const pointer = this.sqlite.module._malloc(encoded.length);
    new Uint8Array(this.sqlite.memory.buffer).set(encoded, pointer);
    return { pointer, bytes: encoded.length };
  }

  private pointerAt(address: number): number {
    return new DataView(this.sqlite.memory.buffer).getUint32(address, true);
  }
}

/** A compiled statement. Must be finalized, or its database keeps its locks. */
export class PreparedStatement {
  readonly columnNames: readonly string[];
  private readonly connection: Connection;
  private readonly sqlite: Sqlite;
  private handle: number;

  constructor(connection: Connection, sqlite: Sqlite, handle: number) {
    this.connection = connection;
    this.sqlite = sqlite;
    this.handle = handle;
    this.columnNames = Array.from({ length: sqlite.module._sqlite3_column_count(handle) }, (_, i) =>
      readCString(sqlite, sqlite.module._sqlite3_column_name(handle, i)),
    );
  }

  /**
   * Goes on to the next row.
   *
   * @returns whether there is one.
   * @throws SqliteError if the statement fails.
   */
  step(): boolean {
    const result = this.sqlite.module._sqlite3_step(this.handle);
    if (result === ROW) return true;
    if (result === DONE) return false;
    throw this.connection.error(result);
  }

  storageClass(column: number): StorageClass {
    return STORAGE_CLASSES[this.sqlite.module._sqlite3_column_type(this.handle, column)] ?? 'NULL';
  }

  /** The current row, as SQLite prints it; a BLOB as the literal that makes it. */
  row(): (string | null)[] {
    return this.columnNames.map((_, column) => this.value(column));
  }

  /** The current row's values with their storage classes; of a BLOB its bytes, two digits each. */
  values(): { storage: StorageClass; text: string }[] {
    return this.columnNames.map((_, column) => {
      const storage = this.storageClass(column);
      const value = this.value(column) ?? '';
      return { storage, text: storage === 'BLOB' ? value.slice(2, -1) : value };
    });
  }

  /** May be called again: then there is nothing left to do. */
  finalize(): void {
    if (this.handle !== 0) this.sqlite.module._sqlite3_finalize(this.handle);
    this.handle = 0;
  }

  private value(column: number): string | null {
    const { module, memory } = this.sqlite;
    const storage = this.storageClass(column);
    if (storage === 'NULL') return null;
    const pointer =
      storage === 'BLOB'
        ? module._sqlite3_column_blob(this.handle, column)
        : module._sqlite3_column_text(this.handle, column);
    const bytes = new Uint8Array(
      memory.buffer,
      pointer,
      module._sqlite3_column_bytes(this.handle, column),
    );
    if (storage !== 'BLOB') return new TextDecoder().decode(bytes);
    return `X'${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}'`.toUpperCase();
  }
}

function readCString({ memory }: Sqlite, pointer: number): string {
  const bytes = new Uint8Array(memory.buffer, pointer);
  return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
}
