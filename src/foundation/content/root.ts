/**
 * Where the course lies: the folder that has `content/`. It is the project's own, unless the environment names another,
 * `CONTENT=fixtures/course`, as `npm run build -- --content fixtures/course` does. Whatever reads `content/` asks here.
 */
import { relative, resolve } from 'node:path';

/**
 * @param project the project's root folder.
 * @returns the folder, absolute. Files of the course are named from it: `content/lecture/index.mdx`.
 */
export const courseRoot = (project = process.cwd()): string =>
  resolve(project, process.env['CONTENT'] || '.');

/** The same from the project's root, as Vite begins the addresses of files: empty, or `/fixtures/course`. */
export function courseFolder(project = process.cwd()): string {
  const path = relative(project, courseRoot(project)).replaceAll('\\', '/');
  return path === '' || path.startsWith('.') ? path : `/${path}`;
}
