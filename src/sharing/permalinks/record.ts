/** What `npm run permalinks` writes into the ledger. */
import { compareLedger, GONE, recordsOf, type Ledger } from './ledger.ts';
import { belongsTo } from './relocate.ts';
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
  if (to !== GONE && !(to in now))
    throw new Error(`There is no ${to} in the course to redirect to.`);
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

/**
 * The ledger after a section or a part was taken out: everything lost of it leads to what has the same name at
 * the other place, or else to that place, or to the page that says that it is gone.
 *
 * @param to an id of the course, or {@link GONE}.
 * @throws Error if nothing of it is lost, or `to` is not there.
 */
export function withRetired(
  ledger: Ledger,
  permalinks: readonly Permalink[],
  whole: string,
  to: string,
): Ledger {
  const now = recordsOf(permalinks);
  if (to !== GONE && !(to in now))
    throw new Error(`There is no ${to} in the course to redirect to.`);
  const lost = compareLedger(ledger, permalinks).lost.filter((id) => belongsTo(id, whole));
  if (lost.length === 0)
    throw new Error(
      `No link ever led to ${whole}, or it is in the course: there is nothing to redirect.`,
    );
  const redirects = { ...ledger.redirects };
  for (const id of lost) {
    const same = to + id.slice(whole.length);
    redirects[id] = to !== GONE && same in now ? same : to;
  }
  return { ...ledger, redirects };
}
