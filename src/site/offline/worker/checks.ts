/** Whether what came is what was asked for: a café's sign-in page arrives as a success, too. */
import { contentHash, type KnownFile } from '../kept-site.ts';

const TYPES: Record<string, RegExp> = {
  css: /^text\/css\b/,
  js: /^(text|application)\/(x-)?javascript\b/,
  json: /\bjson\b/,
  svg: /^image\/svg\+xml\b/,
};

/** Whether a response says that it is of the kind that the path names. */
export function isOfKind(path: string, { headers }: Pick<Response, 'headers'>): boolean {
  const type = headers.get('content-type')?.toLowerCase() ?? '';
  if (path === '' || path.endsWith('/') || path.endsWith('.html'))
    return type.startsWith('text/html');
  const wanted = TYPES[path.slice(path.lastIndexOf('.') + 1)];
  // Hosts call what they do not know by many names, and a page always by its own.
  return wanted ? wanted.test(type) : !type.startsWith('text/html');
}

/** Whether a response may be the file of that path, as far as can be told before its content is there. */
export const maybeIt = (path: string, response: Response): boolean =>
  response.status === 200 &&
  !response.redirected &&
  (response.type === 'basic' || response.type === 'default') &&
  isOfKind(path, response);

/** Whether a content is the file's, whole and undamaged. */
export async function isItsContent(
  [packed, , unpacked]: KnownFile,
  content: BufferSource,
): Promise<boolean> {
  const hash = await contentHash(content);
  return hash === packed || hash === unpacked;
}
