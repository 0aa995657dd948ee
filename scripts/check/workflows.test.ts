/** What stands in `.github/`: nothing is published unchecked, no action can change under us, forms ask for what is needed. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openYaml } from '../../src/foundation/yaml/open.ts';

interface Job {
  needs?: string;
  uses?: string;
  permissions?: Record<string, string>;
  steps?: { uses?: string; run?: string; with?: Record<string, string> }[];
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}
interface Form {
  name: string;
  description: string;
  body: { id: string; attributes: { label: string }; validations: { required: boolean } }[];
}

const read = (file: string): unknown => openYaml(readFileSync(file, 'utf8'), file).data;
const check = read('.github/workflows/ci.yml') as Workflow;
const publish = read('.github/workflows/deploy.yml') as Workflow;
const runs = (job: Job): string[] => (job.steps ?? []).flatMap(({ run }) => run ?? []);

describe('what runs at GitHub', () => {
  it('is npm test, on every pull request and every push', () => {
    expect(check.on).toHaveProperty('pull_request', null);
    expect(check.on['push']).toEqual({ 'branches-ignore': ['main'] });
    expect(publish.on['push']).toEqual({ branches: ['main'] });
    expect(Object.values(check.jobs).flatMap(runs)).toEqual(['npm test']);
  });

  it('publishes only what passed every check', () => {
    expect(publish.jobs['check']?.uses).toBe('./.github/workflows/ci.yml');
    expect(check.on).toHaveProperty('workflow_call');
    expect(publish.jobs['build']?.needs).toBe('check');
    expect(publish.jobs['publish']?.needs).toBe('build');
  });

  it('may only read, but for the one job that publishes', () => {
    const rights = [check, publish].flatMap(({ permissions, jobs }) => [
      permissions,
      ...Object.entries(jobs)
        .filter(([name]) => name !== 'publish')
        .map(([, job]) => job.permissions ?? {}),
    ]);
    expect(rights).toContainEqual({ contents: 'read' });
    expect(
      rights.flatMap((each) => Object.values(each)).filter((right) => right !== 'read'),
    ).toEqual([]);
  });

  it('names every action by its full commit', () => {
    const used = globSync('.github/workflows/*.yml').flatMap((file) =>
      Object.values((read(file) as Workflow).jobs).flatMap(({ steps = [] }) =>
        steps.flatMap(({ uses }) => uses ?? []),
      ),
    );
    expect(used.length).toBeGreaterThan(7);
    expect(used.filter((uses) => !/^actions\/[\w-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  });
});

describe('a form for an issue', () => {
  it.each([
    ['text', ['place', 'says', 'right']],
    ['engine', ['engine', 'place', 'typed', 'answered', 'real', 'server', 'browser']],
  ])('about %s asks for what is needed, and insists on it', (name, ids) => {
    const form = read(`.github/ISSUE_TEMPLATE/${name}.yml`) as Form;
    expect(form.name).not.toBe('');
    expect(form.description).not.toBe('');
    expect(form.body.map(({ id }) => id)).toEqual(ids);
    expect(form.body.every(({ validations }) => validations.required)).toBe(true);
  });
});
