import { describe, expect, it } from 'vitest';
import { fresh, unchanging, within, type Sources } from './answers.ts';

const page = (text: string, init?: ResponseInit) =>
  new Response(text, { headers: { 'content-type': 'text/html' }, ...init });
const script = (text: string) =>
  new Response(text, { headers: { 'content-type': 'text/javascript' } });
const never = new Promise<never>(() => undefined);
const down = () => Promise.reject(new TypeError('network error'));

/** A network, a copy, and a note of what was kept and asked for. */
function sources(network: Sources['fetch'], copy?: Response, late?: Response) {
  const kept: Promise<string>[] = [];
  const asked: RequestCache[] = [];
  const made: Sources = {
    fetch(request) {
      asked.push(request.cache);
      return network(request);
    },
    read: () => Promise.resolve(copy),
    readPatiently: () => Promise.resolve(late ?? copy),
    keep(_, response) {
      kept.push(
        response
          .clone()
          .text()
          .catch(() => 'broken off'),
      );
      return Promise.resolve('kept');
    },
  };
  return { made, kept, asked };
}
const request = (cache: RequestCache = 'default') =>
  new Request('https://host.example/x', { cache });
const text = async (response: Promise<Response>) => (await response).text();

describe('a page', () => {
  const soon = 20;

  it('is the site’s while there is a network, and kept', async () => {
    const { made, kept } = sources(async () => page('new'), page('copy'));
    const { response, settled } = fresh(request(), 'summary/', made);
    expect(await text(response)).toBe('new');
    await settled;
    expect(await Promise.all(kept)).toEqual(['new']);
  });

  it('is the copy when the network is down, stalls, breaks off or has trouble', async () => {
    const broken = () =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(new TextEncoder().encode('half'));
              controller.error(new TypeError('network error'));
            },
          }),
          { headers: { 'content-type': 'text/html' } },
        ),
      );
    for (const network of [down, () => never, broken, async () => page('busy', { status: 503 })]) {
      const { made } = sources(network, page('copy'));
      expect(await text(fresh(request(), 'summary/', made, soon).response)).toBe('copy');
    }
  });

  it('that comes later than the copy is kept for next time', async () => {
    let come!: (response: Response) => void;
    const { made, kept } = sources(() => new Promise((resolve) => (come = resolve)), page('copy'));
    const { response, settled } = fresh(request(), 'summary/', made, soon);
    expect(await text(response)).toBe('copy');
    come(page('late'));
    await settled;
    expect(await Promise.all(kept)).toEqual(['late']);
  });

  it('without a copy is whatever the network says, its trouble too', async () => {
    const busy = sources(async () => page('busy', { status: 503 }));
    expect((await fresh(request(), 'summary/', busy.made, soon).response).status).toBe(503);
    const { response, settled } = fresh(request(), 'summary/', sources(down).made, soon);
    await expect(response).rejects.toThrow('network error');
    await settled;
  });

  it('does not wait until it is kept', async () => {
    const { made } = sources(async () => page('new'));
    const { response } = fresh(request(), 'summary/', { ...made, keep: () => never });
    expect(await text(response)).toBe('new');
  });
});

describe('a file whose name carries a hash', () => {
  it('is the copy, and the network is not asked', async () => {
    const { made, asked } = sources(down, script('copy'));
    expect(await text(unchanging(request(), '_astro/a.js', made).response)).toBe('copy');
    expect(asked).toEqual([]);
  });

  it('is the copy of a slow storage when the site has it no more, or there is no network', async () => {
    for (const network of [down, async () => new Response('Not found', { status: 404 })]) {
      const { made } = sources(network, undefined, script('late copy'));
      expect(await text(unchanging(request(), '_astro/a.js', made).response)).toBe('late copy');
    }
  });

  it('is the site’s for whoever does not trust the copy, and the copy if there is no network', async () => {
    const well = sources(async () => script('new'), script('copy'));
    expect(await text(unchanging(request('reload'), '_astro/a.js', well.made).response)).toBe(
      'new',
    );
    const off = sources(down, script('copy'));
    expect(await text(unchanging(request('reload'), '_astro/a.js', off.made).response)).toBe(
      'copy',
    );
  });

  it('is asked for past the browser’s cache when a page comes in its place', async () => {
    const { made, asked } = sources(async ({ cache }) =>
      cache === 'reload' ? script('new') : page('Sign in'),
    );
    expect(await text(unchanging(request(), '_astro/a.js', made).response)).toBe('new');
    expect(asked).toEqual(['default', 'reload']);
  });

  it('is what the network says otherwise, and does not wait until it is kept', async () => {
    const { made } = sources(async () => new Response('Not found', { status: 404 }));
    const answer = unchanging(request(), '_astro/a.js', { ...made, keep: () => never });
    expect((await answer.response).status).toBe(404);
    const failed = unchanging(request(), '_astro/a.js', sources(down).made);
    await expect(failed.response).rejects.toThrow('network error');
    await failed.settled;
  });
});

it('patience ends with nothing, whether it was used up or in vain', async () => {
  expect(await within(1000, Promise.resolve('here'))).toBe('here');
  expect(await within(1, never)).toBeUndefined();
  expect(await within(1000, down())).toBeUndefined();
});
