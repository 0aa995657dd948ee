import type { Behavior } from '../behavior.ts';

export const behavior: Behavior = {
  store: 'SET toy Teapot',
  probe: 'GET toy',
  shows: 'Teapot',
  failing: 'NOTHING',
  complaint: "unknown command 'NOTHING'",
  plain: 'PING',
};
