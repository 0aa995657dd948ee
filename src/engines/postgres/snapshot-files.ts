/** The files a server starts with. */
import { MemoryFS, PGlite } from '@electric-sql/pglite';
import { apply, type Files, type Image } from './image.ts';
import { readTar, type TarEntry } from './tar.ts';

/**
 * A file system in memory that holds the snapshot from the start. PGlite can load one by itself, but
 * copies and looks up every file several times: a tenth of what a reader waits for.
 */
export class SnapshotFiles extends MemoryFS {
  private readonly snapshot: Uint8Array;
  protected readonly image: Image | null;

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
