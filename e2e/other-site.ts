/** Another site than the course's, with one page: what an LMS is to a frame. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OtherSite {
  address: string;
  close(): void;
}

/**
 * It is served, not made up by a route: browsers take a made-up page for one from the internet, and
 * do not let that load from this machine.
 *
 * @param body of the page, HTML.
 */
export async function otherSite(body: string): Promise<OtherSite> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><link rel="icon" href="data:,">${body}</html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // The course is at localhost: another host name is another site.
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { address, close: () => void server.close() };
}
