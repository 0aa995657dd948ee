/** What a reader did and the server has not done yet, in its order. */
import type { Action, Answer, ServerState } from '../../../engines/redis/console/messages.ts';

/** What is sent at once at most; the worker runs as many of the lines as it has time for. */
const MOST_LINES = 2000;
const MOST_CHARACTERS = 100_000;

export interface Task {
  action: Action;
  /** How many of an action's lines are not typed yet. */
  left: number;
  /** How many of them were sent last. */
  sent?: number;
  /** No more of its lines are to be typed. */
  ended?: boolean;
  /** It begins a new server where one was lost. */
  recovers?: boolean;
  done(answer: Answer | null): void;
}

/** Whose lines they are; `null` if the task is another one. */
export const clientOf = ({ action }: Task): number | null =>
  action.type === 'type' ? action.client : null;

/** What is sent of a task: of lines the next ones. */
export function nextOf(task: Task): Action {
  const { action, left } = task;
  if (action.type !== 'type') return action;
  const lines: string[] = [];
  let characters = 0;
  const from = action.lines.length - left;
  for (const line of action.lines.slice(from, from + MOST_LINES)) {
    characters += line.length;
    if (lines.length > 0 && characters > MOST_CHARACTERS) break;
    lines.push(line);
  }
  task.sent = lines.length;
  return { ...action, lines };
}

export class Tasks {
  #waiting: Task[] = [];

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  add(task: Task): void {
    this.#waiting.push(task);
  }

  /** Ahead of everything. */
  addFirst(task: Task): void {
    this.#waiting.unshift(task);
  }

  /** Others may come in between the lines of one client, but none of the same client. */
  putBack(task: Task): void {
    const at = this.#waiting.findIndex((other) => clientOf(other) === clientOf(task));
    this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, task);
  }

  /** The first that can be done: whoever waits for an answer waits with what comes after. */
  take(state: ServerState | null): Task | null {
    const [first] = this.#possible(state);
    this.#waiting = this.#waiting.filter((task) => task !== first);
    return first ?? null;
  }

  /** @returns those that went. */
  drop(goes: (task: Task) => boolean): Task[] {
    const gone = this.#waiting.filter(goes);
    this.#waiting = this.#waiting.filter((task) => !goes(task));
    return gone;
  }

  has(client: number): boolean {
    return this.#waiting.some((task) => clientOf(task) === client);
  }

  /** How many lines can be typed. */
  lines(state: ServerState | null): number {
    return this.#possible(state).reduce((sum, { left }) => sum + left, 0);
  }

  #possible(state: ServerState | null): Task[] {
    const held = new Set<number | null>();
    for (const { number, waiting } of state?.clients ?? []) if (waiting) held.add(number);
    return this.#waiting.filter((task) => !held.has(clientOf(task)));
  }
}
