/**
 * npm runs this after an installation: it takes out what a package brings and nobody here uses. The package `node` keeps
 * what its executable was unpacked from, with 67 MB of headers for compilers.
 *
 * Plain JavaScript without a dependency: it runs on whatever Node the machine has, in the checkout.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode } from './install.mjs';

const root = process.cwd();
// Not before the executable stands in a place of its own.
if (pinnedNode(root))
  rmSync(join(root, 'node_modules', 'node', 'node_modules'), { recursive: true, force: true });
