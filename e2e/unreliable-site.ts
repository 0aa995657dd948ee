/**
 * The built site on a host and a network that fail as real ones do: a sign-in page in the place of a file,
 * a line that stalls, a deployment while pages are open. Each journey has one of its own.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listenOnFreePort } from '../scripts/process/port.ts';
import { createSiteServer } from '../scripts/build/serve.ts';
import { test as base } from './fixtures.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface UnreliableSite {
  /** Its address, with a slash at the end. */
  address: string;
  /** Paths that were asked for, queries left out, in their order. */
  asked: string[];
  /** Serves another folder from now on. */
  deploy(folder: string): void;
  /**
   * Answers requests for these paths in another way.
   *
   * @returns ends it.
   */
  instead(paths: RegExp, answer: Answer): () => void;
  /** Answers none of these requests, until it is ended: then they are answered. */
  stall(paths: RegExp): () => void;
}

const SIGN_IN = '<!doctype html><title>Hotel Wi-Fi</title><h1>Sign in to the hotel’s Wi-Fi</h1>';

/** What a hotel's network says to everything until somebody signs in. */
export const portal: Answer = (_, response) =>
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(SIGN_IN);

/** The same, by a network that tells browsers to remember it. */
export const lastingPortal: Answer = (_, response) =>
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'max-age=600' })
    .end(SIGN_IN);

export const missing: Answer = (_, response) => response.writeHead(404).end('Not found');

/** Half of an answer, and then the line is cut. */
export const cutOff: Answer = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': 9000 });
  response.write('<!doctype html><title>Half</title><h1>Half a pa', () => response.destroy());
};

export const test = base.extend<{ site: UnreliableSite }>({
  site: async ({}, use) => {
    let server = createSiteServer({ folder: 'dist' });
    const faults = new Set<{ paths: RegExp; answer: Answer }>();
    const asked: string[] = [];
    const door = createSiteServer({ folder: 'dist' });
    door.removeAllListeners('request');
    door.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const path = request.url!.split('?')[0]!;
      asked.push(path);
      const fault = [...faults].find(({ paths }) => paths.test(path));
      if (fault) fault.answer(request, response);
      else server.emit('request', request, response);
    });
    const port = await listenOnFreePort(door, 0);
    const instead = (paths: RegExp, answer: Answer) => {
      const fault = { paths, answer };
      faults.add(fault);
      return () => void faults.delete(fault);
    };
    await use({
      address: `http://localhost:${port}/`,
      asked,
      deploy: (folder) => void (server = createSiteServer({ folder })),
      instead,
      stall(paths) {
        const waiting: Parameters<Answer>[] = [];
        const end = instead(paths, (...args) => void waiting.push(args));
        return () => {
          end();
          for (const args of waiting.splice(0)) server.emit('request', ...args);
        };
      },
    });
    door.closeAllConnections();
    door.close();
  },
  // The base fixture lets a page ask this host and no other.
  baseURL: async ({ site }, use) => use(site.address),
});
