/** For tests: sessions whose workers run in this thread. All is real but the frame and the download. */
import type { Engine } from '../../engines/engine.ts';
import { redis } from '../../engines/redis/descriptor.ts';
import type { Broker } from './broker.ts';
import type { Connection } from './connection.ts';
import { EngineLoadError } from './errors.ts';
import type { Loader } from './loading.ts';
import type { Supply } from './protocol.ts';
import { createRoom } from './rooms.ts';
import { createSession, type SessionGuest } from './session.ts';
import { serve, type WorkerScope } from './worker.ts';

export interface Thread {
  /** A database that needs no files. */
  session(): SessionGuest;
  /** What ends each worker that was started, as a browser does that has no memory left. */
  workers: ((message: string) => void)[];
  /** Whether the engine's files come. */
  online: boolean;
  /** Whether its rest comes, which may take a while, and how often it was asked for. */
  restComes: boolean | Promise<boolean>;
  restsAsked: number;
}

/**
 * @param places how many databases may live at once.
 * @param rest a part of the engine that scripts do without for the most part.
 */
export function inThread(
  engine: Engine,
  places = 2,
  rest?: { name: string; content: Uint8Array },
): Thread {
  const workers: Thread['workers'] = [];
  const broker: Broker = {
    ready: Promise.resolve(),
    give: () => undefined,
    giveWasm: () => {
      throw new Error('there is none');
    },
    open(_, onDied) {
      const { port1, port2 } = new MessageChannel();
      const scope: WorkerScope = { onmessage: null };
      serve(engine, scope);
      const boot: Supply = { type: 'boot', port: port2, modules: [] };
      scope.onmessage?.({ data: boot } as MessageEvent);
      workers.push(onDied);
      return { port: port1, terminate: () => port1.close() };
    },
    watch: () => () => undefined,
    isAlive: async () => true,
    gone: new Promise(() => undefined),
  };
  const thread: Thread = {
    session: () => createSession('redis', { loader, room, changesHands: false, programs: false }),
    workers,
    online: true,
    restComes: true,
    restsAsked: 0,
  };
  const title = redis.release;
  const runs = { atOnce: places, changesHands: false, programs: false };
  const loader: Loader = {
    async load() {
      if (!thread.online) throw new EngineLoadError(title, 'the download broke off');
      return broker;
    },
    loadImage: () => undefined,
    fetchRest: () => undefined,
    distrust: () => undefined,
    hasImage: () => false,
    async loadPart(_, part, { onBytes }) {
      if (part !== rest?.name) throw new EngineLoadError(title, 'it has none');
      thread.restsAsked++;
      onBytes?.(20, 40);
      if (!(await thread.restComes)) throw new EngineLoadError(title, 'the download broke off');
      return Uint8Array.from(rest.content).buffer;
    },
    files: () => ({
      title,
      runs,
      worker: { url: '', bytes: 0, rawBytes: 0 },
      assets: [],
      parts: rest ? { [rest.name]: { url: '', bytes: 40, rawBytes: 100 } } : {},
      ...(rest && { rest: rest.name }),
      images: {},
    }),
  };
  const room = createRoom<Connection>(places);
  return thread;
}
