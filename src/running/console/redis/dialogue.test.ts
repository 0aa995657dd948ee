import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../engines/engine.ts';
import type { Question } from '../../../engines/redis/console/messages.ts';
import { engine as redis } from '../../../engines/redis/index.ts';
import { inThread } from '../../runner/testing.ts';
import { Dialogue } from './dialogue.ts';

/** The emulator, whose answers may be held back, broken off or forged. */
function troubled() {
  const trouble: { with: ((question: Question) => Promise<string> | null) | null } = { with: null };
  const engine: Engine = {
    ...redis,
    async open(assets) {
      const database = await redis.open(assets);
      return {
        reset: (dataset) => database.reset(dataset),
        run: (script, emit, limits) => database.run(script, emit, limits),
        close: () => database.close(),
        converse: (question) =>
          trouble.with?.(JSON.parse(question) as Question) ?? database.converse!(question),
      };
    },
  };
  return { engine, trouble };
}

const hold = () => new Promise<string>(() => undefined);
const moment = (milliseconds = 20) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A page without anything to be seen: what it would draw, in words. */
function page(dataset = '') {
  const { engine, trouble } = troubled();
  const thread = inThread(engine, 1);
  const said: string[] = [];
  const clients = [1, 2];
  const script = dataset === '' ? null : { name: 'data.redis', code: dataset };
  const dialogue = new Dialogue(thread.session(), script, () => clients, {
    heard: ({ entries }) => entries.forEach(({ client, text }) => said.push(`${client}: ${text}`)),
    progress: () => undefined,
    slow: () => undefined,
    lost: (loss) => said.push(typeof loss === 'string' ? loss : `broken: ${loss.broken}`),
    failed: (message) => said.push(`failed: ${message}`),
    dropped: (client, lines) => said.push(`${client}: ${lines.length} not run`),
  });
  const type = (client: number, ...lines: string[]) =>
    dialogue.ask({ type: 'type', client, lines, echo: false });
  const names = () => dialogue.state!.keys.map(({ name }) => name);
  return { thread, trouble, dialogue, said, type, names };
}

