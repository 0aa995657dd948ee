/** Runs the text of programs in a classic worker, whose realm is locked first. */
import type { Evaluator, Holder } from '../shell/scope.ts';
import { HOLDER } from '../shell/rewrite.ts';
import { HANDED_OUT } from './handed-out.ts';
import { lockRealm } from './lock.ts';

interface Worker {
  importScripts(url: string): void;
  addEventListener(type: string, listener: (event: PromiseRejectionEvent) => void): void;
}

/**
 * Locks this worker for good. A program comes as a script from a blob, since a policy without `eval` allows it.
 * Whoever started the worker ends endless loops.
 */
export function workerEvaluator(): Evaluator {
  const worker = globalThis as unknown as Worker;
  const importScripts = worker.importScripts.bind(globalThis);
  const turn = turns();
  let rejected: unknown[] = [];
  worker.addEventListener('unhandledrejection', (event) => {
    // The page need not hear of it: the shell tells it to whoever wrote the program.
    event.preventDefault();
    rejected.push(event.reason);
  });
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
        started: (statement: Promise<void>) => holder.started(statement),
        promised: (call: () => unknown) => holder.promised(call),
        waiting: (sleep: unknown) => holder.waiting(sleep),
      },
    },
    freeze: HANDED_OUT,
  });
  return (globals) => ({
    evaluate(source) {
      holder = globals[HOLDER];
      const url = createObjectURL(new Blob([source], { type: 'text/javascript' }));
      try {
        importScripts(url);
      } finally {
        revokeObjectURL(url);
      }
    },
    async idle() {
      await turn();
      // A rejection is told in a task of its own, which may come after the first.
      await turn();
    },
    rejections() {
      const heard = rejected;
      rejected = [];
      return heard;
    },
  });
}

/** Turns of the event loop: between two of them all promises go on as far as they can. */
function turns(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
