/** The ground plan of `src/` (`eslint-rooms.js`): what its rule refuses, and that nothing goes in circles. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { oneWay, ROOMS } from '../../eslint-rooms.js';

/** What the rule says of a file with this one import. */
function said(file: string, source: string): string[] {
  const config = {
    files: ['**/*.js'],
    plugins: { rooms: { rules: { 'one-way': oneWay } } },
    rules: { 'rooms/one-way': 'error' },
  } as unknown as Linter.Config;
  return new Linter({ cwd: resolve('src') })
    .verify(source, config, resolve('src', file))
    .map(({ message }) => message);
}

describe('a room', () => {
  it('does not know a room that is built on it', () => {
    for (const source of [
      "import { a } from '../../lecture/tables/a.ts';",
      "export * from '../../site/base.ts';",
      "await import('../../sharing/embed/cut.ts');",
    ])
      expect(said('running/cells/cell.js', source), source).toEqual([
        expect.stringMatching(/^src\/running\/cells does not know src\/(lecture|site|sharing)/),
      ]);
  });

  it('knows itself, what is below it, and packages', () => {
    const source = `import a from './a.ts';
      import b from '../runner/b.ts';
      import c from '../../foundation/kept/c.ts';
      import d from 'astro';`;
    expect(said('running/cells/cell.js', source)).toEqual([]);
  });

  it('is in the list', () => {
    expect(said('attic/a.js', '')).toEqual([expect.stringContaining('in no room')]);
    const files = globSync('src/*/**/*.{ts,astro}').map((file) => file.replaceAll('\\', '/'));
    expect(ROOMS.filter((room) => !files.some((file) => file.startsWith(`src/${room}/`)))).toEqual(
      [],
    );
  });
});

/** Modules that a module loads when it is loaded itself. */
function loads(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/^(?:import|export)\s+(?!type\b)([^;]*?)from '(\.[^']+)';/gms);
  return [...found]
    .filter(([, names]) => !/^\{(?:\s*type [^,}]+,?)+\s*\}\s*$/.test(names!))
    .map(([, , source]) => normalize(join(dirname(file), source!)));
}

/** Groups of modules of which each loads the others, by way of others. */
function circles(files: readonly string[]): string[][] {
  const reached = new Map<string, Set<string>>();
  const reach = (file: string): Set<string> => {
    const all = new Set<string>();
    const open = [file];
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const one of graph.get(next) ?? [])
        if (!all.has(one)) {
          all.add(one);
          open.push(one);
        }
    return all;
  };
  const graph = new Map(files.map((file) => [file, loads(file)]));
  for (const file of files) reached.set(file, reach(file));
  const inCircle = files.filter((file) => reached.get(file)!.has(file));
  const groups = new Map<string, string[]>();
  for (const file of inCircle) {
    const group = inCircle.filter(
      (other) => reached.get(file)!.has(other) && reached.get(other)!.has(file),
    );
    groups.set(group.join(), group);
  }
  return [...groups.values()];
}

it('modules load each other in no circle, but for the stages of an aggregation, which hold pipelines', () => {
  const files = globSync('{src,scripts}/**/*.ts', { exclude: (name) => name === 'node_modules' });
  expect(files.length).toBeGreaterThan(500);
  const found = circles(files.filter((file) => !file.endsWith('.test.ts')));
  // That one shows that circles are found at all.
  expect(found.map(([first]) => first!.split('/').slice(0, -1).join('/'))).toEqual([
    'src/engines/documents/aggregate',
  ]);
});

describe('the drawing in docs/architecture.md', () => {
  /** Group of rooms → groups that it imports from. */
  const used = new Map<string, Set<string>>();
  for (const file of globSync('src/*/**/*.{ts,astro}').filter((one) => !one.endsWith('.test.ts'))) {
    const group = file.split(/[\\/]/)[1]!;
    const all = used.get(group) ?? used.set(group, new Set()).get(group)!;
    for (const [, source] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
      const [folder, to] = normalize(join(dirname(file), source!)).split(/[\\/]/);
      if (folder === 'src' && to !== group) all.add(to!);
    }
  }
  const text = readFileSync('docs/architecture.md', 'utf8');
  const drawn = [...text.matchAll(/^ {2}(\w+)\S* .*?--> (\w+)|^ {2}(\w+) --> (\w+)/gm)].map(
    ([, a, b, c, d]) => [a ?? c!, b ?? d!] as const,
  );
  const reaches = (from: string, to: string): boolean =>
    drawn.some(([a, b]) => a === from && (b === to || reaches(b, to)));

  it('has an arrow, or a way of arrows, for what each group of rooms uses', () => {
    expect(used.size).toBe(8);
    for (const [group, others] of used)
      for (const other of others) expect(reaches(group, other), `${group} → ${other}`).toBe(true);
  });

  it('has no arrow that stands for nothing', () => {
    expect(drawn.length).toBe(7);
    for (const [from, to] of drawn) expect([...used.get(from)!], `${from} → ${to}`).toContain(to);
  });

  it('tells the life of a cell by files that are there', () => {
    const paths = [...text.matchAll(/`((?:\.\.\/|cells\/|runner\/)[\w./-]+)`/g)].map(
      ([, path]) => path!,
    );
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths) expect(existsSync(join('src/running', path)), path).toBe(true);
  });
});
