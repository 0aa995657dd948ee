/** The small course of `fixtures/course/`, as built into `dist-fixture`: whatever any course can do is in it. */
import { existsSync } from 'node:fs';
import { listenOnFreePort } from '../scripts/process/port.ts';
import { createSiteServer } from '../scripts/build/serve.ts';
import { test as base } from './fixtures.ts';

export const FOLDER = 'dist-fixture';
/** The addresses of its sections, from its base. */
export const TABLE = 'keys/a-table/';
export const STORE = 'keys/a-key-value-store/';

export const test = base.extend<object, { address: string }>({
  address: [
    async ({}, use) => {
      if (!existsSync(`${FOLDER}/index.html`))
        throw new Error(
          `${FOLDER}/ is not built. Run: npm run build -- --content fixtures/course --out ${FOLDER}`,
        );
      const server = createSiteServer({ folder: FOLDER });
      const port = await listenOnFreePort(server, 0);
      await use(`http://localhost:${port}/`);
      server.closeAllConnections();
      server.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ address }, use) => use(address),
});
