/** The two ways of running a script's text without `eval`: Node's `vm`, and a worker's `importScripts`. */
import type vm from 'node:vm';
import { workerEvaluator } from '../realm/worker.ts';
import type { Evaluator } from './scope.ts';

/** Longest that one statement may run, in milliseconds. */
const TIME_LIMIT = 20_000;

type Vm = typeof vm;

/**
 * In Node, for tests and tools: a context of its own for each session, and an end to endless loops. What
 * runs in it is trusted: the shell's functions are this world's, and through their constructors all of
 * Node can be reached. What authors write runs in `src/running/runner/process/realm.ts`, where it cannot.
 */
export function vmEvaluator(node: Vm, timeout = TIME_LIMIT): Evaluator {
  return (globals) => {
    const context = node.createContext({ ...globals });
    let rejected: unknown[] = [];
    const hear = (reason: unknown) => void rejected.push(reason);
    return {
      evaluate(source) {
        node.runInContext(source, context, { timeout, filename: 'mongosh' });
      },
      async idle() {
        // While a program's promises go on, what is rejected is theirs.
        process.on('unhandledRejection', hear);
        await new Promise((resolve) => setImmediate(resolve));
        process.off('unhandledRejection', hear);
      },
      rejections() {
        const heard = rejected;
        rejected = [];
        return heard;
      },
    };
  };
}

/** The evaluator of where this runs. */
export function hereEvaluator(): Evaluator {
  if (typeof (globalThis as { importScripts?: unknown }).importScripts === 'function')
    return workerEvaluator();
  const node = globalThis.process.getBuiltinModule('node:vm') as Vm | undefined;
  if (!node) throw new Error('Scripts run in a classic worker or in Node, and this is neither.');
  return vmEvaluator(node);
}
