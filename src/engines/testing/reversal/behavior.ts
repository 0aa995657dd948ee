import type { Behavior } from '../../behavior.ts';

export const behavior: Behavior = {
  store: 'keep teapot',
  probe: 'kept',
  shows: 'topaet',
  failing: 'nothing',
  complaint: 'nothing is no word',
  plain: 'reverse teapot',
};
