/** PGlite started from the site's own files, and going back to what it was at an earlier moment. */
import { PGlite, type MemoryFS } from '@electric-sql/pglite';
import type { Assets } from '../engine.ts';
import { SavedMemory } from '../saved-memory.ts';
import { type Absent, leaveOut, watchPages } from './halves/absent.ts';
import { attachRest, functionsOf, isFirstHalf, RestNeeded } from './halves/attach.ts';
import { SECTIONS } from './halves/names.ts';
import { readFile, type Image } from './image.ts';
import { Outside } from './outside.ts';
import type { Rest } from './rest.ts';
import { copyOnWrite, SavedFiles, type FileSystem } from './saved-files.ts';
import { SnapshotFiles } from './snapshot-files.ts';

/** As PGlite's own, but with psql's search path, and without leave to change system catalogs. */
const START_PARAMETERS = [
  '--single',
  '-F',
  '-j',
  ...['exit_on_error=false', 'log_checkpoints=false', 'io_method=sync'],
  ...['max_worker_processes=0', 'max_parallel_workers=0'],
  ...['max_parallel_workers_per_gather=0', 'max_parallel_maintenance_workers=0'],
].flatMap((parameter) => (parameter.includes('=') ? ['-c', parameter] : [parameter]));

/** Those that the course has: PL/pgSQL, and the stems of words for the full text search. */
const LIBRARIES = ['plpgsql', 'dict_snowball'];
const LIBRARY_FOLDER = '/pglite/lib/postgresql/';
/** Where in C's `struct dso` the path of a library stands, in bytes: as Emscripten's own loader reads it. */
const LIBRARY_NAME = 36;

/** `EPERM` in WASI's errno.h. */
const NOT_PERMITTED = 63;

/** As PGlite reads one: making a real Blob would send its bytes through another process. */
const asBlob = (content: Uint8Array<ArrayBuffer>): Blob =>
  ({ arrayBuffer: async () => content.buffer }) as Blob;

/** What is used of the compiled module besides what PGlite has types for. */
interface Module extends FileSystem {
  wasmMemory: WebAssembly.Memory;
  stackSave(): number;
  stackRestore(stack: number): void;
  stringToUTF8OnStack(text: string): number;
  UTF8ToString(address: number): string;
  _PostgresMainLoopOnce(): void;
}

interface Exports {
  __errno_location(): number;
  emscripten_get_sbrk_ptr(): number;
  __dl_seterr(format: number, values: number): void;
}

/** All that a server is between two statements. */
export interface SavedServer {
  memory: SavedMemory;
  files: SavedFiles;
  restoreOutside: () => void;
  stack: number;
}

/** One PostgreSQL server, which can {@link save} all that it is, and go back to it. */
export class Server extends PGlite {
  private readonly files: ServerFiles;

  private constructor(wasm: WebAssembly.Module, data: Uint8Array<ArrayBuffer>, files: ServerFiles) {
    super({
      pgliteWasmModule: wasm,
      // Never run, since the snapshot spares initdb; but without one PGlite would fetch it.
      initdbWasmModule: wasm,
      fsBundle: asBlob(data),
      fs: files,
      startParams: START_PARAMETERS,
    });
    this.files = files;
  }

  /**
   * Starts in the state of the snapshot, or in the image's.
   *
   * @param rest what the module lacks, if it is a first half.
   */
  static async start(assets: Assets, image: Image | null, rest: Rest): Promise<Server> {
    const [wasm, data, snapshot] = await Promise.all([
      assets.module('postgres-wasm.bin'),
      assets.bytes('postgres-data.bin'),
      assets.bytes('postgres-snapshot.bin'),
    ]);
    const server = new Server(wasm, readFile(data), new ServerFiles(snapshot, image, rest));
    await server.waitReady;
    server.watch();
    return server;
  }

  /** Spares the question that PGlite asks at every start so as to read arrays, which nobody here reads. */
  override async _initArrayTypes(): Promise<void> {
    // The wire protocol's own text is all that is used.
  }

  /** `popen` in C: there are no programs. It fails in the way that PostgreSQL has an error for. */
  override handleExternalCmd(): number {
    const { buffer } = this.module.wasmMemory;
    new DataView(buffer).setInt32(this.exports.__errno_location(), NOT_PERMITTED, true);
    return 0;
  }

  /**
   * Has the course's libraries loaded for good: until then, a server that needs one cannot go back any
   * more. To be called when nothing has run that a reader wrote, or when all of it has been taken back.
   *
   * @param load loads a library by its name.
   */
  async loadLibraries(load: (name: string) => Promise<unknown>): Promise<void> {
    for (const name of LIBRARIES) await load(name);
    const { outside } = this.files;
    outside.refusesLibrary = () => this.refuseLibrary();
    outside.changed = false;
  }

  /**
   * To be called between two statements.
   *
   * @param like an earlier one: what is the same is kept once.
   */
  save(like?: SavedServer): SavedServer {
    return {
      memory: new SavedMemory(this.module.wasmMemory, this.usedMemory, like?.memory),
      files: new SavedFiles(this.module),
      restoreOutside: this.files.outside.save(),
      stack: this.module.stackSave(),
    };
  }

