/** The packages that files belong to, and what they say of their licenses. Node only. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Package {
  name: string;
  version: string;
  /** Its folder on this machine. */
  folder: string;
}

/** What a package says of its license. */
export interface License {
  /** SPDX expression, or whatever stands there; empty if nothing does. */
  expression: string;
  /** The texts of its license and of its notices; empty if it has no such file. */
  text: string;
  home: string;
}

interface Manifest {
  name?: string;
  version?: string;
  license?: string | { type?: string };
  homepage?: string;
  repository?: string | { url?: string };
}

const known = new Map<string, Package | undefined>();

/**
 * @param file path of a module, a query behind it or not.
 * @returns the package that the file came with; `undefined` for a file of this project.
 */
export function packageOf(file: string): Package | undefined {
  const path = file.replace(/^\0/, '').replace(/\?.*$/, '').replaceAll('\\', '/');
  const at = path.lastIndexOf('/node_modules/');
  if (at < 0) return undefined;
  const parts = path.slice(at + '/node_modules/'.length).split('/');
  const name = parts.slice(0, parts[0]!.startsWith('@') ? 2 : 1).join('/');
  return packageIn(`${path.slice(0, at)}/node_modules/${name}`);
}

/** @returns the package in a folder, `undefined` if there is none. */
export function packageIn(folder: string): Package | undefined {
  if (known.has(folder)) return known.get(folder);
  const manifest = manifestOf(folder);
  const found =
    manifest?.name === undefined
      ? undefined
      : { name: manifest.name, version: manifest.version ?? '', folder };
  known.set(folder, found);
  return found;
}

function manifestOf(folder: string): Manifest | undefined {
  const file = join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : undefined;
}

/** Files that a license, or a notice that has to be passed on, stands in. */
const LICENSE_FILE = /^(licen[cs]es?|copying|notice)([.-].*)?$/i;

export function licenseOf({ folder }: Package): License {
  const { license, homepage, repository } = manifestOf(folder)!;
  const url = typeof repository === 'string' ? repository : repository?.url;
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => LICENSE_FILE.test(name))
    // Some have a folder of them.
    .flatMap((entry) =>
      entry.isFile()
        ? [join(folder, entry.name)]
        : readdirSync(join(folder, entry.name)).map((name) => join(folder, entry.name, name)),
    )
    .map((file) => readFileSync(file, 'utf8').trim())
    .filter((text) => text !== '');
  return {
    expression: (typeof license === 'string' ? license : license?.type) ?? '',
    text: texts.join('\n\n'),
    home: homepage ?? url?.replace(/^git\+/, '').replace(/\.git$/, '') ?? '',
  };
}

/**
 * Packages that are written into a file of another one, by the source map beside it.
 *
 * @param file path of a module.
 * @returns their names.
 */
export function inlinedIn(file: string): string[] {
  const path = file.replace(/^\0/, '').replace(/\?.*$/, '');
  const map = `${path}.map`;
  if (!existsSync(path) || !existsSync(map)) return [];
  const { sources = [] } = JSON.parse(readFileSync(map, 'utf8')) as { sources?: (string | null)[] };
  const own = packageOf(path)?.name;
  return [
    ...new Set(
      sources
        .filter((source) => source !== null)
        .flatMap((source) => {
          const name =
            /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(`/${source}`)?.[1] ??
            // Of a workspace: a package beside the one that was published.
            /^\.\.\/([^/]+)\/(?:src|dist)\//.exec(fromPackage(source, path))?.[1];
          return name !== undefined && name !== own ? [name] : [];
        }),
    ),
  ];
}

/** A source’s path from the package’s folder: what is outside it begins with `../../`. */
function fromPackage(source: string, file: string): string {
  const home = packageOf(file)?.folder;
  if (home === undefined) return source;
  const steps = dirname(file).slice(home.length).split('/').filter(Boolean).length;
  let rest = source;
  for (let step = 0; step < steps && rest.startsWith('../../'); step++) rest = rest.slice(3);
  return rest;
}
