/** The budgets of the engines that are the course's own: the worker is the whole engine. */
import type { BuiltSite } from '../../build/built-site/site.ts';
import type { Measurement } from './budget.ts';

const OWN = ['redis', 'documents'] as const;

/** @throws Error if an engine is not where the build puts engines */
export function measureEngines(site: BuiltSite): Measurement[] {
  return OWN.map((engine) => {
    const path = [...site.files].find((file) => file.startsWith(`_engines/${engine}-worker.`));
    if (!path) throw new Error(`${site.folder}/_engines has no worker of ${engine}.`);
    // Published as gzip.
    return { group: 'engine, gzip', entry: engine, bytes: site.bytes(path).length, of: path };
  });
}
