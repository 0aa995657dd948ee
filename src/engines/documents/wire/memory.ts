/** The store is as large as the memory of its process: a write that there is no room for is refused, before there is none for anything. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fail } from '../errors.ts';

/** How much of the heap may be in use, before a write is refused. */
const FULL = 0.8;

/** In bytes: what V8 counts to its limit and keeps for what is young (three semi-spaces of 64 MiB). */
const YOUNG = 192 * 1024 ** 2;

/** How often what is in use is told from what only waits to be collected, in milliseconds. */
const PAUSE = 1000;

let looked = -Infinity;
let full = false;

/** @throws MongoServerError ExceededMemoryLimit. */
export function checkMemory(): void {
  const { used_heap_size: used, heap_size_limit } = getHeapStatistics();
  const limit = Math.max(heap_size_limit - YOUNG, heap_size_limit / 4);
  if (used < FULL * limit) {
    full = false;
    return;
  }
  const now = performance.now();
  if (now - looked > PAUSE) {
    looked = now;
    collect();
    full = getHeapStatistics().used_heap_size >= FULL * limit;
  }
  if (!full) return;
  fail(
    146,
    `The document store has no room left: ${String(Math.round(used / 1e6))} MB of ${String(Math.round(limit / 1e6))} MB are in use. Remove documents, or start it with more: NODE_OPTIONS=--max-old-space-size=…`,
  );
}

function collect(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  setFlagsFromString('--no-expose-gc');
}
