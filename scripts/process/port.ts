/** Finding a port to serve on. */
import { createServer, type Server } from 'node:net';

/**
 * Makes a server listen on the first free port.
 *
 * `localhost` means 127.0.0.1 to one program and ::1 to another, so a port counts as free only if
 * nobody holds it on either: else the address printed could lead to somebody else's server.
 *
 * @param server an HTTP or TCP server that does not listen yet
 * @param first the port to try first; 0 takes any
 * @param host the address to listen on
 * @param tries how many ports to try
 * @returns the port it listens on
 * @throws Error if none of them is free
 */
export async function listenOnFreePort(
  server: Server,
  first: number,
  host = '127.0.0.1',
  tries = 100,
): Promise<number> {
  if (!Number.isInteger(first) || first < 0 || first > 65_535)
    throw new Error(`--port wants a number from 0 to 65535.`);
  for (let port = first; port < first + tries; port++) {
    if (port !== 0 && !(await isFree(port))) continue;
    if (await listen(server, port, host)) {
      const address = server.address();
      return typeof address === 'object' && address ? address.port : port;
    }
  }
  throw new Error(
    tries === 1
      ? `Port ${first} is in use. End what holds it, or choose another with --port.`
      : `No port from ${first} to ${first + tries - 1} is free. Choose another with --port.`,
  );
}

/** Is a port free on both loopback addresses? */
export async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1']) {
    const probe = createServer();
    if (!(await listen(probe, port, host))) return false;
    await new Promise((done) => probe.close(done));
  }
  return true;
}

/** @returns false if the port is taken; an address this machine does not have counts as free. */
function listen(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      server.off('listening', listening);
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else if (error.code === 'EADDRNOTAVAIL' && host === '::1') resolve(true);
      else if (error.code === 'EAFNOSUPPORT' && host === '::1') resolve(true);
      else reject(error);
    };
    const listening = () => {
      server.off('error', failed);
      resolve(true);
    };
    server.once('error', failed);
    server.once('listening', listening);
    server.listen(port, host);
  });
}
