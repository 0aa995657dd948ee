/** An engine whose scripts do without its rest for the most part, and only running them shows which do not. */
import { describe, expect, it } from 'vitest';
import {
  type Assets,
  type Database,
  type Engine,
  type Origin,
  PartMissing,
} from '../../engines/engine.ts';
import { CourseUpdated, EngineCrashed, EngineLoadError, RunStopped } from './errors.ts';
import type { Progress, RunOptions } from './session.ts';
import { inThread } from './testing.ts';

const REST = 'rest.bin';
/** The smallest module that there is. */
const content = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const origin: Origin = { file: 0, line: 1, statement: 0 };

/** Prints words, and how many it has printed in its life. `rare` needs the rest; `wait` takes for ever. */
const engine: Engine = {
  async open(assets: Assets): Promise<Database> {
    let printed = 0;
    let isHere = false;
    return {
      async reset() {
        printed = 0;
      },
      async loadParts() {
        await assets.module(REST);
        isHere = true;
      },
      async run({ files }, emit) {
        const before = printed;
        for (const word of files[0]!.code.split(' ')) {
          if (word === 'wait') await new Promise(() => undefined);
          if (word === 'break') throw new Error('it broke');
          if (word === 'rare' && !isHere) {
            printed = before;
            throw new PartMissing('it is rare');
          }
          emit({ kind: 'text', origin, text: `${word} ${++printed}` });
        }
        return { milliseconds: 1, statements: 1, errors: 0 };
      },
      close: async () => undefined,
    };
  },
};

function page() {
  const thread = inThread(engine, 1, { name: REST, content });
  const session = thread.session();
  const said: string[] = [];
  const run = async (code: string, options: RunOptions = {}): Promise<string[]> => {
    said.length = 0;
    await session.run(
      { files: [{ name: 'words', code }] },
      { onOutput: (output) => said.push('text' in output ? output.text : output.kind), ...options },
    );
    return [...said];
  };
  return { thread, session, run, said };
}

const FRESH: RunOptions = { start: () => ({ dataset: null }) };

describe('an engine with a rest', () => {
  it('does without it in scripts that need no more', async () => {
    const { thread, run } = page();
    expect(await run('a b', FRESH)).toEqual(['a 1', 'b 2']);
    expect(await run('c')).toEqual(['c 3']);
    expect(await run('a', FRESH)).toEqual(['a 1']);
    expect(thread.restsAsked).toBe(0);
  });

  it('begins again with it: what was printed before is said once', async () => {
    const { thread, run } = page();
    const stages: Progress[] = [];
    const options = { ...FRESH, onProgress: (stage: Progress) => stages.push(stage) };
    expect(await run('a rare b', options)).toEqual(['a 1', 'rare 2', 'b 3']);
    expect(thread.restsAsked).toBe(1);
    expect(stages.slice(-3)).toEqual([
      { stage: 'run' },
      { stage: 'download', loaded: 20, total: 40, rest: true },
      { stage: 'run' },
    ]);
    expect(await run('rare', FRESH)).toEqual(['rare 1']);
    expect(thread.restsAsked).toBe(1);
  });

  it('has it in a script that goes on, from where it was', async () => {
    const { thread, run } = page();
    await run('a', FRESH);
    expect(await run('b rare')).toEqual(['b 2', 'rare 3']);
    expect(thread.restsAsked).toBe(1);
  });

  it('has it behind earlier scripts, which begin nothing twice', async () => {
    const { thread, run } = page();
    const earlier = ['a', 'b rare', 'c'].map((code) => ({ files: [{ name: 'words', code }] }));
    expect(await run('rare', { start: () => ({ dataset: null, earlier }) })).toEqual(['rare 5']);
    expect(thread.restsAsked).toBe(1);
  });

  it('changes nothing where it does not come', async () => {
    const { thread, session, run, said } = page();
    await run('a', FRESH);
    const { epoch } = session;
    thread.restComes = false;
    for (let tries = 0; tries < 2; tries++)
      await expect(run('b rare')).rejects.toThrow(EngineLoadError);
    await expect(run('b rare')).rejects.toThrow(
      'the download broke off. Check your connection and retry.',
    );
    // What is said to have happened would not have.
    expect([said, session.epoch]).toEqual([[], epoch]);
    expect(await run('b')).toEqual(['b 2']);
    thread.restComes = true;
    expect(await run('c rare')).toEqual(['c 3', 'rare 4']);
  });

  it('can be stopped while it comes, and begins anew then', async () => {
    const { thread, session, run } = page();
    await run('a', FRESH);
    const { epoch } = session;
    thread.restComes = new Promise(() => undefined);
    const stopped = run('rare');
    await expect.poll(() => thread.restsAsked).toBe(1);
    session.stop();
    await expect(stopped).rejects.toThrow(RunStopped);
    expect(session.epoch).toBe(epoch + 1);
    thread.restComes = true;
    expect(await run('a rare', FRESH)).toEqual(['a 1', 'rare 2']);
  });

  it('says what was printed before a stop, and before it broke off', async () => {
    const { session, run, said } = page();
    const stopped = run('a wait', FRESH);
    await expect.poll(() => session.busy).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(said).toEqual([]);
    session.stop();
    await expect(stopped).rejects.toThrow(RunStopped);
    expect(said).toEqual(['a 1']);
    await expect(run('b break', FRESH)).rejects.toThrow(EngineCrashed);
    expect(said).toEqual(['b 1']);
  });

  it('is ended if it begins again though nothing is missing', async () => {
    const restless: Engine = {
      open: async () => ({
        reset: async () => undefined,
        loadParts: async () => undefined,
        run: () => Promise.reject(new PartMissing('it is never enough')),
        close: async () => undefined,
      }),
    };
    const session = inThread(restless, 1).session();
    const failed = session.run({ files: [{ name: 'words', code: 'a' }] });
    await expect(failed).rejects.toThrow('it began again');
    await expect(failed).rejects.not.toThrow(CourseUpdated);
  });
});
