/**
 * Where a Markdown node stands, for messages to its author.
 */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { courseRoot } from '../content/root.ts';

interface Positioned {
  position?: { start: { line: number } } | undefined;
}
interface Document {
  fileURL: URL | undefined;
  source: string;
}

/**
 * Astro hands the Markdown over without its frontmatter, sometimes blanked, sometimes cut off.
 * @returns the path from the project's root, and the line in the file from 1.
 */
export function placeOf(node: Positioned, { fileURL }: Document): { file: string; line: number } {
  return {
    file: fileURL ? relative(courseRoot(), fileURLToPath(fileURL)) : 'a page',
    line: node.position?.start.line ?? 1,
  };
}
