/** A host on a slow line: the course's pages arrive in two pieces, the second when a journey says so. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SlowHost {
  /** `http://localhost:…/` */
  address: string;
  /** From here on, a page ends before the first place where this text stands, until {@link SlowHost.release}. */
  cutBefore(text: string): void;
  /** Sends the rest. */
  release(): void;
  close(): void;
}

/** @param course the address of the course's own host, which has the files. */
export async function slowHost(course: string): Promise<SlowHost> {
  let cut = '';
  let release = (): void => undefined;
  let released = Promise.resolve();
  const server = createServer((request, response) => {
    void (async () => {
      const answer = await fetch(new URL(request.url!.slice(1), course));
      const type = answer.headers.get('content-type') ?? '';
      response.writeHead(answer.status, { 'content-type': type });
      const body = Buffer.from(await answer.arrayBuffer());
      const at = type.includes('text/html') ? body.indexOf(cut) : -1;
      if (at <= 0) return response.end(body);
      response.write(body.subarray(0, at));
      await released;
      return response.end(body.subarray(at));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}/`,
    cutBefore(text) {
      cut = text;
      released = new Promise((resolve) => (release = resolve));
    },
    release: () => release(),
    close: () => void server.close(),
  };
}
