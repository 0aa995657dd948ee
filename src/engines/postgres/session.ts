/** PostgreSQL itself, started from the site's own files, and spoken to in its wire protocol. */
import { MemoryFS, PGlite, protocol, type messages } from '@electric-sql/pglite';
import type { Assets } from '../engine.ts';
import { apply, readFile, type Files, type Image } from './image.ts';
import { readTar, type TarEntry } from './tar.ts';
import { MessageStream, type MessageHandler } from './wire.ts';

/** PostgreSQL has not answered to the end: it is not to be used any more. */
export class SessionLost extends Error {}

/** As PGlite's own, but with psql's search path, and without leave to change system catalogs. */
const START_PARAMETERS = [
  '--single',
  '-F',
  '-j',
  ...['exit_on_error=false', 'log_checkpoints=false', 'io_method=sync'],
  ...['max_worker_processes=0', 'max_parallel_workers=0'],
  ...['max_parallel_workers_per_gather=0', 'max_parallel_maintenance_workers=0'],
].flatMap((parameter) => (parameter.includes('=') ? ['-c', parameter] : [parameter]));

/** PGlite, without the question it asks at every start so as to read arrays, which nobody here reads. */
class Server extends PGlite {
  override async _initArrayTypes(): Promise<void> {
    // The wire protocol's own text is all that is used.
  }
}

/**
 * A file system in memory that holds the snapshot from the start. PGlite can load one by itself, but
 * copies and looks up every file several times: a tenth of what a reader waits for.
 */
class SnapshotFS extends MemoryFS {
  private readonly snapshot: Uint8Array;
  private readonly image: Image | null;

  /** @param snapshot a tar archive of the data folder; the file system takes its bytes over. */
  constructor(snapshot: Uint8Array, image: Image | null) {
    super();
    this.snapshot = snapshot;
    this.image = image;
  }

  override async initialSyncFs(): Promise<void> {
    const { FS } = this.pg!.Module;
    const folders = new Map<string, MemoryFolder>();
    const folderAt = (path: string): MemoryFolder => {
      let folder = folders.get(path);
      if (!folder) {
        FS.mkdirTree(path);
        folder = FS.lookupPath(path, {}).node as unknown as MemoryFolder;
        folders.set(path, folder);
      }
      return folder;
    };
    const entries = readTar(this.snapshot);
    for (const { name, kind } of entries)
      if (kind === 'folder') folderAt(`${PGlite.paths.PGDATA}/${name}`.replace(/\/+$/, ''));
    const files = filesOf(entries);
    if (this.image) apply(this.image, files);
    for (const [name, content] of files) {
      const path = `${PGlite.paths.PGDATA}/${name}`;
      const end = path.lastIndexOf('/');
      const folder = folderAt(path.slice(0, end));
      const file = folder.node_ops.mknod(folder, path.slice(end + 1), REGULAR_FILE, 0);
      file.contents = content;
      file.usedBytes = content.length;
    }
  }
}

/** A folder of Emscripten's file system in memory: making files in it spares looking each path up. */
interface MemoryFolder {
  node_ops: {
    mknod(folder: MemoryFolder, name: string, mode: number, device: number): MemoryFile;
  };
}

interface MemoryFile {
  contents: Uint8Array;
  usedBytes: number;
}

/** `S_IFREG`, readable and writable for everybody, as `open` would make it. */
const REGULAR_FILE = 0o100666;

/** The files of an archive of the data folder. */
export const filesOf = (entries: readonly TarEntry[]): Files =>
  new Map(entries.flatMap(({ name, kind, content }) => (kind === 'file' ? [[name, content]] : [])));

/** As PGlite reads one: making a real Blob would send its bytes through another process. */
const asBlob = (content: Uint8Array<ArrayBuffer>): Blob =>
  ({ arrayBuffer: async () => content.buffer }) as Blob;

/** One server with its one connection. */
export class Session {
  /** For the build, which freezes it. */
  readonly pg: PGlite;
  private status = 'I';

  private constructor(pg: PGlite) {
    this.pg = pg;
  }

  /** Starts the server in the state of the snapshot, or in the image's. */
  static async start(assets: Assets, image: Image | null = null): Promise<Session> {
    const [wasm, data, snapshot] = await Promise.all([
      assets.module('postgres-wasm.bin'),
      assets.bytes('postgres-data.bin'),
      assets.bytes('postgres-snapshot.bin'),
    ]);
    const pg = new Server({
      pgliteWasmModule: wasm,
      // Never run, since the snapshot spares initdb; but without one PGlite would fetch it.
      initdbWasmModule: wasm,
      fsBundle: asBlob(readFile(data)),
      fs: new SnapshotFS(snapshot, image),
      startParams: START_PARAMETERS,
    });
    await pg.waitReady;
    return new Session(pg);
  }

  /** Whether a transaction block is open, failed or not. */
  get inTransaction(): boolean {
    return this.status !== 'I';
  }

  /**
   * Sends one simple query and hands on what comes back.
   *
   * @param copyData what follows a `COPY … FROM STDIN`.
   * @throws SessionLost if the server did not get ready again. Whatever the handler throws.
   */
  async send(sql: string, handler: MessageHandler, copyData?: string): Promise<void> {
    let ready = false;
    let thrown: { error: unknown } | null = null;
    // An exception would run through PostgreSQL's own frames and leave them in pieces.
    const guarded = (call: () => void): void => {
      if (thrown) return;
      try {
        call();
      } catch (error) {
        thrown = { error };
      }
    };
    const stream = new MessageStream({
      row: (read) => guarded(() => handler.row(read)),
      message: (message) => {
        if (message.name === 'readyForQuery') {
          ready = true;
          this.status = (message as messages.ReadyForQueryMessage).status;
        }
        guarded(() => handler.message(message));
      },
    });
    await this.pg.execProtocolRawStream(requestFor(sql, copyData), {
      syncToFs: false,
      onRawData: (bytes) => stream.feed(bytes),
    });
    const failure = thrown as { error: unknown } | null;
    if (failure) throw failure.error;
    if (!ready) throw new SessionLost('PostgreSQL broke off');
  }

  /**
   * Runs SQL of our own.
   *
   * @returns the rows of all its statements as text.
   * @throws DatabaseError as PostgreSQL raised it.
   */
  async query(sql: string): Promise<(string | null)[][]> {
    const rows: (string | null)[][] = [];
    let error: messages.DatabaseError | null = null;
    await this.send(sql, {
      row: (read) => rows.push(read()),
      message: (message) => {
        if (message.name === 'error') error = message as messages.DatabaseError;
      },
    });
    if (error) throw error as messages.DatabaseError;
    return rows;
  }

  async close(): Promise<void> {
    await this.pg.close();
  }
}

function requestFor(sql: string, copyData: string | undefined): Uint8Array {
  const query = protocol.serialize.query(sql);
  if (copyData === undefined) return query;
  const data = new TextEncoder().encode(copyData);
  const parts = [
    query,
    ...(data.length > 0 ? [protocol.serialize.copyData(data.buffer)] : []),
    protocol.serialize.copyDone(),
  ];
  const request = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    request.set(part, at);
    at += part.length;
  }
  return request;
}
