/** What a reader is waiting for, in words and as a share. */
import type { EngineName } from '../../../engines/engine.ts';
import { titleOf } from '../../../engines/descriptors.ts';
import type { Progress } from './databases.ts';

export interface Waiting {
  says: string;
  /** How much of it is there, from 0 to 1. */
  share: number | 'unknown';
}

export function describeProgress(engine: EngineName, progress: Progress): Waiting {
  const title = titleOf(engine);
  switch (progress.stage) {
    case 'download':
      return {
        says: progress.rest
          ? `This needs all of ${title}: ${(progress.total / 1e6).toFixed(1)} MB more.`
          : `Loading ${title}: ${(progress.total / 1e6).toFixed(1)} MB, once per visit.`,
        share: progress.loaded / progress.total,
      };
    case 'wait':
      return { says: 'Waiting for another cell to end.', share: 'unknown' };
    case 'start':
      return { says: `Starting ${title}.`, share: 'unknown' };
    case 'dataset':
      return { says: 'Loading the data.', share: 'unknown' };
    case 'run':
      return { says: 'Running.', share: 'unknown' };
  }
}