  /** Whether nothing has happened so far that would keep the server from going back to what it is now. */
  get canGoBack(): boolean {
    return !this.files.outside.changed;
  }

  /** @param refuse called, as long as it is set, before anything that the server could not go back from. It may throw. */
  beforeChange(refuse: (() => void) | null): void {
    this.files.outside.beforeChange = refuse ?? (() => undefined);
  }

  /**
   * Goes back: nothing that has happened since can be told by the server. To be called between two
   * statements.
   *
   * @param evenGrown though its memory has grown since, and stays as large.
   * @returns whether that can be.
   */
  restore({ memory, files, restoreOutside, stack }: SavedServer, evenGrown = false): boolean {
    if (!this.canGoBack || !(memory.fits || evenGrown)) return false;
    memory.restore(this.usedMemory);
    files.restore();
    restoreOutside();
    this.module.stackRestore(stack);
    return true;
  }

  private get module(): Module {
    return this.Module as unknown as Module;
  }

  /** What the instance exports, for whoever watches it. */
  get instance(): WebAssembly.Exports {
    return this.files.exports;
  }

  /** Whether it is the first half of PostgreSQL. */
  get isHalf(): boolean {
    return isFirstHalf(this.instance);
  }

  private get exports(): Exports {
    return this.instance as unknown as Exports;
  }

  /** In bytes. Memory is taken from the front, and never given back. */
  get usedMemory(): number {
    const view = new DataView(this.module.wasmMemory.buffer);
    return view.getUint32(this.exports.emscripten_get_sbrk_ptr(), true);
  }

  /** @returns that it is refused, having told C so. */
  private refuseLibrary(): true {
    const { stackRestore, stackSave, stringToUTF8OnStack } = this.module;
    const stack = stackSave();
    this.exports.__dl_seterr(stringToUTF8OnStack('there are no other libraries here'), 0);
    stackRestore(stack);
    return true;
  }

  /** From now on it is known whether {@link restore} can be. */
  private watch(): void {
    const { outside } = this.files;
    const known = LIBRARIES.map((name) => `${LIBRARY_FOLDER}${name}.so`);
    outside.refusesLibrary = (library) =>
      !known.includes(this.module.UTF8ToString(library + LIBRARY_NAME)) && this.refuseLibrary();
    outside.changed = false;
    this.watchMainLoop();
  }

  /**
   * PGlite passes over errors that are not PostgreSQL's: whatever these interrupted is in pieces. Where the rest was needed, the
   * pieces are all in the memory and the files.
   */
  private watchMainLoop(): void {
    const { module } = this;
    const { outside } = this.files;
    const once = module._PostgresMainLoopOnce;
    module._PostgresMainLoopOnce = () => {
      try {
        once();
      } catch (error) {
        if ((error as { name?: string }).name !== 'ExitStatus' && !(error instanceof RestNeeded))
          outside.changed = true;
        throw error;
      }
    };
  }
}

/** Emscripten's hook for whoever makes the instance. */
type Instantiate = (
  imports: WebAssembly.Imports,
  done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
) => object;

/** What the module of a first half says of the files. */
function absentFrom(module: WebAssembly.Module): Absent | null {
  const [section] = WebAssembly.Module.customSections(module, SECTIONS.absent);
  return section ? (JSON.parse(new TextDecoder().decode(section)) as Absent) : null;
}

/** The server's files, and what it calls outside of them. */
class ServerFiles extends SnapshotFiles {
  outside!: Outside;
  exports!: WebAssembly.Exports;
  /** What the files lack. */
  private absent: Absent | null = null;
  private readonly rest: Rest;

  constructor(snapshot: Uint8Array, image: Image | null, rest: Rest) {
    super(snapshot, image);
    this.rest = rest;
  }

  override async init(
    ...[pg, options]: Parameters<MemoryFS['init']>
  ): ReturnType<MemoryFS['init']> {
    const instantiateWasm = options.instantiateWasm as Instantiate;
    const watched: Instantiate = (imports, done) => {
      this.outside = new Outside(imports['env'] as unknown as Record<string, unknown>);
      return instantiateWasm(imports, (instance, module) => {
        this.exports = instance.exports;
        if (isFirstHalf(this.exports))
          attachRest(this.exports, functionsOf(module, imports), () => this.rest.take());
        this.absent = absentFrom(module);
        done(instance, module);
      });
    };
    return super.init(pg, { ...options, instantiateWasm: watched });
  }

  override async initialSyncFs(): Promise<void> {
    await super.initialSyncFs();
    const { Module } = this.pg!;
    copyOnWrite(Module as unknown as FileSystem);
    const { rest } = this;
    if (rest.noted) watchPages(Module as never, rest.noted);
    if (this.absent) leaveOut(Module as never, this.absent, this.image, (path) => rest.pages(path));
    // PGlite's own way to copy from and to JavaScript: without a file at its other end, it breaks off.
    Module.FS.unlink('/dev/blob');
  }
}
