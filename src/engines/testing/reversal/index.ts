/** For tests: a line is a statement. `reverse word` prints it reversed, `keep word` stores it, `kept` prints what is stored. */
import {
  DEFAULT_LIMITS,
  type Database,
  type Engine,
  type Origin,
  type Output,
  type Script,
} from '../../engine.ts';
import { LimitedOutput } from '../../limits.ts';

const reversed = (text: string): string => [...text].reverse().join('');

function answer(kept: string[], line: string, origin: Origin): Output {
  const [word = '', ...rest] = line.split(' ');
  if (word === 'reverse') return { kind: 'text', origin, text: reversed(rest.join(' ')) };
  if (word === 'kept') return { kind: 'text', origin, text: kept.map(reversed).join('\n') };
  if (word === 'keep') {
    kept.push(rest.join(' '));
    return { kind: 'command', origin, tag: 'KEEP' };
  }
  return { kind: 'error', origin, severity: 'ERROR', code: '', message: `${word} is no word` };
}

class ReversalDatabase implements Database {
  #kept: string[] = [];

  async reset(dataset: Script['files'][number] | null): Promise<void> {
    this.#kept = [];
    if (!dataset) return;
    await this.run({ files: [dataset] }, (output) => {
      if (output.kind === 'error')
        throw new Error(`${dataset.name}:${output.origin.line}: ${output.message}`);
    });
  }

  async run(script: Script, emit: (output: Output) => void, limits = DEFAULT_LIMITS) {
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