describe('a dialogue with a server', () => {
  it('begins with the data and the clients there are, and does one thing after another', async () => {
    const { dialogue, said, type, names } = page('SET a 1');
    void type(1, 'INCR a');
    void dialogue.ask({ type: 'pass', milliseconds: 5000 });
    void type(2, 'INCR a');
    await dialogue.ask({ type: 'crash', kind: 'power' });
    expect(said.slice(0, 2)).toEqual(['1: (integer) 2', '2: (integer) 3']);
    expect(dialogue.state!.clients.map(({ number }) => number)).toEqual([1, 2]);
    expect(names()).toEqual([]);
  });

  it('keeps lines behind a client that waits, while others go on, until it is answered', async () => {
    const { dialogue, said, type } = page();
    const rest = type(1, 'BRPOP jobs 0', 'PING', 'ECHO done');
    await type(2, 'PING');
    expect(said).toEqual(['2: PONG']);
    expect(dialogue.linesLeft).toBe(0);
    expect(dialogue.isFree(1)).toBe(false);
    await type(2, 'LPUSH jobs mail');
    await rest;
    const mine = said.filter((text) => text.startsWith('1: '));
    expect(mine).toEqual(['1: 1) "jobs"\n2) "mail"', '1: PONG', '1: "done"']);
  });

  it('drops them when the waiting is ended by Ctrl-C, and says so', async () => {
    const { dialogue, said, type } = page();
    void type(1, 'BRPOP jobs 0', 'PING', 'PING');
    await type(2, 'PING');
    dialogue.interrupt(1);
    await type(1, 'ECHO next');
    expect(said).toEqual(['2: PONG', '1: 2 not run', '1: ^C', '1: "next"']);
  });

  it('tells the server with the next question what time has passed, and asks when something is due', async () => {
    const { dialogue, type, names } = page();
    await dialogue.ask({ type: 'persist', mode: 'none' });
    await type(1, 'SET blink 1 PX 1000', 'BRPOP jobs 3');
    const began = dialogue.now!;
    for (let beats = 0; beats < 4; beats += 1) dialogue.beat(200);
    expect(dialogue.busy).toBe(false);
    expect(dialogue.now).toBe(began + 800);
    dialogue.beat(300);
    expect(dialogue.busy).toBe(true);
    await moment();
    expect(names()).toEqual([]);
    dialogue.beat(2000);
    await moment();
    expect(dialogue.state!.clients[0]!.waiting).toBe(false);
    expect(dialogue.now).toBe(began + 3100);
  });

  it('sends long lines a few at a time, and one that is longer than all by itself', async () => {
    const { dialogue, said, trouble, type } = page();
    const sent: number[] = [];
    trouble.with = ({ action }) => {
      if (action.type === 'type') sent.push(action.lines.join('').length);
      return null;
    };
    const line = (letters: number) => `ECHO ${'x'.repeat(letters)}`;
    await type(1, ...Array.from({ length: 20 }, () => line(30_000)), line(150_000), 'ECHO done');
    expect(Math.max(...sent)).toBe(150_005);
    expect(sent.filter((length) => length > 100_000)).toHaveLength(1);
    expect(said.at(-1)).toBe('1: "done"');
    expect(dialogue.linesLeft).toBe(0);
  });

  it('lets no time pile up as questions while the server is slow', async () => {
    const { dialogue, trouble, type } = page();
    await type(1, 'SET blink 1 PX 100');
    let questions = 0;
    trouble.with = () => {
      questions += 1;
      return hold();
    };
    for (let beats = 0; beats < 50; beats += 1) {
      dialogue.beat(200);
      await moment(1);
    }
    expect(questions).toBe(1);
  });

  it('asks only for what a line may go on with that stands there last', async () => {
    const { dialogue, type } = page();
    await type(1, 'SADD tags red');
    const answers = ['s', 'sm', 'SMEMBERS ', 'SMEMBERS t'].map((text) =>
      dialogue.assist(1, text, text.length),
    );
    const [first, second, third, last] = await Promise.all(answers);
    expect([second, third]).toEqual([null, null]);
    expect(first?.completion?.suggestions.length).toBeGreaterThan(0);
    expect(last?.completion?.suggestions.map(({ label }) => label)).toEqual(['tags']);
  });

  it('helps with what is typed while lines run, or a server begins, as soon as they are answered', async () => {
    const { dialogue, type } = page();
    const begun = type(1, 'SADD tags red');
    const first = await dialogue.assist(1, 'smem', 4);
    expect(first?.completion?.suggestions.map(({ label }) => label)).toContain('SMEMBERS');
    await begun;
    void type(1, ...Array.from({ length: 20_000 }, () => 'PING'), 'SADD colors blue');
    const last = await dialogue.assist(1, 'SMEMBERS c', 10);
    expect(last?.completion?.suggestions.map(({ label }) => label)).toEqual(['colors']);
  });
});

describe('Stop', () => {
  it('ends the lines that are left and costs nothing, if the server answers in time', async () => {
    const { dialogue, said, type, names } = page();
    const lines = Array.from({ length: 50_000 }, (_, n) => `SET k${n % 3} ${n}`);
    void type(1, ...lines);
    await moment(60);
    dialogue.stop();
    await moment(200);
    expect(said.at(-1)).toMatch(/^1: \d+ not run$/);
    expect(names()).toEqual(['k0', 'k1', 'k2']);
    expect(said).not.toContain('stopped');
  });

  it('ends a server that does not answer: a new one begins, with the data of the beginning', async () => {
    const { dialogue, said, trouble, type, names } = page('SET a 1');
    await type(1, 'SET b 2');
    trouble.with = ({ begin }) => (begin ? null : hold());
    void type(1, 'SORT endless');
    void type(2, 'PING', 'PING');
    await moment();
    dialogue.stop();
    await moment(600);
    expect(said.slice(1)).toEqual(['2: 2 not run', 'stopped']);
    expect(names()).toEqual(['a']);
    trouble.with = null;
    await type(2, 'PING');
    expect(said.at(-1)).toBe('2: PONG');
  });

  it('has nothing to end where lines only wait, and the server stays', async () => {
    const { dialogue, said, type, names } = page();
    void type(1, 'SET a 1', 'BRPOP jobs 0', 'PING');
    await type(2, 'PING');
    dialogue.stop();
    await moment(600);
    expect(said.at(-1)).toBe('1: 1 not run');
    expect(names()).toEqual(['a']);
  });
});

