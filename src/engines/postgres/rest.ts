/** The half of PostgreSQL that no script of the course needs: functions, and pages of files. It comes when a script does. */
import type { Assets } from '../engine.ts';
import { RestNeeded } from './halves/attach.ts';
import { SECTIONS } from './halves/names.ts';
import { readImage } from './image.ts';

export const REST = 'postgres-rest.bin';

/** The rest for all servers that a database starts. Where they have the whole module, nobody asks for it. */
export class Rest {
  private readonly assets: Assets;
  private module: WebAssembly.Module | null = null;
  /** Told of every page of a file that a server looks at, for whoever divides it. */
  noted: ((path: string, page: number) => void) | null = null;
  private files: Map<string, ReadonlyMap<number, Uint8Array>> | undefined;

  constructor(assets: Assets) {
    this.assets = assets;
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

  /** The pages of a file that are in it. @throws RestNeeded if it is not here. */
  pages(path: string): ReadonlyMap<number, Uint8Array> {
    if (!this.files) {
      const [packed] = WebAssembly.Module.customSections(this.take(), SECTIONS.pages);
      const { changed } = readImage(new Uint8Array(packed!));
      this.files = new Map(changed.map((file) => [file.path, file.pages]));
    }
    return this.files.get(path)!;
  }
}
