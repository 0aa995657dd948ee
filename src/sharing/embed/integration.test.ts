import type { AstroConfig } from 'astro';
import { expect, it, vi } from 'vitest';
import { embeds } from './integration.ts';

type Handler = (request: { url: string }, response: object, next: () => void) => void;

/** What answers in `astro dev`, for a course at this place. */
function answering(root: string): Handler {
  vi.stubEnv('CONTENT', root);
  const use = vi.fn<(handler: Handler) => void>();
  const { hooks } = embeds('Course');
  const config = { base: '/' } as AstroConfig;
  void hooks['astro:config:done']!({ config } as never);
  void hooks['astro:server:setup']!({ server: { middlewares: { use } } } as never);
  return use.mock.calls[0]![0];
}

it('while authoring, a request for anything else is passed on without a look at the course', () => {
  const next = vi.fn();
  // No course is there: whoever looked would fail.
  answering('/nowhere')({ url: '/src/running/cells/page/element.ts?v=1' }, {}, next);
  expect(next).toHaveBeenCalledOnce();
});

it('while authoring, an address that nothing has is passed on', () => {
  const next = vi.fn();
  answering('.')({ url: '/embed/0.0.nothing/' }, {}, next);
  expect(next).toHaveBeenCalledOnce();
});
