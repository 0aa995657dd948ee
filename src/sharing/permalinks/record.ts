/** What `npm run permalinks` writes into the ledger. */
import { compareLedger, recordsOf, type Ledger } from './ledger.ts';
import type { Permalink } from '../../foundation/addresses/permalink.ts';

/** The ledger with all ids of the course that it did not have. */
export function withNew(ledger: Ledger, permalinks: readonly Permalink[]): Ledger {
  const now = recordsOf(permalinks);
  const { added } = compareLedger(ledger, permalinks);
  const ids = { ...ledger.ids };
  for (const id of added) ids[id] = now[id]!;
  return { ...ledger, ids };
}

/**
 * The ledger after a thing moved: the id leads to the place where the thing is now.
 *
 * @throws Error if the id leads where the ledger says.
 */
export function withMoved(ledger: Ledger, permalinks: readonly Permalink[], id: string): Ledger {
  const change = compareLedger(ledger, permalinks).repointed.find((one) => one.id === id);
  if (!change) throw new Error(`${id} leads where the ledger says: nothing has moved.`);
  return { ...ledger, ids: { ...ledger.ids, [id]: change.is } };
}

/**
 * The ledger with a redirect, and with one for everything lost that stood on the same page: to the
 * thing of the same name there, or else to the page.
 *
 * @throws Error if the one is not lost or the other not there.
 */
export function withRedirect(
  ledger: Ledger,
  permalinks: readonly Permalink[],
  from: string,
  to: string,
): Ledger {
  const now = recordsOf(permalinks);
  const { lost } = compareLedger(ledger, permalinks);
  if (!(to in now)) throw new Error(`There is no ${to} in the course to redirect to.`);
  if (from in now) throw new Error(`${from} is in the course: it leads there by itself.`);
  if (!(from in ledger.ids))
    throw new Error(`${from} was never recorded, so that no link can lead to it.`);
  const redirects = { ...ledger.redirects, [from]: to };
  for (const id of lost) {
    if (!id.startsWith(`${from}.`)) continue;
    const same = to + id.slice(from.length);
    redirects[id] = same in now ? same : to;
  }
  return { ...ledger, redirects };
}
