/** Redis: an emulator that answers like redis-server 7.0. */
import {
  DEFAULT_LIMITS,
  type Database,
  type Engine,
  type Limits,
  type Output,
  type RunSummary,
  type Script,
  type ScriptFile,
} from '../engine.ts';
import { LimitedOutput } from '../limits.ts';
import { loadCommands } from './commands/index.ts';
import type { Conversation } from './console/conversation.ts';
import type { Question } from './console/messages.ts';
import { commandsOf } from './script.ts';
import { RedisSession } from './session.ts';

class RedisDatabase implements Database {
  private session = new RedisSession();
  /** A console has a server of its own, whose clock runs. */
  private conversation: Conversation | null = null;

  loadParts({ files }: Script): Promise<void> {
    return loadCommands(commandsOf(files));
  }

  async reset(dataset: ScriptFile | null): Promise<void> {
    if (dataset) await this.loadParts({ files: [dataset] });
    this.session = new RedisSession();
    if (!dataset) return;
    let failure = null as string | null;
    const watch = (output: Output): void => {
      if (output.kind === 'transcript' && output.failed) {
        failure ??= `${dataset.name}, line ${output.origin.line}: ${output.reply}`;
      }
    };
    const everything = { rows: Infinity, outputs: Infinity, characters: Infinity };
    this.session.run({ files: [dataset] }, new LimitedOutput(watch, everything));
    if (failure !== null) throw new Error(failure);
  }

  async run(
    script: Script,
    emit: (output: Output) => void,
    limits: Limits = DEFAULT_LIMITS,
  ): Promise<RunSummary> {
    await this.loadParts(script);
    const output = new LimitedOutput(emit, limits);
    const summary = this.session.run(script, output);
    output.finish();
    return summary;
  }

  async converse(question: string): Promise<string> {
    await this.loadParts(scriptOf(question));
    const { Conversation } = await import('./console/conversation.ts');
    this.conversation ??= new Conversation();
    return this.conversation.answer(question);
  }

  async close(): Promise<void> {
    this.conversation = null;
    this.session = new RedisSession();
  }
}

/** What a question has run: the lines of a new server's data, and those that are typed. */
function scriptOf(question: string): Script {
  const { begin, action } = JSON.parse(question) as Question;
  const files = begin?.dataset ? [begin.dataset] : [];
  if (action.type === 'type') files.push({ name: '', code: action.lines.join('\n') });
  return { files };
}

export const engine: Engine = {
  open: async () => new RedisDatabase(),
};
