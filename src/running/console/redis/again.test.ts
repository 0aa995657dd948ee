import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { engine as redis } from '../../../engines/redis/index.ts';
import type { Action } from '../../../engines/redis/console/messages.ts';
import { MemoryStorage } from '../../../foundation/kept/memory-storage.ts';
import { inThread } from '../../runner/testing.ts';
import { Journal } from '../restore/journal.ts';
import { again } from './again.ts';
import { Dialogue } from './dialogue.ts';
import { recorded, REDIS_STEPS, type RedisStep } from './recorded.ts';

beforeEach(() => vi.stubGlobal('sessionStorage', new MemoryStorage()));
afterEach(() => void vi.unstubAllGlobals());

/** What every page of the tab does: a server of its own, with one client. */
function page() {
  const thread = inThread(redis, 1);
  const journal = new Journal<RedisStep>('/console/redis/', REDIS_STEPS);
  const clients = [1];
  const said: string[] = [];
  const session = recorded(thread.session(), journal, () => undefined);
  const dialogue: Dialogue = new Dialogue(session, null, () => clients, {
    heard: ({ entries }) => entries.forEach(({ client, text }) => said.push(`${client}: ${text}`)),
    progress: () => undefined,
    slow: () => undefined,
    lost: (loss) => said.push(typeof loss === 'string' ? loss : loss.broken),
    failed: (message) => said.push(`failed: ${message}`),
    dropped: () => undefined,
  });
  const prompts = {
    clients,
    add(client: number) {
      clients.push(client);
      void dialogue.ask({ type: 'open', client });
    },
    close(client: number) {
      clients.splice(clients.indexOf(client), 1);
      dialogue.close(client);
    },
  };
  const { begin, act, abandon } = again(dialogue, prompts, journal);
  const type = (client: number, ...lines: string[]) =>
    dialogue.ask({ type: 'type', client, lines, echo: false });
  const ask = (action: Action) => dialogue.ask(action);
  const repeat = () => journal.repeat(begin, act);
  return { thread, journal, dialogue, prompts, said, type, ask, repeat, begin, act, abandon };
}

describe('a server that is made again', () => {
  it('has the keys, the clock, the mode, the clients and what they wait for', async () => {
    const before = page();
    await before.type(1, 'SET session:1 alice EX 90', 'INCR session:1', 'RPUSH jobs a b');
    before.dialogue.beat(1500);
    await before.ask({ type: 'persist', mode: 'aof-always' });
    before.prompts.add(2);
    before.prompts.add(3);
    await before.type(2, 'SUBSCRIBE news');
    await before.type(3, 'BRPOP none 0');
    before.prompts.close(1);
    before.prompts.add(4);
    before.dialogue.beat(700);
    await before.ask({ type: 'look' });
    before.dialogue.beat(300);
    await before.ask({ type: 'pass', milliseconds: 10_000 });
    await before.ask({ type: 'crash', kind: 'power' });
    await before.type(4, 'SUBSCRIBE news');
    before.dialogue.interrupt(4);
    await before.type(4, 'SELECT 2', 'MULTI', 'SET b 1');
    expect(before.dialogue.state?.keyCount).toBe(2);

    const after = page();
    await after.type(1, 'SET other 1');
    expect(after.journal.earlier?.inputs).toBe(9);
    expect(await after.repeat()).toBe(true);
    expect(after.dialogue.state).toEqual(before.dialogue.state);
    expect(after.prompts.clients).toEqual([2, 3, 4]);
    expect(after.said).toContain('1: SET session:1 alice EX 90');
    expect(after.said.join()).toContain('value is not an integer');

    await after.type(4, 'EXEC');
    const third = page();
    expect(third.journal.earlier?.inputs).toBe(10);
    expect(await third.repeat()).toBe(true);
    expect(third.dialogue.state).toEqual(after.dialogue.state);
  });

  it('begins with the clients that were there', async () => {
    const first = page();
    await first.type(1, 'SET a 1');
    first.prompts.add(2);
    first.prompts.close(1);
    await first.type(2, 'SET a 1');
    await first.dialogue.startOver();
    await first.type(2, 'SET b 1');
    const after = page();
    expect(await after.repeat()).toBe(true);
    expect(after.prompts.clients).toEqual([2]);
    expect(after.dialogue.state?.keys.map(({ name }) => name)).toEqual(['b']);
  });

  it('is offered on the same page when the server broke off', async () => {
    const { thread, journal, dialogue, said, type, repeat } = page();
    await type(1, 'SET a 1');
    thread.workers.at(-1)!('out of memory');
    await type(1, 'GET a');
    expect(said).toContain('given away');
    expect(journal.earlier?.inputs).toBe(1);
    expect(await repeat()).toBe(true);
    expect(dialogue.state?.keyCount).toBe(1);
  });

  it('is offered still when the repetition was stopped', async () => {
    const before = page();
    await before.type(1, ...Array.from({ length: 300 }, (_, n) => `RPUSH long ${n}`));
    await before.type(1, 'SET last 1');
    const { journal, dialogue, begin, act, abandon, repeat } = page();
    await dialogue.ask({ type: 'look' });
    let at = 0;
    const untilStopped = async (step: RedisStep) => (await act(step)) && (at += 1) < 2;
    expect(await journal.repeat(begin, untilStopped)).toBe(false);
    expect(dialogue.state?.keyCount).toBe(1);
    abandon();
    await dialogue.ask({ type: 'look' });
    expect(dialogue.state?.keyCount).toBe(0);
    expect(journal.earlier?.inputs).toBe(301);
    expect(await repeat()).toBe(true);
    expect(dialogue.state?.keyCount).toBe(2);
  });

  it('is not offered after Start over, nor after more than is kept', async () => {
    const first = page();
    await first.type(1, 'SET a 1');
    first.journal.forget({ all: true });
    await first.dialogue.startOver();
    expect(page().journal.earlier).toBeNull();
    await first.type(1, ...Array.from({ length: 2000 }, (_, n) => `SET k${n} 1`));
    const { journal } = page();
    expect(journal.wasFull).toBe(true);
    expect(journal.earlier).toBeNull();
  });
});

describe('a step that is read back', () => {
  const step = (action: unknown, passed: unknown = 0) => ({ passed, action });

  it.each([
    step({ type: 'type', client: 1, lines: ['SET a 1', 2] }),
    step({ type: 'type', client: '1', lines: [] }),
    step({ type: 'open', client: -1 }),
    step({ type: 'pass', milliseconds: -5 }),
    step({ type: 'persist', mode: 'constructor' }),
    step({ type: 'crash', kind: 'all' }),
    step({ type: 'look' }),
    step({ type: 'pass', milliseconds: 5 }, 'now'),
  ])('is none if it is %j', (data) => {
    expect(REDIS_STEPS.read(data)).toBeUndefined();
  });
});
