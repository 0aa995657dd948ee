/** For tests: a console's page as the engine sees it. It asks, and collects what its clients' logs show. */
import type { Database, ScriptFile } from '../../engine.ts';
import { engine } from '../index.ts';
import type {
  Action,
  Answer,
  ClientState,
  CrashReport,
  Entry,
  ModeName,
  Question,
  ServerState,
} from './messages.ts';

const NO_ASSETS = {
  bytes: () => Promise.reject(new Error('there are none')),
  module: () => Promise.reject(new Error('there are none')),
};

export interface Stage {
  readonly state: ServerState;
  ask(action: Action, more?: Partial<Question>): Promise<Answer>;
  /** A further client. @returns its number. */
  open(): Promise<number>;
  /** @returns what the line printed in its own log. */
  type(client: number, line: string): Promise<string>;
  /** Types lines, however many questions that takes, until one has to wait. @returns what was said. */
  typeAll(client: number, lines: readonly string[]): Promise<Entry[]>;
  log(client: number): string;
  about(client: number): ClientState;
  pass(milliseconds: number): Promise<Answer>;
  persist(mode: ModeName): Promise<Answer>;
  crash(kind: CrashReport['kind']): Promise<CrashReport>;
}

export async function stage(dataset: ScriptFile | null = null): Promise<Stage> {
  const database: Database = await engine.open(NO_ASSETS);
  const logs = new Map<number, string[]>();
  let state: ServerState;
  let clients = 0;

  async function ask(action: Action, more: Partial<Question> = {}): Promise<Answer> {
    const question: Question = { passed: 0, action, ...more };
    const answer = JSON.parse(await database.converse!(JSON.stringify(question))) as Answer;
    for (const { client, kind, text, rest } of answer.entries) {
      const log = kind === 'clear' ? [] : (logs.get(client) ?? []);
      logs.set(client, log);
      if (kind !== 'clear') log.push(text, ...(rest ? [rest] : []));
    }
    state = answer.state ?? state;
    return answer;
  }
  await ask({ type: 'look' }, { begin: { dataset, clients: [] } });

  return {
    ask,
    get state() {
      return state;
    },
    async open() {
      await ask({ type: 'open', client: (clients += 1) });
      return clients;
    },
    async type(client, line) {
      const before = logs.get(client)?.length ?? 0;
      await ask({ type: 'type', client, lines: [line], echo: false });
      return (logs.get(client) ?? []).slice(before).join('\n');
    },
    async typeAll(client, lines) {
      const said: Entry[] = [];
      let waits = false;
      for (let at = 0; at < lines.length && !waits;) {
        const some = lines.slice(at, at + 100);
        const { ran, entries } = await ask({ type: 'type', client, lines: some, echo: true });
        at += ran;
        said.push(...entries);
        waits = ran === 0;
      }
      return said;
    },
    log: (client) => (logs.get(client) ?? []).join('\n'),
    about: (client) => state.clients.find(({ number }) => number === client)!,
    pass: (milliseconds) => ask({ type: 'pass', milliseconds }),
    persist: (mode) => ask({ type: 'persist', mode }),
    crash: async (kind) => (await ask({ type: 'crash', kind })).report!,
  };
}
