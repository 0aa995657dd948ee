/** Where the project lies on this machine. Node only. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder of the nearest package.json above the working directory: not found from this module's
 * own address, since a bundler may have moved it.
 */
export function projectRoot(): string {
  let directory = process.cwd();
  while (!existsSync(path.join(directory, 'package.json'))) {
    const parent = path.dirname(directory);
    if (parent === directory) throw new Error('No package.json above the working directory');
    directory = parent;
  }
  return directory;
}
