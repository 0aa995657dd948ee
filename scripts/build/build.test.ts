import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BuildFailure, type BuildStep } from './build-steps.ts';
import { build, targetFor } from './build.ts';
import { hashInputs, isBuilt } from './inputs.ts';
import { resultLine, seconds } from '../process/progress.ts';

let root: string;
let said: string[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-'));
  mkdirSync(join(root, 'content'));
  writeFileSync(join(root, 'content/lesson.mdx'), '# JSONB');
  said = [];
  const keep = (...words: unknown[]) => void said.push(words.map(String).join(' '));
  vi.spyOn(console, 'log').mockImplementation(keep);
  vi.spyOn(console, 'error').mockImplementation(keep);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

const target = targetFor('/');

/** A step that writes the site. */
const pages: BuildStep = {
  name: 'build pages',
  run: (where, { outDir }) => {
    mkdirSync(join(where, outDir), { recursive: true });
    writeFileSync(join(where, outDir, 'index.html'), '<h1>JSONB</h1>');
    return Promise.resolve('1 pages');
  },
};

const refused: BuildStep = {
  name: 'execute cells',
  run: () =>
    Promise.reject(new BuildFailure('content/lesson.mdx:8: no dataset "catalogue"', 'Mend it.')),
};

async function upToDate(): Promise<boolean> {
  return isBuilt(root, target, await hashInputs(root, target));
}

describe('a build', () => {
  it('says in a line per step what came of it, and is up to date afterwards', async () => {
    expect(await build(root, target, [pages])).toBe(true);
    expect(said).toEqual([expect.stringMatching(/^✓ build pages +0\.\d s {2}1 pages$/)]);
    expect(await upToDate()).toBe(true);
  });

  it('stops at the step that fails, and says where, why and what to do', async () => {
    const never: BuildStep = { name: 'never', run: () => Promise.reject(new Error('was run')) };
    expect(await build(root, target, [refused, never])).toBe(false);
    expect(said.join('\n')).toContain('content/lesson.mdx:8: no dataset "catalogue"');
    expect(said.join('\n')).toContain('The build stopped at "execute cells". Mend it.');
    expect(said.join('\n')).not.toContain('was run');
  });

  it('that fails leaves nothing that passes for up to date', async () => {
    await build(root, target, [pages]);
    await build(root, target, [refused]);
    expect(await upToDate()).toBe(false);
  });

  it('during which a section is edited is stale at once', async () => {
    const editing: BuildStep = {
      name: 'editing',
      run: () => {
        writeFileSync(join(root, 'content/lesson.mdx'), '# JSONB, and its index');
        return Promise.resolve(undefined);
      },
    };
    await build(root, target, [pages, editing]);
    expect(await upToDate()).toBe(false);
  });

  it('for another base goes into a folder of its own', () => {
    expect(targetFor('/')).toMatchObject({ base: '/', outDir: 'dist' });
    expect(targetFor('course')).toMatchObject({ base: '/course/', outDir: 'dist-course' });
    expect(targetFor('/a/b/')).toMatchObject({ base: '/a/b/', outDir: 'dist-a-b' });
  });
});

describe('a line of progress', () => {
  it('tells short times with a decimal and long ones without', () => {
    expect([seconds(420), seconds(9_949), seconds(9_960), seconds(73_400)]).toEqual([
      '0.4 s',
      '9.9 s',
      '10 s',
      '73 s',
    ]);
  });

  it('shows at its start whether all went well', () => {
    expect(resultLine(false, 'links', 1500)).toMatch(/^✗ links +1\.5 s$/);
  });
});
