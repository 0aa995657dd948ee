/** What is said to a server, noted on its way: with the time that passed, it makes the same state again. */
import { MODE_NAMES, type Action, type Question } from '../../../engines/redis/console/messages.ts';
import type { Session } from '../../runner/client.ts';
import type { Journal, Steps } from '../restore/journal.ts';

/** What changes a server. */
export type Deed = Exclude<Action, { type: 'look' | 'assist' }>;

export interface RedisStep {
  /** Milliseconds at the server since the step before. */
  passed: number;
  action: Deed;
}

export type Conversing = Pick<Session, 'converse' | 'stop'>;

const CRASHES = ['process', 'power'] as const;

export const REDIS_STEPS: Steps<RedisStep> = {
  read(data) {
    const { passed, action } = data as RedisStep;
    const deed = readDeed(action as unknown as Record<string, unknown>);
    return deed && isTime(passed) ? { passed, action: deed } : undefined;
  },
  inputs: ({ action }) => (action.type === 'type' ? action.lines.length : 0),
  text: ({ action }) => (action.type === 'type' ? (action.lines.at(-1) ?? '') : action.type),
};

/** A session whose conversation stands in a journal. @param began is called when a new server has begun. */
export function recorded(
  session: Conversing,
  journal: Journal<RedisStep>,
  began: () => void,
): Conversing {
  /** What passed since the last step, while only the state was asked for. */
  let passed = 0;
  return {
    stop: () => session.stop(),
    async converse(ask, options) {
      let ended: ((answer: string) => void) | null = null;
      const answer = await session.converse((epoch) => {
        const json = ask(epoch);
        const question = JSON.parse(json) as Question;
        const { begin, action } = question;
        if (begin) {
          passed = 0;
          journal.begins(...begin.clients.map(opened));
          began();
        } else passed += question.passed;
        if (action.type === 'look' || action.type === 'assist') return json;
        const step: RedisStep = { passed, action };
        passed = 0;
        const end = journal.starts(step);
        ended = (answer) => {
          const done = doneOf(action, answer);
          if (done === null) passed += step.passed;
          end(done && { ...step, action: done });
        };
        return json;
      }, options);
      // TypeScript does not see that it is called.
      (ended as ((answer: string) => void) | null)?.(answer);
      return answer;
    },
  };
}

const opened = (client: number): RedisStep => ({ passed: 0, action: { type: 'open', client } });

/** What of an action was done: of lines the first ones, as many as there was time for. */
function doneOf(action: Deed, answer: string): Deed | null {
  if (action.type !== 'type') return action;
  try {
    const { ran } = JSON.parse(answer) as { ran: unknown };
    // Whoever asked throws away a server that counts wrongly.
    const lines = Number.isSafeInteger(ran) ? action.lines.slice(0, ran as number) : [];
    return lines.length > 0 ? { ...action, lines } : null;
  } catch {
    return null;
  }
}

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value < Infinity;

function readDeed({ type, client, lines, ...rest }: Record<string, unknown>): Deed | null {
  const mode = MODE_NAMES.find((name) => name === rest['mode']);
  const kind = CRASHES.find((name) => name === rest['kind']);
  if (type === 'pass' && isTime(rest['milliseconds']))
    return { type, milliseconds: rest['milliseconds'] };
  if (type === 'persist' && mode) return { type, mode };
  if (type === 'crash' && kind) return { type, kind };
  if (!Number.isSafeInteger(client) || !((client as number) > 0)) return null;
  const number = client as number;
  if (type === 'open' || type === 'close' || type === 'interrupt') return { type, client: number };
  if (type === 'type' && Array.isArray(lines) && lines.every((line) => typeof line === 'string'))
    return { type, client: number, lines: lines as string[], echo: true };
  return null;
}
