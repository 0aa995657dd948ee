import { describe, expect, it } from 'vitest';
import type { Database, Engine } from '../../engines/engine.ts';
import { EngineCrashed, RunStopped } from './errors.ts';
import { CONVERSATION, ProtocolError, readAnswer } from './protocol.ts';
import { inThread } from './testing.ts';

const SUMMARY = { milliseconds: 0, statements: 0, errors: 0 };

/** A database that repeats what it is asked, with how often it was asked before. */
function talkative(converse?: Database['converse']): Engine {
  return {
    async open() {
      let asked = 0;
      const repeat = async (question: string) => `${question} ${(asked += 1)}`;
      return {
        reset: async () => undefined,
        run: async () => SUMMARY,
        close: async () => undefined,
        ...(converse === undefined ? { converse: repeat } : { converse }),
      };
    },
  };
}

describe('a conversation with a database', () => {
  it('is one question and one answer at a time, in turn with runs', async () => {
    const session = inThread(talkative()).session();
    const answers = Promise.all([
      session.converse(() => 'first'),
      session.run({ files: [] }),
      session.converse(() => 'second'),
    ]);
    expect(await answers).toEqual(['first 1', SUMMARY, 'second 2']);
    expect(session.busy).toBe(false);
  });

  it('knows the life in which a question is asked', async () => {
    const thread = inThread(talkative());
    const session = thread.session();
    const ask = () => session.converse((epoch) => `in life ${epoch}`);
    expect(await ask()).toBe('in life 1 1');
    session.stop();
    expect(await ask()).toBe('in life 2 1');
    thread.workers.at(-1)!('out of memory');
    expect(await ask()).toBe('in life 3 1');
  });

  it('ends at once when it is stopped, and the next one begins anew', async () => {
    let hold = true;
    const never = new Promise<string>(() => undefined);
    const session = inThread(
      talkative((question) => (hold ? never : Promise.resolve(question))),
    ).session();
    const asked = session.converse(() => 'an endless question');
    const waiting = session.converse(() => 'another');
    await new Promise((resolve) => setTimeout(resolve, 20));
    session.stop();
    await expect(asked).rejects.toThrow(RunStopped);
    await expect(waiting).rejects.toThrow(RunStopped);
    hold = false;
    expect(await session.converse(() => 'again')).toBe('again');
  });

  it.each<[string, Database['converse']]>([
    ['throws', () => Promise.reject(new Error('nobody knows this client'))],
    ['talks too much', () => Promise.resolve('x'.repeat(CONVERSATION.characters + 1))],
    ['answers with something else', () => Promise.resolve(SUMMARY as unknown as string)],
    ['cannot be asked', undefined],
  ])('breaks off if the database %s', async (_, converse) => {
    const engine = talkative(converse);
    const open = engine.open.bind(engine);
    const mute = async (): Promise<Database> => {
      const { reset, run, close } = await open(null!);
      return { reset, run, close };
    };
    const thread = inThread({ ...engine, ...(converse === undefined && { open: mute }) });
    const session = thread.session();
    await expect(session.converse(() => 'what is there?')).rejects.toThrow(EngineCrashed);
    expect(session.epoch).toBe(2);
  });
});

describe('the answer to a question, at the door', () => {
  const read = (message: unknown) => readAnswer(message, { ...CONVERSATION });

  it('is its text and nothing else', () => {
    const answer = { type: 'answered', id: 3, answer: '{"a":1}' };
    expect(read({ ...answer, html: '<b>' })).toEqual(answer);
  });

  it.each<[string, unknown]>([
    ['no text', { type: 'answered', id: 1 }],
    ['an object for text', { type: 'answered', id: 1, answer: { toString: () => 'x' } }],
    ['too much text', { type: 'answered', id: 1, answer: 'x'.repeat(1_000_001) }],
    ['outputs', { type: 'outputs', id: 1, outputs: [{ kind: 'text', text: 'x' }] }],
  ])('is refused: %s', (_, message) => {
    expect(() => read(message)).toThrow(ProtocolError);
  });
});