describe('a server that is lost', () => {
  it('while it is asked is replaced, and the reader is told why', async () => {
    const { thread, dialogue, said, trouble, type, names } = page('SET a 1');
    await type(1, 'SET b 2');
    trouble.with = ({ action }) => (action.type === 'type' ? hold() : null);
    const running = type(1, 'SORT large');
    await moment();
    thread.workers.at(-1)!('out of memory');
    await running;
    await dialogue.ask({ type: 'look' });
    expect(said.at(-1)).toMatch(/^broken: Redis 7\.0, emulated broke off \(out of memory\)/);
    expect(names()).toEqual(['a']);
  });

  it('while nobody looks is replaced with the next question', async () => {
    const { thread, said, type, names } = page('SET a 1');
    await type(1, 'SET b 2');
    thread.workers.at(-1)!('out of memory');
    await type(1, 'PING');
    expect(said.slice(-2)).toEqual(['given away', '1: PONG']);
    expect(names()).toEqual(['a']);
  });

  it('again and again is given up, until the reader wants it', async () => {
    const { said, trouble, type } = page();
    await type(1, 'PING');
    trouble.with = () => Promise.reject(new Error('stack overflow'));
    await type(1, 'PING');
    await moment(50);
    expect(said.filter((text) => text.startsWith('broken'))).toHaveLength(1);
    expect(said.at(-1)).toMatch(/^failed: .*stack overflow/);
    trouble.with = null;
    await type(1, 'PING');
    expect(said.at(-1)).toBe('1: PONG');
  });

  it('because it does not come keeps what was typed', async () => {
    const { thread, said, type } = page();
    thread.online = false;
    await Promise.all([type(1, 'PING'), type(2, 'PING', 'PING')]);
    expect(said.sort()).toEqual([
      '1: 1 not run',
      '2: 2 not run',
      'failed: Could not load Redis 7.0, emulated: the download broke off. Check your connection and retry.',
    ]);
    thread.online = true;
    said.length = 0;
    await type(1, 'PING');
    expect(said.at(-1)).toBe('1: PONG');
  });

  it.each([
    ['is no JSON', 'PONG'],
    ['has no entries', '{"ran":1}'],
    ['never gets on', answerWith({ ran: 0 })],
    ['counts more lines than there are', answerWith({ ran: 7 })],
  ])('because its answer %s is replaced', async (_, answer) => {
    const { dialogue, said, trouble, type, names } = page('SET a 1');
    await type(1, 'SET b 2');
    trouble.with = ({ action }) => (action.type === 'type' ? Promise.resolve(answer) : null);
    await type(1, 'GET a');
    await dialogue.ask({ type: 'look' });
    expect(said.at(-1)).toMatch(/^broken: it (sent|counted)/);
    expect(names()).toEqual(['a']);
  });
});

describe('Start over', () => {
  it('begins a new server without a word, whatever runs', async () => {
    const { dialogue, said, trouble, type, names } = page('SET a 1');
    await type(1, 'SET b 2');
    await dialogue.startOver();
    expect(names()).toEqual(['a']);
    trouble.with = ({ begin }) => (begin ? null : hold());
    void type(1, 'SORT endless');
    await moment();
    expect(await dialogue.startOver()).not.toBeNull();
    expect(said).toEqual(['1: OK']);
    expect(names()).toEqual(['a']);
  });
});

function answerWith(part: object): string {
  return JSON.stringify({
    entries: [],
    state: null,
    ran: 1,
    report: null,
    assistance: null,
    ...part,
  });
}
