/** One connection of a client: bytes in, commands, answers, bytes out, and never much of either that waits. */
import type { Socket } from 'node:net';
import { fail } from '../errors.ts';
import { type Doc, isDoc, isNumeric, type Long, ObjectId } from '../values/types.ts';
import { toNumber } from '../values/numbers.ts';
import type { Answer, Service } from './call.ts';
import { canonical } from './commands/index.ts';
import { answer, errorAnswer, type Sender } from './dispatch.ts';
import { FrameReader, HTTP_ANSWER, HttpError } from './frame-reader.ts';
import { topologyVersion } from './hello.ts';
import { ProtocolError, readRequest, type Request, writeReply } from './messages.ts';

/** A client with so much unread, in bytes, is not answered until it reads. */
const UNREAD = 1024 ** 2;

/** How long a `hello` may wait for news that never come, in milliseconds. */
const LONGEST_WAIT = 3_600_000;

/** What connections share. */
export interface Surroundings {
  service: Service;
  log: (line: string) => void;
  /** Is called when more waits in a connection than before. */
  more: () => void;
}

export class Connection {
  readonly #socket: Socket;
  readonly #surroundings: Surroundings;
  readonly #sender: Sender;
  readonly #reader = new FrameReader();
  /** Messages that have come, and are not answered yet. */
  #frames: Buffer[] = [];
  #frameBytes = 0;
  /** What is answered again and again, without being asked again. */
  #again: Request | null = null;
  #timer: NodeJS.Timeout | null = null;
  #scheduled = false;
  #closed = false;
  #lastId = 0;

