/** What a Redis can be told to keep on disk, as a choice of its `save` and `appendonly` settings. */
import type { Server } from '../emulator.ts';
import type { ModeName } from './messages.ts';

type Settings = Readonly<Record<'save' | 'appendonly' | 'appendfsync', string>>;

/** Redis's own save points: after an hour with 1 change, 5 minutes with 100, a minute with 10,000. */
const SAVE_POINTS = '3600 1 300 100 60 10000';

const settings = (save: string, appendonly: 'yes' | 'no', appendfsync = 'everysec'): Settings => ({
  save,
  appendonly,
  appendfsync,
});

const SETTINGS: Readonly<Record<ModeName, Settings>> = {
  none: settings('', 'no'),
  rdb: settings(SAVE_POINTS, 'no'),
  'aof-always': settings('', 'yes', 'always'),
  'aof-everysec': settings('', 'yes', 'everysec'),
  'aof-no': settings('', 'yes', 'no'),
  both: settings(SAVE_POINTS, 'yes', 'everysec'),
};

/** The mode that the settings amount to, or `null`: a reader may have typed others. */
export function currentMode({ config }: Server): ModeName | null {
  return (
    (Object.keys(SETTINGS) as ModeName[]).find((mode) =>
      Object.entries(SETTINGS[mode]).every(
        ([name, value]) =>
          config.get(name) === value ||
          // Without an append-only file its fsync changes nothing.
          (name === 'appendfsync' && SETTINGS[mode].appendonly === 'no'),
      ),
    ) ?? null
  );
}

/** Does what `CONFIG SET` of the mode's settings does. */
export function setMode(server: Server, mode: ModeName): void {
  server.config.set(Object.entries(SETTINGS[mode]));
  server.persistence.configure();
}
