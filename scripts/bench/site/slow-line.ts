/**
 * A line between a browser and a server that is as slow as a phone's: a TCP proxy with a rate that all connections share,
 * and a delay each way. Chromium's own throttling knows neither workers nor what shares a line.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface Line {
  /** What comes down, in bits a second. */
  rate: number;
  /** From a packet to its answer, in milliseconds, without the time that bytes take. */
  roundTrip: number;
}

/** The two that Lighthouse and WebPageTest call slow 4G and 3G are near these. */
export const FAST_4G: Line = { rate: 8_100_000, roundTrip: 165 };
export const SLOW_3G: Line = { rate: 1_400_000, roundTrip: 560 };
/** As fast as the machine: for what comes before the part that is measured. */
export const NO_LIMIT: Line = { rate: Infinity, roundTrip: 0 };

/** Bytes that travel together. */
const PACKET = 1460;
/** How much of a connection waits for the line before its server is told to wait. */
const MOST_WAITING = 64_000;

export interface SlowLine {
  server: Server;
  /** From now on. */
  set(line: Line): void;
}

/** @param port of the server on this machine that is at the other end. */
export function slowLine(port: number): SlowLine {
  let line = NO_LIMIT;
  /** When the line has carried all that was given to it, as `performance.now()` tells it. */
  let free = 0;
  const server = createServer({ noDelay: true }, (browser) => {
    const host = connect({ port, host: '127.0.0.1', noDelay: true });
    for (const [one, other] of [
      [browser, host],
      [host, browser],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    // To open a connection takes a round trip before anything is asked.
    const opened = performance.now() + line.roundTrip;
    browser.on('data', (bytes: Buffer) => {
      const at = Math.max(performance.now(), opened) + line.roundTrip / 2;
      later(at, () => host.write(bytes));
    });
    let waiting = 0;
    host.on('data', (bytes: Buffer) => {
      for (let from = 0; from < bytes.length; from += PACKET) {
        const packet = bytes.subarray(from, from + PACKET);
        free = Math.max(free, performance.now()) + (packet.length * 8 * 1000) / line.rate;
        waiting += packet.length;
        later(free + line.roundTrip / 2, () => {
          waiting -= packet.length;
          if (waiting < MOST_WAITING) host.resume();
          write(browser, packet);
        });
      }
      if (waiting >= MOST_WAITING) host.pause();
    });
    host.on('end', () => later(free + line.roundTrip / 2, () => browser.end()));
  });
  return { server, set: (next) => void (line = next) };
}

/** @param at as `performance.now()` tells it. */
function later(at: number, what: () => void): void {
  const left = at - performance.now();
  if (left <= 0) what();
  else setTimeout(what, left);
}

function write(to: Socket, bytes: Buffer): void {
  if (!to.destroyed) to.write(bytes);
}
