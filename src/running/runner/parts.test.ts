/** An engine that comes in parts: the worker is the one that is published, in a thread, and the page's side is real. */
import { afterEach, describe, expect, it } from 'vitest';
import type { EngineName, Output, Script } from '../../engines/engine.ts';
import { bundleWorker } from './assets/bundle.ts';
import { startWorker } from './assets/published.ts';
import type { Broker } from './broker.ts';
import type { Connection } from './connection.ts';
import { EngineCrashed, EngineLoadError } from './errors.ts';
import type { Loader, LoadOptions } from './loading.ts';
import { createRoom } from './rooms.ts';
import { createSession, type Progress, type RunOptions } from './session.ts';

const { code, parts } = await bundleWorker(process.cwd(), 'src/engines/testing/reversal/index.ts');

const threads: { terminate(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.terminate()));
});

/** @param worker its program. */
function page(worker = code) {
  /** Parts that the worker has asked for, in order. */
  const asked: string[] = [];
  const site = { online: true };
  const broker: Broker = {
    ready: Promise.resolve(),
    give: () => undefined,
    giveWasm: () => {
      throw new Error('there is none');
    },
    open(_, onDied) {
      const { port1: port, port2 } = new MessageChannel();
      const thread = startWorker(worker);
      threads.push(thread);
      thread.once('error', ({ message }) => onDied(message));
      thread.postMessage({ type: 'boot', port: port2, modules: [] }, [port2 as never]);
      return {
        port,
        terminate() {
          port.close();
          void thread.terminate();
        },
      };
    },
    watch: () => () => undefined,
    isAlive: async () => true,
    gone: new Promise(() => undefined),
  };
  const file = { url: '', bytes: 40, rawBytes: 100 };
  const loader: Loader = {
    load: async () => broker,
    async loadPart(_, part, { onBytes }: LoadOptions) {
      asked.push(part);
      onBytes?.(20, 40);
      if (!site.online) throw new EngineLoadError('Reversal 1', 'the download broke off');
      return new TextEncoder().encode(parts[part]).buffer;
    },
    loadImage: () => undefined,
    fetchRest: () => undefined,
    distrust: () => undefined,
    hasImage: () => false,
    files: () => ({
      title: 'Reversal 1',
      runs: { atOnce: 1, changesHands: false, programs: false },
      worker: file,
      assets: [],
      parts: { shouting: file },
      images: {},
    }),
  };
  const session = createSession('reversal' as EngineName, {
    loader,
    room: createRoom<Connection>(1),
    changesHands: false,
    programs: false,
  });
  const run = async (text: string, options: RunOptions = {}): Promise<string[]> => {
    const outputs: Output[] = [];
    await session.run(script(text), { ...options, onOutput: (output) => outputs.push(output) });
    return outputs.map((output) => {
      if (output.kind === 'text') return output.text;
      return output.kind === 'error' ? output.message : output.kind;
    });
  };
  return { asked, site, session, run };
}

const script = (text: string): Script => ({ files: [{ name: 'words.reversal', code: text }] });

describe('an engine in parts', () => {
  it('is a worker without them, and a file for each, called as its module', () => {
    expect(Object.keys(parts)).toEqual(['shouting']);
    expect(parts['shouting']).toContain('cannot be shouted');
    expect(code).not.toContain('cannot be shouted');
  });

  it('asks for a part when a script needs it, once, and shares its classes with it', async () => {
    const { asked, run } = page();
    expect(await run('reverse lamp')).toEqual(['pmal']);
    expect(asked).toEqual([]);
    // An error of the engine's own class, thrown by the part.
    expect(await run('shout lamp\nshout 1')).toEqual(['PMAL', '1 cannot be shouted']);
    expect(await run('shout cup')).toEqual(['PUC']);
    expect(asked).toEqual(['shouting']);
  });

  it('tells what is coming before it runs anything', async () => {
    const { run } = page();
    const stages: Progress[] = [];
    await run('keep cup\nshout lamp', { onProgress: (progress) => stages.push(progress) });
    expect(stages).toEqual([
      { stage: 'start' },
      { stage: 'download', loaded: 20, total: 40 },
      { stage: 'run' },
    ]);
  });

  it('tells what goes on when a part has come in the middle of it', async () => {
    const { run } = page();
    const stages: string[] = [];
    await run('reverse cup', {
      start: () => ({ dataset: null, earlier: [script('shout lamp')] }),
      onProgress: ({ stage }) => stages.push(stage),
    });
    expect(stages).toEqual(['start', 'dataset', 'download', 'dataset', 'run']);
  });

  it('runs nothing of a script whose part does not come, keeps what there is, and tries again', async () => {
    const { asked, site, session, run } = page();
    await run('keep cup');
    const { epoch } = session;
    site.online = false;
    let begun = 0;
    const failed = run('keep lamp\nshout lamp', { start: () => (begun++, null) });
    await expect(failed).rejects.toThrow(
      new EngineLoadError('Reversal 1', 'the download broke off').message,
    );
    expect([begun, session.epoch]).toEqual([0, epoch]);
    expect(await run('kept')).toEqual(['puc']);
    site.online = true;
    expect(await run('kept\nshout lamp')).toEqual(['puc', 'PMAL']);
    expect(asked).toEqual(['shouting', 'shouting']);
  });

  it('begins anew where the part was missing to what had to come before', async () => {
    const { site, session, run } = page();
    await run('keep cup');
    site.online = false;
    const failed = run('kept', {
      start: () => ({ dataset: null, earlier: [script('shout cup')] }),
    });
    await expect(failed).rejects.toThrow('the download broke off');
    expect(session.epoch).toBe(2);
    site.online = true;
    expect(await run('kept')).toEqual(['']);
  });

  it('is ended if it asks for a part again, or for one that is none', async () => {
    const asking = (part: string, times: number): string => `(() => {
      let port;
      self.onmessage = ({ data }) => {
        port = data.port;
        port.postMessage({ type: 'done', id: 0, summary: { milliseconds: 0, statements: 0, errors: 0 } });
        port.onmessage = ({ data: { type, id, script } }) => {
          if (type === 'part') return;
          for (let i = 0; i < ${times}; i++) port.postMessage({ type: 'needs', id, part: ${part} });
        };
      };
    })()`;
    for (const worker of [asking(`'shouting'`, 2), asking('{}', 1)])
      await expect(page(worker).run('kept')).rejects.toThrow(EngineCrashed);
  });
});
