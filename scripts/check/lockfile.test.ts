/** What is installed is what was reviewed: exact versions, checksums, and no script that nobody allowed. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Locked {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  hasInstallScript?: boolean;
}
interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  allowScripts: Record<string, boolean>;
}
const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 13);

/** The course, and what only benches and judges need, which is installed when they are run. */
const PROJECTS = { '': 400, 'scripts/bench/': 100, 'scripts/judge/': 10 };

describe.each(Object.entries(PROJECTS))('the lockfile in ./%s', (folder, least) => {
  const manifest = read(`${folder}package.json`) as Manifest;
  const { packages } = read(`${folder}package-lock.json`) as { packages: Record<string, Locked> };
  const locked = Object.entries(packages).filter(([path]) => path !== '');
  it('has a checksum of every package, those of other platforms too', () => {
    const without = locked.filter(([, { integrity }]) => !/^sha512-\S{86,}/.test(integrity ?? ''));
    expect(without.map(([path]) => path)).toEqual([]);
    expect(locked.length).toBeGreaterThan(least);
  });

  it('names no host: a package comes from the registry that is set up, and has to have its checksum', () => {
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(readFileSync(new URL(`../../${folder}.npmrc`, import.meta.url), 'utf8')).toMatch(
      /^omit-lockfile-registry-resolved=true$/m,
    );
  });

  it('has what package.json asks for, which asks for exact versions', () => {
    const asked = { ...manifest.dependencies, ...manifest.devDependencies };
    const has = Object.keys(asked).map((name) => [name, packages[`node_modules/${name}`]?.version]);
    expect(asked).toEqual(Object.fromEntries(has));
    expect(Object.keys(asked)).not.toEqual([]);
    for (const version of Object.values(asked)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('holds no install script of which package.json does not say whether it may run', () => {
    const scripted = locked.filter(([, one]) => one.hasInstallScript).map(([path]) => nameOf(path));
    expect([...new Set(scripted)].sort()).toEqual(Object.keys(manifest.allowScripts).sort());
  });
});

it('what only benches and judges need is not installed by npm start and npm test', () => {
  const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
  const own = ['scripts/bench/', 'scripts/judge/'].flatMap((folder) =>
    Object.keys((read(`${folder}package.json`) as Manifest).dependencies ?? {}),
  );
  expect(own).toContain('lighthouse');
  expect(own).toContain('puppeteer-core');
  expect(own.filter((name) => `node_modules/${name}` in packages)).toEqual([]);
});
