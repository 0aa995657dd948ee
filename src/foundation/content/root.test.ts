import { resolve } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { courseFolder, courseRoot } from './root.ts';

afterEach(() => vi.unstubAllEnvs());

it('the course lies in the project', () => {
  vi.stubEnv('CONTENT', undefined);
  expect(courseRoot('/project')).toBe(resolve('/project'));
  expect(courseFolder('/project')).toBe('');
});

it('or in the folder that the environment names, in the project or elsewhere', () => {
  vi.stubEnv('CONTENT', 'fixtures/course');
  expect(courseRoot('/project')).toBe(resolve('/project/fixtures/course'));
  expect(courseFolder('/project')).toBe('/fixtures/course');
  vi.stubEnv('CONTENT', '/elsewhere/course');
  expect(courseRoot('/project')).toBe(resolve('/elsewhere/course'));
  expect(courseFolder('/project')).toBe('../elsewhere/course');
});
