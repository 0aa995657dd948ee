/** The ways of keeping data on disk, in words. What each sets is the server's business. */
import type { ModeName } from '../../../engines/redis/console/messages.ts';

export interface Mode {
  title: string;
  /** What a power failure costs with it. */
  risk: string;
}

export const MODES: Readonly<Record<ModeName, Mode>> = {
  none: { title: 'None', risk: 'Nothing is written to disk: a crash takes everything.' },
  rdb: {
    title: 'RDB snapshots',
    risk: 'A snapshot after an hour with 1 change, 5 minutes with 100, a minute with 10,000. What is newer than the last one is lost. This is how Redis comes.',
  },
  'aof-always': {
    title: 'AOF, fsync always',
    risk: 'Every write is on disk before it is answered: nothing that was answered is lost.',
  },
  'aof-everysec': {
    title: 'AOF, fsync every second',
    risk: 'Up to a second of writes is lost if the power fails. Pause the clock to catch that second.',
  },
  'aof-no': {
    title: 'AOF, fsync left to the kernel',
    risk: 'The kernel writes when it pleases, taken as 30 seconds here: that much is lost if the power fails.',
  },
  both: {
    title: 'RDB and AOF every second',
    risk: 'Redis starts from the append-only file, because it is newer; the snapshots are for backups.',
  },
};
