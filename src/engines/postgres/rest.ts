/** The half of PostgreSQL that no script of the course calls: it comes when a script does. */
import type { Assets } from '../engine.ts';
import { RestNeeded } from './halves/attach.ts';

export const REST = 'postgres-rest.bin';

/** The rest for all servers that a database starts. Where they have the whole module, nobody asks for it. */
export class Rest {
  private readonly assets: Assets;
  private module: WebAssembly.Module | null = null;
  /** Whether no timer goes off at all: what it would call is no script's doing. */
  readonly quiet: boolean;

  constructor(assets: Assets, { quiet = false } = {}) {
    this.assets = assets;
    this.quiet = quiet;
  }

  get isHere(): boolean {
    return this.module !== null;
  }

  /** @throws Error if it does not come; it may be asked for again. */
  async load(): Promise<void> {
    this.module ??= await this.assets.module(REST);
  }

  /** For whoever calls something in it. @throws RestNeeded if it is not here. */
  take(): WebAssembly.Module {
    if (!this.module) throw new RestNeeded();
    return this.module;
  }
}
