/** The list of the files each engine needs in a browser, as the site's build publishes it. */
import type { EngineRuns } from '../../engines/descriptor.ts';
import type { EngineName } from '../../engines/engine.ts';

/** One published file. Its name carries its content's hash, so a copy never goes stale. */
export interface PublishedFile {
  /** Absolute path on the site, its base included. The content is gzip, whatever the host says. */
  url: string;
  /** Size as published: gzip. */
  bytes: number;
  /** Size uncompressed. */
  rawBytes: number;
}

/** A file an engine boots from. */
export interface PublishedAsset extends PublishedFile {
  /** The name by which the engine asks for it. */
  name: string;
  kind: 'wasm' | 'bytes';
}

/** What it takes to start one engine. */
export interface EngineFiles {
  /** As the reader knows it: `PostgreSQL 18`. */
  title: string;
  /** How its databases live on a page. */
  runs: Omit<EngineRuns, 'mostMemory'>;
  worker: PublishedFile;
  assets: PublishedAsset[];
  /** What it is made of besides, which comes when it is first needed (`Database.loadParts`), by name. */
  parts: Record<string, PublishedFile>;
  /** Which of the parts scripts do without for the most part, and only running them shows it. */
  rest?: string;
  /** What the engine can start with instead of running a dataset's script, by the script's name. */
  images: Record<string, PublishedFile>;
}

/** Every engine that the site can run. */
export type EngineManifest = Partial<Record<EngineName, EngineFiles>>;

/** What a first run transfers in all, in bytes. */
export function bytesToFetch({ worker, assets }: EngineFiles): number {
  return [worker, ...assets].reduce((sum, file) => sum + file.bytes, 0);
}
