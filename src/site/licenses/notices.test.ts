import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editorAlone } from '../../running/cells/editor/editor-alone.ts';
import { bundleWorker } from '../../running/runner/assets/bundle.ts';
import { CONTAINED } from './declared.ts';
import { isAllowed, noticesFor, noticesText, type Notice } from './notices.ts';
import { packageOf } from './packages.ts';

const root = process.cwd();

describe('what readers get of others', () => {
  let files: string[];
  let notices: Notice[];
  beforeAll(async () => {
    const workers = await Promise.all(
      ['postgres', 'sqlite', 'documents', 'redis'].map((engine) =>
        bundleWorker(root, `src/engines/${engine}/index.ts`),
      ),
    );
    files = [...workers.flatMap(({ sources }) => sources), ...(await modulesOfEditor())];
    notices = noticesFor(files, root);
  });

  it('is named with its version and the text of its license, every package of the workers and the editor', () => {
    const packages = new Map(
      files.flatMap((file) => {
        const found = packageOf(file);
        return found ? [[found.name, found.version] as const] : [];
      }),
    );
    const named = new Map(notices.map(({ name, version }) => [name, version]));
    expect([...packages].filter(([name, version]) => named.get(name) !== version)).toEqual([]);
    expect([...packages.keys()]).toEqual(
      expect.arrayContaining([
        '@codemirror/view',
        '@codesandbox/sandpack-react',
        '@electric-sql/pglite',
        'acorn',
        'bson',
        'react-dom',
        'sql.js',
      ]),
    );
    expect(notices.filter(({ text }) => text.length < 90)).toEqual([]);
  });

  it('includes what is inside a wasm file: PostgreSQL under its own license', () => {
    const text = noticesText(notices, { title: 'The course' });
    expect(text).toContain('PostgreSQL (PostgreSQL), inside @electric-sql/pglite');
    expect(text).toContain('Portions Copyright (c) 1996-2025, PostgreSQL Global Development Group');
    expect(text).toContain('SQLite (Public domain), inside sql.js');
    expect(text).toContain('Lua (MIT), inside wasmoon-lua5.1');
  });

  it('is nothing of Sandpack’s previews, one of which is not free', () => {
    expect(files.filter((file) => /nodebox|static-browser-server/.test(file))).toEqual([]);
    expect(notices.map(({ name }) => name)).not.toContain('@codesandbox/nodebox');
  });

  it('says for ICU what PGlite itself ships, and for PostgreSQL the years of its files', () => {
    const dist = join(root, 'node_modules/@electric-sql/pglite/dist');
    const loader = readFileSync(join(dist, 'pglite.js'), 'utf8');
    const [, start, end] = /filename:"\/pglite\/icu\/LICENSE",start:(\d+),end:(\d+)/.exec(loader)!;
    const data = readFileSync(join(dist, 'pglite.data'));
    const icu = notices.find(({ name }) => name === 'ICU')!;
    expect(icu.text).toBe(data.subarray(Number(start), Number(end)).toString('utf8').trim());
    expect(data.includes('Copyright (c) 1996-2025, PostgreSQL Global Development Group')).toBe(
      true,
    );
  });

  it('has a text for all that is declared', () => {
    const declared = Object.values(CONTAINED).flat();
    expect(declared).not.toEqual([]);
    for (const { text } of declared)
      expect(
        readFileSync(new URL(`texts/${text}.txt`, import.meta.url), 'utf8').length,
      ).toBeGreaterThan(90);
  });
});

describe('a package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'licenses-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (path: string, content: string): string => {
    const file = join(folder, 'node_modules', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  const make = (name: string, license: string, text?: string): string => {
    write(`${name}/package.json`, JSON.stringify({ name, version: '1.2.3', license }));
    if (text !== undefined) write(`${name}/LICENSE.md`, text);
    return write(`${name}/index.js`, '');
  };
  const refused = (file: string): string => {
    try {
      noticesFor([file], root);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('without the text of its license stops the build, with its name and the remedy', () => {
    expect(refused(make('no-text', 'MIT'))).toBe(
      'no-text@1.2.3 comes without the text of its license (MIT). Put it into src/site/licenses/texts/, and name it under TEXTS in src/site/licenses/declared.ts.',
    );
  });

  it('under a license that nobody allowed stops it, and so does one that says none', () => {
    expect(refused(make('copyleft', 'AGPL-3.0-only', 'GNU …'))).toContain(
      'copyleft@1.2.3 is under AGPL-3.0-only, which is not among the licenses',
    );
    expect(refused(make('silent', '', 'All rights reserved.'))).toContain(
      'silent@1.2.3 does not say under which license it is.',
    );
  });

  it('that is written into the file of another is found by its source map', () => {
    const file = make('outer', 'MIT', 'MIT');
    const sources = ['../../../.pnpm/inner@1.0.0/node_modules/@scope/inner/index.js', 'index.ts'];
    write('outer/index.js.map', JSON.stringify({ sources }));
    expect(refused(file)).toContain(
      '@scope/inner is inside outer@1.2.3, and nothing says under which license.',
    );
  });

  it('with a license, and notices in a folder, is all right', () => {
    make('fine', 'MIT');
    const file = write('fine/LICENSE/LICENSE', 'The MIT License');
    write('fine/LICENSE/LICENSE-other', 'Another');
    const [notice] = noticesFor([file], root).filter(({ name }) => name === 'fine');
    expect(notice).toMatchObject({ version: '1.2.3', text: 'The MIT License\n\nAnother' });
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND Zlib', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['SEE LICENSE IN ./LICENSE', false],
  ])('under %s may be given to readers: %s', (expression, allowed) => {
    expect(isAllowed(expression)).toBe(allowed);
  });
});

/** Bundled anew, without the site’s own build. */
async function modulesOfEditor(): Promise<string[]> {
  const build = await rolldown({
    input: join(root, 'src/running/cells/editor/mount.tsx'),
    platform: 'browser',
    plugins: [
      {
        name: 'left-out',
        resolveId: (id) => (/\.css/.test(id) || id === 'intersection-observer' ? '\0none' : null),
        load: (id) => (id === '\0none' ? 'export default "";' : null),
      },
      editorAlone as never,
    ],
    transform: { define: { 'import.meta.env': '{}', 'process.env.NODE_ENV': '"production"' } },
    logLevel: 'silent',
  });
  const { output } = await build.generate({});
  await build.close();
  return output.flatMap((one) => (one.type === 'chunk' ? Object.keys(one.modules) : []));
}
