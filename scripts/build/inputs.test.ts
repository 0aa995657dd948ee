import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetBuild, hashInputs, isBuilt, noteBuild } from './inputs.ts';

const target = { outDir: 'dist', base: '/' };
const lesson = 'content/lecture/1-the-problem/1.2-three-broken-solutions.mdx';
let root: string;

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'inputs-'));
  write(lesson, '# Three broken solutions');
  write('src/running/cells/cell.ts', 'export {};');
  write('package-lock.json', '{}');
  write('dist/index.html', '<h1>Built</h1>');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function built(): Promise<boolean> {
  return isBuilt(root, target, await hashInputs(root, target));
}

it('a build of another course stands for that one alone', async () => {
  write('fixtures/course/content/course.yaml', 'id: small-course');
  await noteBuild(root, target, await hashInputs(root, target));
  vi.stubEnv('CONTENT', 'fixtures/course');
  expect(await built()).toBe(false);
  await noteBuild(root, target, await hashInputs(root, target));
  write(lesson, '# Edited');
  expect(await built()).toBe(true);
  write('fixtures/course/content/course.yaml', 'id: other-course');
  expect(await built()).toBe(false);
  vi.unstubAllEnvs();
});

describe('a built folder', () => {
  beforeEach(async () => noteBuild(root, target, await hashInputs(root, target)));

  it('stands for the inputs it was built from', async () => {
    expect(await built()).toBe(true);
  });

  it('is stale once a section is edited', async () => {
    write(lesson, '# Four broken solutions');
    expect(await built()).toBe(false);
  });

  it('is stale once a section is added, renamed or removed', async () => {
    write('content/lecture/1-the-problem/1.3-jsonb.mdx', '# JSONB');
    expect(await built()).toBe(false);
    rmSync(join(root, 'content/lecture/1-the-problem/1.3-jsonb.mdx'));
    expect(await built()).toBe(true);
    rmSync(join(root, lesson));
    write(lesson.replace('three', 'four'), '# Three broken solutions');
    expect(await built()).toBe(false);
  });

  it('is stale once the lockfile changes', async () => {
    write('package-lock.json', '{"lockfileVersion": 3}');
    expect(await built()).toBe(false);
  });

  it('is not stale because a file was touched, or a test or something outside edited', async () => {
    utimesSync(join(root, lesson), new Date(), new Date());
    write('src/running/cells/cell.test.ts', 'a test');
    write('README.md', 'words');
    expect(await built()).toBe(true);
  });

  it('does not stand for another base', async () => {
    const other = { ...target, base: '/course/' };
    expect(await isBuilt(root, target, await hashInputs(root, other))).toBe(false);
  });

  it('that was deleted has to be built again', async () => {
    rmSync(join(root, 'dist'), { recursive: true });
    expect(await built()).toBe(false);
  });

  it('stands for nothing while a build runs, or after one that failed', async () => {
    await forgetBuild(root, target);
    expect(await built()).toBe(false);
  });
});
