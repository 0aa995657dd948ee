import { describe, expect, it } from 'vitest';
import { runChecks, select, type Check } from './schedule.ts';

function check(name: string, more: Partial<Check> = {}): Check {
  return {
    name,
    remedy: `mend ${name}`,
    cores: 1,
    needs: [],
    run: () => Promise.resolve({ passed: true, output: '' }),
    ...more,
  };
}

/** A check that lasts until it is told to end. */
function lasting(name: string, more: Partial<Check> = {}): Check & { end(passed?: boolean): void } {
  let finish: (passed: boolean) => void = () => undefined;
  const over = new Promise<boolean>((resolve) => (finish = resolve));
  return {
    ...check(name, { ...more, run: async () => ({ passed: await over, output: name }) }),
    end: (passed = true) => finish(passed),
  };
}

const turn = () => new Promise((done) => setImmediate(done));

describe('checks', () => {
  it('run together as far as there are processors', async () => {
    const [lint, format, unit] = [lasting('lint'), lasting('format'), lasting('unit')];
    const started: string[] = [];
    const done = runChecks([lint, format, unit], 2, ({ name }) => started.push(name));
    await turn();
    expect(started).toEqual(['lint', 'format']);
    lint.end();
    await turn();
    expect(started).toEqual(['lint', 'format', 'unit']);
    format.end();
    unit.end();
    expect((await done).map(({ passed }) => passed)).toEqual([true, true, true]);
  });

  it('that come after another wait for its end, however it ends, and do not bring it along', async () => {
    const types = lasting('types');
    const build = lasting('build', { after: ['types'] });
    expect(select([types, build], ['build'])).toEqual([build]);
    const started: string[] = [];
    const done = runChecks([types, build], 2, ({ name }) => started.push(name));
    await turn();
    expect(started).toEqual(['types']);
    types.end(false);
    await turn();
    expect(started).toEqual(['types', 'build']);
    build.end();
    expect((await done).map(({ passed }) => passed)).toEqual([false, true]);
  });

  it('that keep more processors busy than there are run alone', async () => {
    const e2e = lasting('e2e', { cores: 8 });
    const lint = lasting('lint');
    const started: string[] = [];
    const done = runChecks([e2e, lint], 2, ({ name }) => started.push(name));
    await turn();
    expect(started).toEqual(['e2e']);
    e2e.end();
    lint.end();
    expect(await done).toHaveLength(2);
  });

  it('wait for what they need, and let others go ahead', async () => {
    const build = lasting('build');
    const order: string[] = [];
    const done = runChecks(
      [check('links', { needs: ['build'] }), build, check('lint')],
      2,
      undefined,
      (result) => order.push(result.check.name),
    );
    await turn();
    expect(order).toEqual(['lint']);
    build.end();
    await done;
    expect(order).toEqual(['lint', 'build', 'links']);
  });

  it('fail unrun when what they need failed, and say so', async () => {
    const build = check('build', {
      run: () => Promise.resolve({ passed: false, output: '1.2.mdx:8: no such dataset' }),
    });
    const results = await runChecks(
      [build, check('links', { needs: ['build'] }), check('report', { needs: ['links'] })],
      2,
    );
    expect(results.map(({ passed }) => passed)).toEqual([false, false, false]);
    expect(results[1]?.output).toBe('Not run, because build failed.');
  });

  it('that break off have failed, with the reason', async () => {
    const [result] = await runChecks(
      [check('unit', { run: () => Promise.reject(new Error('no such file')) })],
      2,
    );
    expect(result).toMatchObject({ passed: false });
    expect(result?.output).toContain('no such file');
  });

  it('that wait for each other are told apart from slow ones', async () => {
    const circle = [check('a', { needs: ['b'] }), check('b', { needs: ['a'] })];
    await expect(runChecks(circle, 2)).rejects.toThrow('wait for each other: a, b');
  });
});

describe('a selection of checks', () => {
  const all = [check('lint'), check('build'), check('links', { needs: ['build'] })];

  it('holds what they need as well, in the order of all', () => {
    expect(select(all, ['links']).map(({ name }) => name)).toEqual(['build', 'links']);
  });

  it('by an unknown name is refused with the known ones', () => {
    expect(() => select(all, ['spelling'])).toThrow('There are: lint, build, links.');
  });
});
