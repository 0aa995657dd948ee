/**
 * Keeps the files of Emscripten's file system in memory as they are at one moment, folders and open
 * files included, and brings them back later.
 *
 * Every property of every node is kept, so that nothing has to be known about what a script may have
 * changed. Contents are not copied: whoever writes to one that is kept gets a copy of its own first.
 */

/** What is used of Emscripten's `FS` and `MEMFS` (https://emscripten.org/docs/api_reference/Filesystem-API.html). */
export interface FileSystem {
  FS: {
    /** The first node of each chain; the others follow by {@link Node.name_next}. */
    nameTable: (Node | undefined)[];
    /** Open files by their numbers. */
    streams: (Stream | null | undefined)[];
    nextInode: number;
    currentPath: string;
  };
  MEMFS: {
    stream_ops: { write: Write };
    ops_table: { file: { stream: { write: Write } } };
  };
}

/** A file, a folder, a device, one end of a pipe. */
interface Node {
  name_next?: Node | undefined;
  contents?: Uint8Array | Record<string, Node>;
  pipe?: Pipe;
}

interface Pipe {
  buckets: { buffer: Uint8Array; offset: number; roffset: number }[];
}

interface Stream {
  node: Node;
  /** What duplicates of the stream have in common: flags and position. */
  shared: object;
}

type Write = (stream: Stream, ...rest: unknown[]) => number;

/** Puts one object's own properties back. */
type Restore = () => void;

/** Files whose contents are kept are copied before they are written to. To be called once. */
export function copyOnWrite({ MEMFS }: FileSystem): void {
  const { write } = MEMFS.stream_ops;
  const copying: Write = (stream, ...rest) => {
    const { node } = stream;
    if (kept.has(node.contents as Uint8Array))
      node.contents = (node.contents as Uint8Array).slice();
    return write(stream, ...rest);
  };
  MEMFS.stream_ops.write = copying;
  MEMFS.ops_table.file.stream.write = copying;
}

/** Contents that some {@link SavedFiles} counts on. */
const kept = new WeakSet<Uint8Array>();

/** The files at one moment. */
export class SavedFiles {
  private readonly system: FileSystem;
  private readonly table: (Node | undefined)[];
  private readonly streams: (Stream | null | undefined)[];
  private readonly nextInode: number;
  private readonly currentPath: string;
  private readonly restores: Restore[];

  /** @param system one that does {@link copyOnWrite}. */
  constructor(system: FileSystem) {
    const { nameTable, streams, nextInode, currentPath } = system.FS;
    this.system = system;
    this.table = [...nameTable];
    this.streams = [...streams];
    this.nextInode = nextInode;
    this.currentPath = currentPath;
    const open = this.streams.filter((stream) => stream != null);
    // A file can be open without a name.
    const nodes = new Set(open.map(({ node }) => node));
    for (const first of nameTable)
      for (let node = first; node; node = node.name_next) nodes.add(node);
    this.restores = [
      ...[...nodes].map(keepNode),
      ...open.flatMap((stream) => [keepObject(stream), keepObject(stream.shared)]),
    ];
  }

  restore(): void {
    const { FS } = this.system;
    this.restores.forEach((restore) => restore());
    FS.nameTable.splice(0, Infinity, ...this.table);
    FS.streams.splice(0, Infinity, ...this.streams);
    FS.nextInode = this.nextInode;
    FS.currentPath = this.currentPath;
  }
}

function keepNode(node: Node): Restore {
  const { contents, pipe } = node;
  const itself = keepObject(node);
  if (pipe) {
    const buckets = pipe.buckets.map((it) => ({ ...it, buffer: it.buffer.slice() }));
    const content = keepObject(pipe);
    return () => {
      itself();
      content();
      pipe.buckets = buckets.map((it) => ({ ...it, buffer: it.buffer.slice() }));
    };
  }
  if (contents instanceof Uint8Array) kept.add(contents);
  else if (contents) {
    const content = keepObject(contents);
    return () => {
      itself();
      content();
    };
  }
  return itself;
}

/** In their order, too: that of a folder's files can be seen. */
function keepObject(object: object): Restore {
  const target = object as Record<string, unknown>;
  const keys = Object.keys(object);
  const values = Object.values(object) as unknown[];
  const hasItsKeys = (): boolean => {
    let at = 0;
    for (const key in target) if (key !== keys[at++]) return false;
    return at === keys.length;
  };
  return () => {
    if (!hasItsKeys()) for (const key of Object.keys(target)) delete target[key];
    keys.forEach((key, index) => {
      if (target[key] !== values[index] || !(key in target)) target[key] = values[index];
    });
  };
}
