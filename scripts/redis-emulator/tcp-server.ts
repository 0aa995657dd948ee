/** The emulator behind RESP 2 and 3 over TCP on loopback. */
import { createServer, type Server as TcpServer, type Socket } from 'node:net';
import type { Bytes } from '../../src/engines/redis/core/bytes.ts';
import { ReplyError, type Reply } from '../../src/engines/redis/core/reply.ts';
import { Server } from '../../src/engines/redis/core/server.ts';
import { handlers } from '../../src/engines/redis/commands/index.ts';
import { encode } from '../../src/engines/redis/resp/encode.ts';
import { ProtocolError, RequestReader } from '../../src/engines/redis/resp/request-reader.ts';

export interface RunningEmulator {
  port: number;
  core: Server;
  close(): Promise<void>;
}

/** How often timeouts, expiry and save points are looked at, in milliseconds. */
const TICK = 20;
/** A reader so slow that this much waits for it is cut off, in bytes. */
const MAX_UNREAD = 256 * 1024 * 1024;

/**
 * Starts listening on 127.0.0.1.
 *
 * @param port 0 for any free one.
 * @throws Error if the port is taken.
 */
export async function startEmulator(port: number): Promise<RunningEmulator> {
  const core = new Server({
    clock: () => performance.timeOrigin + performance.now(),
    random: Math.random,
    handlers,
  });
  core.onSleep = (milliseconds) => {
    // Like the real one, the whole server stands still.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  };
  const sockets = new Set<Socket>();
  const server: TcpServer = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(core, socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const timer = setInterval(() => core.tick(), TICK);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    core,
    async close() {
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function serve(core: Server, socket: Socket): void {
  let output = '';
  let flushing = false;
  const commands: (Bytes[] | ProtocolError)[] = [];
  const flush = (): void => {
    flushing = false;
    if (output !== '' && socket.writable) socket.write(Buffer.from(output, 'latin1'));
    output = '';
    if (socket.writableLength > MAX_UNREAD) socket.destroy();
  };
  const write = (reply: Reply): void => {
    output += encode(reply, client.resp);
    if (!flushing) {
      flushing = true;
      queueMicrotask(flush);
    }
  };
  const end = (): void => {
    flush();
    socket.end();
    core.disconnect(client);
  };
  /** Runs what has arrived, up to a command that makes the client wait. */
  const run = (): void => {
    while (commands.length > 0 && !client.blocking && !client.closed) {
      const command = commands.shift()!;
      if (command instanceof ProtocolError) {
        write(new ReplyError(command.message));
        end();
        return;
      }
      const reply = core.execute(client, command);
      if (reply !== undefined) write(reply);
      if (client.closing) {
        end();
        return;
      }
    }
  };
  const client = core.connect(
    (reply) => {
      write(reply);
      // It may have been the answer it waited for: what it sent meanwhile comes next.
      if (commands.length > 0) setImmediate(run);
    },
    () => {
      flush();
      socket.end();
    },
    `${socket.remoteAddress ?? '127.0.0.1'}:${socket.remotePort ?? 0}`,
  );
  const reader = new RequestReader(() => core.config.maxBulkLength);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 300_000);
  socket.on('data', (data: Buffer) => {
    commands.push(...reader.feed(data.toString('latin1')));
    run();
  });
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.end());
  socket.on('close', () => core.disconnect(client));
}
