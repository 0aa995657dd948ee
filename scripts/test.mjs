/** `npm test`: installs what is missing, then runs every check on the pinned Node (`test.ts`). */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { handOver } from './install.mjs';

await handOver(dirname(dirname(fileURLToPath(import.meta.url))), 'scripts/check/test.ts');
