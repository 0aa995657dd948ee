/** What a Redis can be told to keep on disk, as a choice of its `save` and `appendonly` settings. */
import type { Server } from '../../engines/redis/emulator.ts';

export type ModeName = 'none' | 'rdb' | 'aof-always' | 'aof-everysec' | 'aof-no' | 'both';

export interface Mode {
  name: ModeName;
  title: string;
  /** What a power failure costs with it. */
  risk: string;
  settings: Readonly<Record<'save' | 'appendonly' | 'appendfsync', string>>;
}

/** Redis's own save points: after an hour with 1 change, 5 minutes with 100, a minute with 10,000. */
const SAVE_POINTS = '3600 1 300 100 60 10000';

function mode(
  name: ModeName,
  title: string,
  risk: string,
  save: string,
  appendonly: 'yes' | 'no',
  appendfsync = 'everysec',
): Mode {
  return { name, title, risk, settings: { save, appendonly, appendfsync } };
}

export const MODES: readonly Mode[] = [
  mode('none', 'None', 'Nothing is written to disk: a crash takes everything.', '', 'no'),
  mode(
    'rdb',
    'RDB snapshots',
    'A snapshot after an hour with 1 change, 5 minutes with 100, a minute with 10,000. What is newer than the last one is lost. This is how Redis comes.',
    SAVE_POINTS,
    'no',
  ),
  mode(
    'aof-always',
    'AOF, fsync always',
    'Every write is on disk before it is answered: nothing that was answered is lost.',
    '',
    'yes',
    'always',
  ),
  mode(
    'aof-everysec',
    'AOF, fsync every second',
    'Up to a second of writes is lost if the power fails. Pause the clock to catch that second.',
    '',
    'yes',
    'everysec',
  ),
  mode(
    'aof-no',
    'AOF, fsync left to the kernel',
    'The kernel writes when it pleases, taken as 30 seconds here: that much is lost if the power fails.',
    '',
    'yes',
    'no',
  ),
  mode(
    'both',
    'RDB and AOF every second',
    'Redis starts from the append-only file, because it is newer; the snapshots are for backups.',
    SAVE_POINTS,
    'yes',
    'everysec',
  ),
];

/** The mode that the settings amount to, or `null`: a reader may have typed others. */
export function currentMode({ config }: Server): Mode | null {
  return (
    MODES.find(({ settings }) =>
      Object.entries(settings).every(
        ([name, value]) =>
          config.get(name) === value ||
          // Without an append-only file its fsync changes nothing.
          (name === 'appendfsync' && settings.appendonly === 'no'),
      ),
    ) ?? null
  );
}

/** Does what `CONFIG SET` of the mode's settings does. */
export function setMode(server: Server, name: ModeName): void {
  const { settings } = MODES.find((candidate) => candidate.name === name)!;
  server.config.set(Object.entries(settings));
  server.persistence.configure();
}
