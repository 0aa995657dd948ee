/**
 * Runs engines on a page. Load it when a reader first shows interest in running something: it is
 * small, and fetches nothing until a session is warmed or used.
 *
 *     const runner = createRunner(manifest);
 *     const session = runner.session('postgres');
 *     const summary = await session.run({ files: [{ name: 'query.sql', code: 'SELECT 1' }] }, {
 *       onOutput: (output) => print(output),
 *     });
 */
import type { EngineName } from '../../engines/engine.ts';
import { connectBroker } from './broker.ts';
import { createLoader } from './loading.ts';
import type { EngineManifest } from './manifest.ts';
import { createRoom, type Room } from './rooms.ts';
import type { Connection } from './connection.ts';
import { createSession, type Session } from './session.ts';

export * from './errors.ts';
export { bytesToFetch, type EngineManifest } from './manifest.ts';
export type {
  Loss,
  Progress,
  RunOptions,
  Session,
  SessionOptions,
  StartingState,
} from './session.ts';

/** All databases of a page. */
export interface Runner {
  /** A new session: a database of its own, which does not start before it is used. */
  session(engine: EngineName): Session;
}

export interface RunnerOptions {
  /** How many databases of a kind may live at once, by engine. */
  alive?: Partial<Record<EngineName, number>>;
}

/** @param manifest what the site publishes: `virtual:engine-assets`. */
export function createRunner(manifest: EngineManifest, { alive = {} }: RunnerOptions = {}): Runner {
  const loader = createLoader(manifest, connectBroker);
  const rooms = new Map<EngineName, Room<Connection>>();
  return {
    session(engine) {
      const { atOnce = 1, changesHands = false, programs = true } = manifest[engine]?.runs ?? {};
      const room = rooms.get(engine) ?? createRoom(alive[engine] ?? atOnce);
      rooms.set(engine, room);
      return createSession(engine, {
        loader,
        room,
        changesHands,
        programs,
      });
    },
  };
}
