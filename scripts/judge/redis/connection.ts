/** A plain connection to redis-server: words out, replies in, nothing clever in between. */
import { connect, type Socket } from 'node:net';
import type { Bytes } from '../../../src/engines/redis/core/bytes.ts';
import type { Reply } from '../../../src/engines/redis/core/reply.ts';
import { encodeCommand, readReply } from '../../../src/engines/redis/resp/read-reply.ts';

export class Connection {
  private readonly socket: Socket;
  private buffer = '';
  private at = 0;
  private readonly replies: Reply[] = [];
  private wake: (() => void) | null = null;
  closed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (data: Buffer) => {
      this.buffer = this.buffer.slice(this.at) + data.toString('latin1');
      this.at = 0;
      for (let next = readReply(this.buffer); next; next = readReply(this.buffer, this.at)) {
        this.replies.push(next.reply);
        this.at = next.next;
        if (this.at >= this.buffer.length) break;
      }
      this.wake?.();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
      this.wake?.();
    });
  }
  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => resolve(new Connection(socket)));
    });
  }
  send(...commands: Bytes[][]): void {
    this.socket.write(Buffer.from(commands.map(encodeCommand).join(''), 'latin1'));
  }
  /** The next reply, or `undefined` if none comes in time or the connection ends. */
  async receive(milliseconds = 20_000): Promise<Reply | undefined> {
    const end = Date.now() + milliseconds;
    while (this.replies.length === 0) {
      const left = end - Date.now();
      if (this.closed || left <= 0) return undefined;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        timer = setTimeout(resolve, left);
      });
      clearTimeout(timer);
      this.wake = null;
    }
    return this.replies.shift();
  }
  async call(...argv: Bytes[]): Promise<Reply | undefined> {
    this.send(argv);
    return this.receive();
  }
  close(): void {
    this.socket.destroy();
  }
}
