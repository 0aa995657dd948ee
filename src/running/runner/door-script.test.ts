import { afterEach, describe, expect, it } from 'vitest';
import { doorScript } from './door-script.ts';

const open: MessagePort[] = [];
afterEach(() => open.splice(0).forEach((port) => port.close()));

/** A door with both its ends: what the page hears, and what the engine does. */
function doorway() {
  const [page, engine] = [new MessageChannel(), new MessageChannel()];
  open.push(page.port1, page.port2, engine.port1, engine.port2);
  const start = new Function('onmessage', `${doorScript} return onmessage;`)(null) as (
    event: unknown,
  ) => void;
  start({ ports: [page.port2, engine.port2] });
  const hear = (port: MessagePort) =>
    new Promise<unknown>((resolve) => (port.onmessage = ({ data }) => resolve(data)));
  return {
    say: (message: unknown) => engine.port1.postMessage(message),
    ask: (message: unknown) => page.port1.postMessage(message),
    heard: hear(page.port1),
    asked: hear(engine.port1),
  };
}

describe('the door', () => {
  it('lets questions in and answers out', async () => {
    const { ask, asked, say, heard } = doorway();
    ask({ type: 'reset', id: 1, dataset: null });
    expect(await asked).toEqual({ type: 'reset', id: 1, dataset: null });
    const answer = {
      type: 'outputs',
      id: 1,
      outputs: [{ kind: 'table', rows: [['navy', null]], rowCount: 1, numeric: true }],
    };
    say(answer);
    expect(await heard).toEqual(answer);
  });

  it('lets as much out as the longest run prints', async () => {
    const { say, heard } = doorway();
    const rows = Array.from({ length: 200 }, () =>
      Array.from({ length: 10 }, () => 'x'.repeat(90)),
    );
    say({ rows });
    expect(await heard).toEqual({ rows });
  });

  const cycle: Record<string, unknown> = {};
  cycle['itself'] = cycle;
  let deep: unknown[] = [];
  for (let depth = 0; depth < 300; depth += 1) deep = [deep];
  const shared = Array.from({ length: 1000 }, () => 'x');

  it.each<[string, unknown]>([
    ['many values', Array.from({ length: 200_000 }, () => 0)],
    ['a long list of nothing', new Array(4_000_000_000)],
    ['many objects', Array.from({ length: 100_000 }, (_, i) => ({ i }))],
    ['a long text', { text: 'x'.repeat(5_000_000) }],
    ['long names', { ['x'.repeat(5_000_000)]: 1 }],
    ['the same list again and again', Array.from({ length: 1000 }, () => shared)],
    ['something without end', cycle],
    ['a map', new Map([[1, 1]])],
    ['bytes', new Uint8Array(8)],
    ['a date', { milliseconds: new Date() }],
    ['an enormous number', { id: 2n ** 100_000n }],
  ])('says null in the place of %s', async (_, message) => {
    const { say, heard } = doorway();
    say(message);
    expect(await heard).toBeNull();
  });

  it('reads what is deep without falling into it', async () => {
    const { say, heard } = doorway();
    say(deep);
    expect(await heard).toEqual(deep);
  });

  it('hears nothing more from an engine that said too much', async () => {
    const { say, heard, ask, asked } = doorway();
    say(new Map());
    await heard;
    ask({ type: 'run' });
    expect(
      await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 100, 'silence'))]),
    ).toBe('silence');
  });
});
