/** The emulator behind RESP 2 and 3 over TCP on loopback. */
import { createServer, type Server as TcpServer } from 'node:net';
import { handlers, loadEveryCommand } from '../../../src/engines/redis/commands/index.ts';
import { Server } from '../../../src/engines/redis/core/server.ts';
import { Connection } from './connection.ts';
import { addLimits, BOUNDS, type Bounds } from './limits.ts';

export interface RunningEmulator {
  port: number;
  core: Server;
  /** What waits in all connections together, in bytes. */
  waiting(): Waiting;
  close(): Promise<void>;
}

export interface Waiting {
  /** For clients to read. */
  unread: number;
  /** For the rest of a command, or for its turn. */
  unanswered: number;
}

export interface EmulatorOptions {
  bounds?: Bounds;
  /** Gets what redis-server writes into its log about connections. */
  log?: (line: string) => void;
}

/** How often timeouts, expiry, save points and what waits are looked at, in milliseconds. */
const TICK = 20;

/**
 * Starts listening on 127.0.0.1.
 *
 * @param port 0 for any free one.
 * @throws Error if the port is taken.
 */
export async function startEmulator(
  port: number,
  { bounds = BOUNDS, log = () => undefined }: EmulatorOptions = {},
): Promise<RunningEmulator> {
  await loadEveryCommand();
  const core = new Server({
    clock: () => performance.timeOrigin + performance.now(),
    random: Math.random,
    handlers,
  });
  addLimits(core.config);
  core.onSleep = (milliseconds) => {
    // Like the real one, the whole server stands still.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  };
  const connections = new Set<Connection>();
  const server: TcpServer = createServer((socket) => {
    if (core.clients.size >= Number(core.config.get('maxclients'))) {
      socket.on('error', () => socket.destroy());
      socket.end('-ERR max number of clients reached\r\n', () => socket.destroy());
      return;
    }
    const connection = new Connection(socket, { core, bounds, log });
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A connection that could not be taken, for want of a file descriptor, is no reason to stop.
  server.on('error', (error) => log(`Accepting client connection: ${error.message}`));
  const timer = setInterval(() => {
    core.tick();
    const now = performance.now();
    for (const connection of connections) connection.tick(now);
    cutLargest(connections, bounds.together, log);
  }, TICK);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    core,
    waiting: () => ({
      unread: sum(connections, ({ unread }) => unread),
      unanswered: sum(connections, ({ unanswered }) => unanswered),
    }),
    async close() {
      clearInterval(timer);
      for (const connection of connections) connection.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Cuts connections off, those first that let the most wait, until all together fit. */
function cutLargest(
  connections: ReadonlySet<Connection>,
  most: number,
  log: (line: string) => void,
): void {
  const sizeOf = ({ unread, unanswered }: Connection): number => unread + unanswered;
  let all = sum(connections, sizeOf);
  if (all <= most) return;
  for (const connection of [...connections].sort((a, b) => sizeOf(b) - sizeOf(a))) {
    if (all <= most) return;
    all -= sizeOf(connection);
    log(`Evicting client: it lets ${sizeOf(connection)} bytes wait`);
    connection.cut();
  }
}

const sum = (
  connections: ReadonlySet<Connection>,
  of: (connection: Connection) => number,
): number => [...connections].reduce((total, connection) => total + of(connection), 0);
