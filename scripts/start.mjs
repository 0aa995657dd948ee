/** `npm start`: installs what is missing, then serves the site on the pinned Node (`start.ts`). */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { handOver } from './install.mjs';

await handOver(dirname(dirname(fileURLToPath(import.meta.url))), 'scripts/build/start.ts');