  constructor(socket: Socket, number: number, surroundings: Surroundings) {
    this.#socket = socket;
    this.#surroundings = surroundings;
    this.#sender = { connection: number, log: surroundings.log };
    socket.setNoDelay(true);
    // A machine that is gone without a word is found out.
    socket.setKeepAlive(true, 120_000);
    socket.on('data', (data: Buffer) => this.#receive(data));
    socket.on('drain', () => this.#schedule());
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end());
    socket.on('close', () => this.cut());
  }

  /** Bytes that wait: for the rest of their message, for their turn, or for the client to read. */
  get waiting(): number {
    return this.#reader.held + this.#frameBytes + this.#socket.writableLength;
  }

  /** Ends the connection at once; what waits is dropped. */
  cut(): void {
    this.#closed = true;
    this.#frames = [];
    this.#frameBytes = 0;
    this.#again = null;
    if (this.#timer) clearTimeout(this.#timer);
    this.#socket.destroy();
  }

  #receive(data: Buffer): void {
    if (this.#closed) return;
    try {
      for (const frame of this.#reader.feed(data)) {
        this.#frames.push(frame);
        this.#frameBytes += frame.length;
      }
    } catch (error) {
      this.#refuse(error);
      return;
    }
    this.#surroundings.more();
    this.#run();
  }

  /** What is no message ends the connection: nobody knows where the next one begins. */
  #refuse(error: unknown): void {
    if (!(error instanceof ProtocolError)) throw error;
    const { remoteAddress = '127.0.0.1', remotePort = 0 } = this.#socket;
    this.#surroundings.log(`Closing ${remoteAddress}:${remotePort}: ${error.message}`);
    if (!(error instanceof HttpError)) return this.cut();
    this.#closed = true;
    this.#socket.end(HTTP_ANSWER, () => this.cut());
  }

  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#run();
    });
  }

  /** Answers one message; others have their turn before the next one. */
  #run(): void {
    if (this.#closed || this.#timer) return;
    if (this.#socket.writableLength > UNREAD) {
      // Goes on when it has been read.
      this.#socket.pause();
      return;
    }
    const request = this.#next();
    if (request) this.#handle(request);
    this.#goOn();
  }

  /** The next message has its turn, or there is room for another one. */
  #goOn(): void {
    if (this.#closed) return;
    if (this.#again === null && this.#frames.length === 0) {
      this.#socket.resume();
    } else if (this.#timer === null) {
      this.#socket.pause();
      this.#schedule();
    }
  }

  #next(): Request | null {
    if (this.#again) {
      const request = this.#again;
      this.#again = null;
      return request;
    }
    const frame = this.#frames.shift();
    if (!frame) return null;
    this.#frameBytes -= frame.length;
    try {
      return readRequest(frame);
    } catch (error) {
      this.#refuse(error);
      return null;
    }
  }

  #handle(request: Request): void {
    const command = commandOf(request);
    const wait = typeof command === 'function' ? 0 : awaited(command);
    if (wait > 0) {
      this.#timer = setTimeout(() => {
        this.#timer = null;
        this.#answer(request, command);
        this.#run();
      }, wait);
      return;
    }
    this.#answer(request, command);
  }

  #answer(request: Request, command: Doc | (() => never)): void {
    const read = typeof command === 'function' ? command : () => command;
    const reply = answer(this.#surroundings.service, this.#sender, read);
    if (!request.answered) return;
    const more = request.exhaust && typeof command !== 'function' && goesOn(command, reply);
    const id = this.#send(request, reply, more);
    // Each answer is an answer to the one before.
    if (more) this.#again = { ...request, id, command: () => command as Doc };
  }

  #send(to: Request, reply: Answer, more: boolean): number {
    this.#lastId = (this.#lastId + 1) & 0x7fffffff;
    const envelope = { id: this.#lastId, to };
    let bytes: Buffer;
    try {
      bytes = writeReply(reply, { ...envelope, more });
    } catch (error) {
      bytes = writeReply(errorAnswer(error, false, this.#sender), envelope);
    }
    if (this.#socket.writable) this.#socket.write(bytes);
    return this.#lastId;
  }
}

/** The command of a request, or what throws the reason why there is none. */
function commandOf(request: Request): Doc | (() => never) {
  try {
    return request.kind === 'msg' ? request.command() : queried(request);
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** OP_QUERY is for the first words of a client that does not know whom it speaks to. */
function queried({ namespace, command }: Request): Doc {
  const [database = '', collection] = namespace.split('.', 2);
  const doc = command();
  const inner = isDoc(doc.$query) ? doc.$query : doc;
  const [name = ''] = Object.keys(inner);
  if (collection !== '$cmd' || !['hello', 'isMaster'].includes(canonical(name))) {
    fail(
      352,
      `Unsupported OP_QUERY command: ${name}. The client driver may require an upgrade. For more details see https://dochub.mongodb.org/core/legacy-opcode-removal`,
    );
  }
  inner.$db = database;
  return inner;
}

/** How long a `hello` is to wait for news, in milliseconds: there are none as long as it knows this process. */
function awaited(command: Doc): number {
  const [name = ''] = Object.keys(command);
  if (!['hello', 'isMaster'].includes(canonical(name))) return 0;
  const { topologyVersion: known, maxAwaitTimeMS } = command;
  if (!isDoc(known) || maxAwaitTimeMS === undefined || !isNumeric(maxAwaitTimeMS)) return 0;
  const same =
    known.processId instanceof ObjectId && known.processId.equals(topologyVersion.processId);
  return same ? Math.min(Math.max(toNumber(maxAwaitTimeMS), 1), LONGEST_WAIT) : 0;
}

/** Whether a request that may have many answers gets another one. */
function goesOn(command: Doc, { ok, cursor }: Answer): boolean {
  if (Number(ok) !== 1) return false;
  const [name = ''] = Object.keys(command);
  if (['hello', 'isMaster'].includes(canonical(name)))
    return command.topologyVersion !== undefined && command.maxAwaitTimeMS !== undefined;
  if (name !== 'getMore') return false;
  const { id } = cursor as { id: Long };
  return !id.isZero();
}
