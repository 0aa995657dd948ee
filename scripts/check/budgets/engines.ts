/** The budgets of the engines that are the course's own: the worker is the whole engine. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINES, folderOf } from '../../../src/engines/descriptors.ts';
import { ROOT } from '../../process/command.ts';
import type { BuiltSite } from '../../build/built-site/site.ts';
import type { Measurement } from './budget.ts';

/** Others boot from files besides. */
const OWN = ENGINES.filter((engine) => !existsSync(join(ROOT, folderOf(engine), 'assets.ts')));

/** @throws Error if an engine is not where the build puts engines */
export function measureEngines(site: BuiltSite): Measurement[] {
  return OWN.map(({ name: engine }) => {
    const path = [...site.files].find((file) => file.startsWith(`_engines/${engine}-worker.`));
    if (!path) throw new Error(`${site.folder}/_engines has no worker of ${engine}.`);
    // Published as gzip.
    return { group: 'engine, gzip', entry: engine, bytes: site.bytes(path).length, of: path };
  });
}
