/** The document store behind MongoDB's wire protocol, over TCP on loopback. For Node; no page loads it. */
import { createServer, type Server as TcpServer } from 'node:net';
import { loadEveryPart } from '../parts/parts.ts';
import { Catalog } from '../storage/catalog.ts';
import { ExpiryMonitor } from '../storage/expiry-monitor.ts';
import { ObjectId } from '../values/types.ts';
import type { Service } from './call.ts';
import { Connection } from './connection.ts';
import { Cursors } from './cursors.ts';
import { Sessions } from './sessions.ts';

export interface RunningServer {
  port: number;
  /** For a driver or mongosh. */
  uri: string;
  /** What waits in all connections together, in bytes. */
  waiting(): number;
  service: Service;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Gets a line for everything that goes wrong on the wire or in the store. */
  log?: (line: string) => void;
  /** What all connections together may let wait, in bytes. Beyond it the one with the most is cut off. */
  mostWaiting?: number;
  /** A clock that only goes on, in milliseconds, for what ends after some time. */
  now?: () => number;
}

/** The largest message ten times, and room. */
const MOST_WAITING = 512 * 1024 ** 2;

/** How many connections there may be. */
const MOST_CONNECTIONS = 5000;

/** How often what is over is looked for, in milliseconds. */
const TICK = 1000;

const HOST = '127.0.0.1';

/**
 * Starts listening on 127.0.0.1, with an empty store.
 *
 * @param port 0 for any free one.
 * @throws Error if the port is taken.
 */
export async function startServer(
  port: number,
  {
    log = () => undefined,
    mostWaiting = MOST_WAITING,
    now = () => performance.now(),
  }: ServerOptions = {},
): Promise<RunningServer> {
  await loadEveryPart();
  const connections = new Set<Connection>();
  const catalog = new Catalog();
  const cursors = new Cursors(now);
  const sessions = new Sessions(catalog, now, (key) => cursors.endSession(key));
  const clock = { now: () => new Date(), newId: () => new ObjectId() };
  const service = {
    catalog,
    clock,
    expiry: new ExpiryMonitor(catalog, clock.now),
    cursors,
    sessions,
    address: HOST,
    began: performance.now(),
    connections: () => connections.size,
  };
  const waiting = (): number => sum(connections, (connection) => connection.waiting);
  const more = (): void => {
    if (waiting() > mostWaiting) cutLargest(connections, mostWaiting, log);
  };
  let count = 0;
  let closing = false;
  const server: TcpServer = createServer((socket) => {
    // It had knocked before the door was closed.
    if (closing) {
      socket.destroy();
      return;
    }
    count += 1;
    const connection = new Connection(socket, count, { service, log, more });
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.on('drop', () => log(`Refusing a connection: there are ${MOST_CONNECTIONS}`));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: HOST, backlog: 1024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A connection that could not be taken, for want of a file descriptor, is no reason to stop.
  server.on('error', (error) => log(`Accepting a connection: ${error.message}`));
  const timer = setInterval(() => {
    cursors.expire();
    sessions.expire();
  }, TICK);
  const address = server.address();
  const listening = typeof address === 'object' && address ? address.port : port;
  service.address = `${HOST}:${listening}`;
  return {
    port: listening,
    uri: `mongodb://${HOST}:${listening}/`,
    waiting,
    service,
    async close() {
      closing = true;
      clearInterval(timer);
      const closed = new Promise((resolve) => server.close(resolve));
      for (const connection of connections) connection.cut();
      await closed;
    },
  };
}

/** Cuts connections off, those first that let the most wait, until all together fit. */
function cutLargest(
  connections: ReadonlySet<Connection>,
  most: number,
  log: (line: string) => void,
): void {
  let all = sum(connections, ({ waiting }) => waiting);
  for (const connection of [...connections].sort((a, b) => b.waiting - a.waiting)) {
    if (all <= most) return;
    all -= connection.waiting;
    log(`Closing a connection that lets ${connection.waiting} bytes wait`);
    connection.cut();
  }
}

const sum = (
  connections: ReadonlySet<Connection>,
  of: (connection: Connection) => number,
): number => [...connections].reduce((total, connection) => total + of(connection), 0);
