/** One connection of a client: bytes in, commands, replies, bytes out, and never much of either that waits. */
import type { Socket } from 'node:net';
import type { Bytes } from '../../../src/engines/redis/core/bytes.ts';
import type { Client } from '../../../src/engines/redis/core/client.ts';
import { err, ReplyError, type Reply } from '../../../src/engines/redis/core/reply.ts';
import type { Server } from '../../../src/engines/redis/core/server.ts';
import { encode } from '../../../src/engines/redis/resp/encode.ts';
import { ProtocolError, RequestReader } from '../../../src/engines/redis/resp/request-reader.ts';
import { outputLimit, queryLimit, type Bounds } from './limits.ts';

/** Replies are gathered up to this many bytes before they are handed to the socket. */
const CHUNK = 64 * 1024;

/** redis-server counts only what does not fit into the buffer that every client has (`PROTO_REPLY_CHUNK_BYTES`). */
const OWN_BUFFER = 16 * 1024;

/** What a browser sends whose page was made to write to this port: commands of HTTP, and its second line. */
const OF_BROWSERS = ['post', 'host:'];

const SECURITY_ATTACK =
  'Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. ' +
  'This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your Redis instance.';

/** What connections share. */
export interface Surroundings {
  core: Server;
  bounds: Bounds;
  log: (line: string) => void;
}

export class Connection {
  readonly #core: Server;
  readonly #bounds: Bounds;
  readonly #log: (line: string) => void;
  readonly #socket: Socket;
  readonly #client: Client;
  readonly #reader: RequestReader;
  readonly #address: string;
  #output = '';
  #flushing = false;
  /** Commands that have come, and are not run yet. */
  #commands: (Bytes[] | ProtocolError)[] = [];
  /** Their bytes, at most. */
  #commandBytes = 0;
  /** Since when more waits than the soft limit allows, in milliseconds. */
  #softSince: number | null = null;

  constructor(socket: Socket, { core, bounds, log }: Surroundings) {
    this.#core = core;
    this.#bounds = bounds;
    this.#log = log;
    this.#socket = socket;
    this.#address = `${socket.remoteAddress ?? '127.0.0.1'}:${socket.remotePort ?? 0}`;
    this.#reader = new RequestReader(() => core.config.maxBulkLength);
    this.#client = core.connect(
      (reply) => {
        this.#write(reply);
        // It may have been the answer it waited for: what it sent meanwhile comes next.
        if (this.#commands.length > 0) setImmediate(() => this.#run());
      },
      () => {
        this.#flush();
        socket.end();
      },
      this.#address,
    );
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 300_000);
    socket.on('data', (data: Buffer) => this.#receive(data));
    socket.on('drain', () => this.#run());
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end());
    socket.on('close', () => core.disconnect(this.#client));
  }

  /** Bytes that wait for the client to read. */
  get unread(): number {
    return this.#output.length + this.#socket.writableLength;
  }

  /** Bytes that have come and wait for the rest of their command, or for their turn. */
  get unanswered(): number {
    return this.#reader.held + this.#commandBytes;
  }

  /** Ends the connection at once; what waits is dropped. */
  cut(): void {
    this.#output = '';
    this.#commands = [];
    this.#commandBytes = 0;
    this.#socket.destroy();
    this.#core.disconnect(this.#client);
  }

  /** Called when time has passed. @param now in milliseconds, of a clock that only goes on. */
  tick(now: number): void {
    const { hard, soft, seconds } = outputLimit(
      this.#core.config,
      this.#client.subscribed ? 'pubsub' : 'normal',
    );
    if (soft === 0 || this.#counted <= soft) this.#softSince = null;
    else this.#softSince ??= now;
    const tooLong = this.#softSince !== null && now - this.#softSince > seconds * 1000;
    if ((hard > 0 && this.#counted > hard) || tooLong) this.#overcome();
  }

  get #counted(): number {
    return Math.max(0, this.unread - OWN_BUFFER);
  }

  #overcome(): void {
    this.#log(
      `Client ${this.#address} scheduled to be closed ASAP for overcoming of output buffer limits.`,
    );
    this.cut();
  }

  #receive(data: Buffer): void {
    try {
      for (const command of this.#reader.feed(data.toString('latin1')))
        this.#commands.push(command);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // redis-server takes an argument of 512 MB. Here it is longer than a text can be.
      this.#commands.push(new ProtocolError('this emulator cannot hold so long an argument'));
    }
    this.#commandBytes = this.#commands.length > 0 ? this.#commandBytes + data.length : 0;
    this.#run();
    if (this.unanswered > queryLimit(this.#core.config)) {
      this.#log(`Closing client that reached max query buffer length: ${this.#address}`);
      this.cut();
    }
  }

  /** Runs what has arrived, up to a command that makes the client wait, and as long as it reads. */
  #run(): void {
    const client = this.#client;
    let next = 0;
    while (next < this.#commands.length && !client.blocking && !client.closed) {
      if (this.unread > this.#bounds.unread) this.#flush();
      if (this.unread > this.#bounds.unread) break;
      const command = this.#commands[next++]!;
      if (command instanceof ProtocolError) {
        this.#write(new ReplyError(command.message));
        this.#end();
        return;
      }
      if (OF_BROWSERS.includes(command[0]!.toLowerCase())) {
        this.#log(`${SECURITY_ATTACK} Connection from ${this.#address} aborted.`);
        this.cut();
        return;
      }
      const reply = this.#core.execute(client, command);
      if (reply !== undefined) this.#write(reply);
      if (client.closing) {
        this.#end();
        return;
      }
    }
    this.#commands.splice(0, next);
    if (this.#commands.length === 0) this.#commandBytes = 0;
    // A client that waits is listened to: it may leave. One that does not read has to read first.
    if (this.#commands.length > 0 && !client.blocking) this.#socket.pause();
    else this.#socket.resume();
  }

  #write(reply: Reply): void {
    this.#output += this.#encoded(reply);
    if (this.#output.length > CHUNK) this.#flush();
    else if (!this.#flushing) {
      this.#flushing = true;
      queueMicrotask(() => this.#flush());
    }
    const { hard } = outputLimit(this.#core.config, this.#client.subscribed ? 'pubsub' : 'normal');
    if (hard > 0 && this.#counted > hard && !this.#client.closed) this.#overcome();
  }

  #encoded(reply: Reply): Bytes {
    try {
      const bytes = encode(reply, this.#client.resp);
      // Text that is too long shows only where it is put together.
      if (bytes.length + this.#output.length > 2 ** 28) this.#flush();
      return bytes;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return encode(err('this emulator cannot send so much at once'), this.#client.resp);
    }
  }

  #flush(): void {
    this.#flushing = false;
    const output = this.#output;
    this.#output = '';
    if (output !== '' && this.#socket.writable) this.#socket.write(Buffer.from(output, 'latin1'));
  }

  #end(): void {
    this.#flush();
    this.#socket.end();
    this.#commands = [];
    this.#core.disconnect(this.#client);
  }
}
