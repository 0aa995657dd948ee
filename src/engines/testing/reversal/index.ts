/**
 * For tests: a line is a statement. `reverse word` prints it reversed, `keep word` stores it, `kept` prints what is
 * stored. `shout word` is in a part of its own.
 */
import {
  DEFAULT_LIMITS,
  type Database,
  type Engine,
  type Origin,
  type Output,
  type Script,
} from '../../engine.ts';
import { LimitedOutput } from '../../limits.ts';
import type * as Shouting from './shouting.ts';
import { NoWord, reversed } from './words.ts';

/** The part that shouts, once it is there. */
let shouting: typeof Shouting | null = null;

function answer(kept: string[], line: string, origin: Origin): Output {
  const [word = '', ...rest] = line.split(' ');
  if (word === 'reverse') return { kind: 'text', origin, text: reversed(rest.join(' ')) };
  if (word === 'kept') return { kind: 'text', origin, text: kept.map(reversed).join('\n') };
  if (word === 'keep') {
    kept.push(rest.join(' '));
    return { kind: 'command', origin, tag: 'KEEP' };
  }
  try {
    if (word === 'shout') return { kind: 'text', origin, text: shouting!.shout(rest.join(' ')) };
    throw new NoWord(`${word} is no word`);
  } catch (error) {
    // Of this very class, wherever it was made.
    if (!(error instanceof NoWord)) throw error;
    return { kind: 'error', origin, severity: 'ERROR', code: '', message: error.message };
  }
}

class ReversalDatabase implements Database {
  #kept: string[] = [];

  async loadParts({ files }: Script): Promise<void> {
    if (files.some(({ code }) => /^\s*shout\b/m.test(code)))
      shouting ??= await import('./shouting.ts');
  }

  async reset(dataset: Script['files'][number] | null): Promise<void> {
    if (dataset) await this.loadParts({ files: [dataset] });
    this.#kept = [];
    if (!dataset) return;
    await this.run({ files: [dataset] }, (output) => {
      if (output.kind === 'error')
        throw new Error(`${dataset.name}:${output.origin.line}: ${output.message}`);
    });
  }

  async run(script: Script, emit: (output: Output) => void, limits = DEFAULT_LIMITS) {
    await this.loadParts(script);
    const start = performance.now();
    const output = new LimitedOutput(emit, limits);
    let statements = 0;
    let errors = 0;
    for (const [file, { code }] of script.files.entries())
      for (const [index, line] of code.split('\n').entries()) {
        if (line.trim() === '') continue;
        const origin = { file, line: index + 1, statement: statements };
        statements += 1;
        const one = answer(this.#kept, line.trim(), origin);
        if (one.kind === 'error') errors += 1;
        output.send(one);
      }
    output.finish();
    return { milliseconds: performance.now() - start, statements, errors };
  }

  async close(): Promise<void> {
    this.#kept = [];
  }
}

export const engine: Engine = { open: async () => new ReversalDatabase() };
