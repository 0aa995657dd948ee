/** Does once more what was done to a server, with the time that passed between. */
import type { Journal } from '../restore/journal.ts';
import type { RestoringHost } from '../restore/restoring.ts';
import type { Dialogue } from './dialogue.ts';
import type { Prompts } from './prompts.ts';
import type { RedisStep } from './recorded.ts';

type Doing = Pick<RestoringHost<RedisStep>, 'begin' | 'act' | 'abandon'>;

/** @param prompts what a reader does with clients; each tells the server. */
export function again(
  dialogue: Dialogue,
  prompts: Pick<Prompts, 'clients' | 'close'> & { add(client: number): unknown },
  journal: Journal<RedisStep>,
): Doing {
  return {
    async begin() {
      const clients = firstClients(journal.earlier?.steps ?? []);
      for (const client of clients) if (!prompts.clients.includes(client)) prompts.add(client);
      for (const client of prompts.clients) if (!clients.includes(client)) prompts.close(client);
      return (await dialogue.startOver()) !== null;
    },
    async act({ passed, action }) {
      dialogue.beat(passed);
      switch (action.type) {
        case 'open':
          if (!prompts.clients.includes(action.client)) prompts.add(action.client);
          return true;
        case 'close':
          prompts.close(action.client);
          return true;
        case 'interrupt':
          dialogue.interrupt(action.client);
          return true;
        case 'type':
          return (await dialogue.ask({ ...action, echo: true })) !== null;
        default:
          return (await dialogue.ask(action)) !== null;
      }
    },
    abandon: () => void dialogue.startOver(),
  };
}

/** Those that were there when the server began. */
function firstClients(steps: readonly RedisStep[]): number[] {
  const clients: number[] = [];
  for (const { action } of steps) {
    if (action.type !== 'open') break;
    clients.push(action.client);
  }
  return clients;
}
