/** The engines there are. Each is loaded when it is first asked for. Adding one is a line here. */
import type { Engine, EngineName } from './engine.ts';

export const ENGINES = {
  postgres: () => import('./postgres/index.ts').then((module) => module.engine),
  sqlite: () => import('./sqlite/index.ts').then((module) => module.engine),
  documents: () => import('./documents/index.ts').then((module) => module.engine),
  redis: () => import('./redis/index.ts').then((module) => module.engine),
} satisfies Partial<Record<EngineName, () => Promise<Engine>>>;

/** The names of the engines that exist. */
export type AvailableEngine = keyof typeof ENGINES;

export function isAvailable(name: string): name is AvailableEngine {
  return Object.hasOwn(ENGINES, name);
}
