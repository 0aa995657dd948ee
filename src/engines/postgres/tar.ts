/** Reads and writes the few things of a tar archive that making a snapshot smaller needs. */

export interface TarEntry {
  name: string;
  /** The 512 bytes before the content; its checksum covers name and size. */
  header: Uint8Array;
  kind: 'file' | 'folder';
  content: Uint8Array;
}

const BLOCK = 512;
/** Where a header says what kind of entry it is, and what it says of a folder. */
const FLAG = 156;
const FOLDER = '5'.charCodeAt(0);
const decoder = new TextDecoder();

/**
 * The entries of a plain ustar archive (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html).
 * Headers and contents are views of the archive.
 */
export function readTar(archive: Uint8Array): TarEntry[] {
  const entries: TarEntry[] = [];
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0;) {
    const header = archive.subarray(at, at + BLOCK);
    const size = parseInt(text(header, 124, 12), 8);
    const prefix = text(header, 345, 155);
    const name = (prefix ? `${prefix}/` : '') + text(header, 0, 100);
    const kind = header[FLAG] === FOLDER ? 'folder' : 'file';
    const content = archive.subarray(at + BLOCK, at + BLOCK + size);
    entries.push({ name, header, kind, content });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

/** The archive of these entries. A content must still have the size its header says. */
export function writeTar(entries: readonly TarEntry[]): Uint8Array {
  const padded = (size: number): number => Math.ceil(size / BLOCK) * BLOCK;
  const total = entries.reduce((sum, entry) => sum + BLOCK + padded(entry.content.length), 0);
  // Two blocks of zeros end an archive.
  const archive = new Uint8Array(total + 2 * BLOCK);
  let at = 0;
  for (const { header, content } of entries) {
    archive.set(header, at);
    archive.set(content, at + BLOCK);
    at += BLOCK + padded(content.length);
  }
  return archive;
}

function text(header: Uint8Array, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return decoder.decode(end < 0 ? field : field.subarray(0, end)).trim();
}
