/** Runs the text of programs in a classic worker, whose realm is locked first. */
import type { Evaluator, Holder } from '../shell/scope.ts';
import { HOLDER } from '../shell/rewrite.ts';
import { HANDED_OUT } from './handed-out.ts';
import { lockRealm } from './lock.ts';

interface Worker {
  importScripts(url: string): void;
}

/**
 * Locks this worker for good. A program comes as a script from a blob, since a policy without `eval` allows it.
 * Whoever started the worker ends endless loops.
 */
export function workerEvaluator(): Evaluator {
  const importScripts = (globalThis as unknown as Worker).importScripts.bind(globalThis);
  const { createObjectURL, revokeObjectURL } = URL;
  const { Blob } = globalThis;
  let holder: Holder;
  lockRealm({
    scope: globalThis,
    names: {
      [HOLDER]: {
        get scope() {
          return holder.scope;
        },
        set value(value: unknown) {
          holder.value = value;
        },
        take: (bytes: number) => holder.take(bytes),
        sized: (length: unknown) => holder.sized(length),
        made: (value: unknown) => holder.made(value),
        open: (object: unknown, name: string) => holder.open(object, name),
        load: () => holder.load(),
      },
    },
    freeze: HANDED_OUT,
  });
  return (globals) => (source) => {
    holder = globals[HOLDER];
    const url = createObjectURL(new Blob([source], { type: 'text/javascript' }));
    try {
      importScripts(url);
    } finally {
      revokeObjectURL(url);
    }
  };
}
