/** The page's end of the broker frame. */
import type { EngineName } from '../../engines/engine.ts';
import { brokerDocument } from './broker-document.ts';
import type { Sink } from './download.ts';
import { createHeartbeat } from './heartbeat.ts';
import type { AssetKind, BrokerCommand, BrokerReport, WasmPiece, WasmReport } from './protocol.ts';

/** The frame in which every worker of a page lives. */
export interface Broker {
  /**
   * Resolves when the frame answers: what it is given before waits for it.
   *
   * @throws Error if it does not, which is so where a content security policy forbids it.
   */
  readonly ready: Promise<void>;
  /** Hands over a file of an engine; the frame keeps it for every worker to come. */
  give(engine: EngineName, name: string, kind: AssetKind, bytes: ArrayBuffer): void;
  /**
   * Hands over a wasm file while it comes: the frame uncompresses and compiles it meanwhile.
   *
   * @param gzip whether what comes is gzip.
   */
  giveWasm(engine: EngineName, name: string, gzip: boolean): Sink<void>;
  /**
   * Starts a worker for an engine whose files were all given.
   *
   * @param onDied called once if the worker breaks off, with the reason.
   * @param image name of an image that was given, for the database to start with.
   */
  open(
    engine: EngineName,
    onDied: (message: string) => void,
    image?: string | null,
  ): BrokeredWorker;
  /** Asks now and then whether the frame is there, until the returned function is called. */
  watch(): () => void;
  /** Resolves with whether the frame is there: at once, or after the time that a heartbeat may fail. */
  isAlive(): Promise<boolean>;
  /** Resolves when the frame is gone, and all its workers with it: everybody has been told. */
  readonly gone: Promise<void>;
}

/** A worker, seen from the page. */
export interface BrokeredWorker {
  port: MessagePort;
  /** Terminates it, whatever it is doing. */
  terminate(): void;
}

/** How long the frame may take to answer: it has nothing to load, so silence means it was blocked. */
const PATIENCE = 10_000;

const ENDED = 'the browser ended the frame that it ran in, as it does when memory runs out';
const LED_AWAY = 'another page led the frame that it ran in elsewhere';

/**
 * Adds the broker frame to the page and waits until it can be spoken to. Its answer takes as long again,
 * since the page has files to fetch and a progress to draw meanwhile: nobody has to wait for it.
 *
 * @throws as {@link Broker.ready}, if the frame does not even load.
 */
export async function connectBroker(): Promise<Broker> {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.title = 'Database engines';
  // Out of everybody's way, but not `hidden`: a browser gives a process that shows nothing little time.
  frame.inert = true;
  frame.setAttribute('aria-hidden', 'true');
  const { style } = frame;
  style.position = 'fixed';
  style.inset = '0 auto auto 0';
  style.width = style.height = '1px';
  style.border = style.opacity = '0';
  style.pointerEvents = 'none';
  frame.srcdoc = brokerDocument;

  const { port1: control, port2: theirs } = new MessageChannel();
  const deaths = new Map<number, (message: string) => void>();
  const heartbeat = createHeartbeat(() => tell({ type: 'beat' }));
  const ready = new Promise<void>((resolve, reject) => {
    setTimeout(() => reject(new Error('the frame that runs it did not start')), PATIENCE);
    control.onmessage = ({ data }: MessageEvent<BrokerReport>) => {
      if (data.type === 'ready') return resolve();
      if (data.type === 'beat') return heartbeat.heard();
      const onDied = deaths.get(data.session);
      deaths.delete(data.session);
      onDied?.(data.message);
    };
  });
  ready.catch(() => frame.remove());
  const gone = Promise.withResolvers<void>();
  let died: string | undefined;
  const bury = (why: string) => {
    if (died !== undefined) return;
    died = why;
    frame.remove();
    control.close();
    heartbeat.end();
    const mourners = [...deaths.values()];
    deaths.clear();
    mourners.forEach((onDied) => onDied(why));
    gone.resolve();
  };
  void heartbeat.stopped.then(() => bury(ENDED));
  // Newer browsers tell.
  control.addEventListener('close', () => bury(ENDED));
  const loaded = new Promise<void>((resolve) => {
    frame.onload = () => {
      frame.contentWindow?.postMessage(null, '*', [theirs]);
      // Whatever loads there from now on is not ours.
      frame.onload = () => bury(LED_AWAY);
      resolve();
    };
    document.body.append(frame);
  });
  await Promise.race([loaded, ready]);

  const tell = (command: BrokerCommand, transfer: Transferable[] = []) =>
    control.postMessage(command, transfer);
  let sessions = 0;
  return {
    ready,
    gone: gone.promise,
    watch: heartbeat.watch,
    isAlive: heartbeat.isAlive,
    give: (engine, name, kind, bytes) =>
      tell({ type: 'asset', engine, name, kind, bytes }, [bytes]),
    giveWasm(engine, name, gzip) {
      const { port1: pieces, port2 } = new MessageChannel();
      const compiled = new Promise<void>((resolve, reject) => {
        pieces.onmessage = ({ data }: MessageEvent<WasmReport>) => {
          pieces.close();
          if (data.compiled) resolve();
          else reject(new Error('something else came in its place'));
        };
      });
      // It may fail before anybody has come to its end.
      compiled.catch(() => undefined);
      tell({ type: 'wasm', engine, name, gzip }, [port2]);
      const send = (piece: WasmPiece, transfer: Transferable[] = []) =>
        pieces.postMessage(piece, transfer);
      return {
        async add(piece) {
          send({ type: 'piece', piece }, [piece.buffer]);
        },
        async end() {
          send({ type: 'end' });
          await compiled;
        },
        abort: () => send({ type: 'abort' }),
      };
    },
    open(engine, onDied, image = null) {
      const session = ++sessions;
      const { port1: port, port2 } = new MessageChannel();
      if (died !== undefined) queueMicrotask(() => onDied(died!));
      else deaths.set(session, onDied);
      tell({ type: 'open', session, engine, image }, [port2]);
      return {
        port,
        terminate() {
          deaths.delete(session);
          port.close();
          tell({ type: 'close', session });
        },
      };
    },
  };
}
