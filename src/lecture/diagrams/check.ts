/** Whether the committed drawings are those of the fences. Needs no browser. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiagramFence } from './fences.ts';
import { hashOf, tooSmall } from './rendered.ts';
import { fileNameOf, readStamp } from './stamp.ts';

/** How the drawings in a folder stand to the fences. */
export interface Comparison {
  /** To be rendered: there is no SVG, or it was made from something else. */
  missing: DiagramFence[];
  stale: DiagramFence[];
  current: DiagramFence[];
  /** SVGs that no fence asks for, by file name. */
  orphans: string[];
}

/** @param folder where the drawings are. It need not exist. */
export function compare(fences: DiagramFence[], folder: string): Comparison {
  const result: Comparison = { missing: [], stale: [], current: [], orphans: [] };
  const names = new Set(fences.map(fileNameOf));
  for (const fence of fences) {
    const path = join(folder, fileNameOf(fence));
    if (!existsSync(path)) result.missing.push(fence);
    else if (readStamp(readFileSync(path, 'utf8'))?.hash !== hashOf(fence))
      result.stale.push(fence);
    else result.current.push(fence);
  }
  if (existsSync(folder))
    result.orphans = readdirSync(folder).filter(
      (name) => name.endsWith('.svg') && !names.has(name),
    );
  return result;
}

/**
 * What is wrong with the committed drawings, one sentence each with file, line and remedy. Empty if
 * nothing is.
 *
 * @param shownFolder the folder as messages name it.
 */
export function problems(fences: DiagramFence[], folder: string, shownFolder = folder): string[] {
  const { missing, stale, current, orphans } = compare(fences, folder);
  const at = ({ file, line }: DiagramFence) => `${file}:${line}:`;
  return [
    ...missing.map((f) => `${at(f)} diagram "${f.id}" has no drawing yet. Run: npm run diagrams`),
    ...stale.map(
      (f) => `${at(f)} diagram "${f.id}" changed since it was drawn. Run: npm run diagrams`,
    ),
    ...current.flatMap((fence) => {
      const message = tooSmall(readFileSync(join(folder, fileNameOf(fence)), 'utf8'), fence);
      return message ? [`${at(fence)} ${message}`] : [];
    }),
    ...orphans.map(
      (name) => `${shownFolder}/${name}: no diagram has this id. Run: npm run diagrams`,
    ),
  ];
}
