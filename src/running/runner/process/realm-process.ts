/**
 * The program of the process that holds the document store. It has no more rights than it needs
 * (`process.ts` starts it), and what content runs in it sees none of Node: see {@link RealmDatabase}.
 */
import { answerRequests } from './answer.ts';
import type { ProcessRequest } from './messages.ts';
import { RealmDatabase } from './realm.ts';

const milliseconds = Number(process.argv[2]);

answerRequests(
  new Promise((resolve) => {
    const receive = (request: ProcessRequest): void => {
      if (request.type !== 'program') return;
      process.off('message', receive);
      resolve(new RealmDatabase(request.code, milliseconds));
    };
    process.on('message', receive);
  }),
);
