/** Reads and writes the few things of a tar archive that making a snapshot smaller needs. */

export interface TarEntry {
  name: string;
  /** The 512 bytes before the content; its checksum covers name and size. */
  header: Uint8Array;
  content: Uint8Array;
}

const BLOCK = 512;

/** The entries of a plain ustar archive (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html). */
export function readTar(archive: Uint8Array): TarEntry[] {
  const entries: TarEntry[] = [];
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0;) {
    const header = archive.slice(at, at + BLOCK);
    const size = parseInt(text(header, 124, 12), 8);
    const prefix = text(header, 345, 155);
    const name = (prefix ? `${prefix}/` : '') + text(header, 0, 100);
    entries.push({ name, header, content: archive.slice(at + BLOCK, at + BLOCK + size) });
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
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end)).trim();
}
