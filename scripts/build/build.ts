/**
 * `npm run build [-- --base /course/ --site https://example.org --out folder --content folder]`: builds the site, of
 * the project’s own `content/` or of that in another folder.
 *
 * {@link build} is what `npm start` and `npm test` call; the steps themselves stand in
 * `build-steps.ts`.
 */
import { parseArgs } from 'node:util';
import { BUILD_STEPS, BuildFailure, takeStep, type BuildStep } from './build-steps.ts';
import { command, ROOT } from '../process/command.ts';
import { forgetBuild, hashInputs, isBuilt, noteBuild, type BuildTarget } from './inputs.ts';
import { progressLine, seconds } from '../process/progress.ts';
import { normalizeBase } from './serve.ts';

/** The build for a base: every base has a folder of its own, so that two can exist side by side. */
export function targetFor(base: string | undefined, site?: string, outDir?: string): BuildTarget {
  const path = normalizeBase(base);
  const suffix = path === '/' ? '' : path.replace(/\/$/, '').replaceAll('/', '-');
  return { base: path, outDir: outDir ?? `dist${suffix}`, site };
}

/**
 * Builds the site, with a line per step.
 *
 * @param steps the steps to take; `npm test` takes some as checks of their own
 * @returns true if all went well; else what failed and what to do stands on the screen
 */
export async function build(
  root: string,
  target: BuildTarget,
  steps: readonly BuildStep[] = BUILD_STEPS,
): Promise<boolean> {
  // The inputs as they are now: what is edited while the build runs makes it stale.
  const hash = await hashInputs(root, target);
  await forgetBuild(root, target);
  for (const step of steps) {
    const line = progressLine(step.name);
    try {
      line.done(true, await takeStep(step, root, target));
    } catch (error) {
      line.done(false);
      report(step, error);
      return false;
    }
  }
  await noteBuild(root, target, hash);
  return true;
}

/** Builds only if the built folder does not stand for the inputs any more. */
export async function buildIfStale(root: string, target: BuildTarget): Promise<boolean> {
  if (await isBuilt(root, target, await hashInputs(root, target))) {
    console.log(`✓ ${target.outDir} is up to date`);
    return true;
  }
  return build(root, target);
}

function report(step: BuildStep, error: unknown): void {
  if (error instanceof BuildFailure)
    console.error(
      `\n${error.message.trim()}\n\nThe build stopped at "${step.name}". ${error.remedy}`,
    );
  else console.error(`\nThe build stopped at "${step.name}":`, error);
}

if (import.meta.main)
  await command(async () => {
    const { values } = parseArgs({
      options: {
        base: { type: 'string', default: '/' },
        site: { type: 'string' },
        out: { type: 'string' },
        /** The folder that has `content/`. */
        content: { type: 'string' },
      },
    });
    // Whatever reads the course asks for it, in this process and in those that the steps start.
    if (values.content !== undefined) process.env['CONTENT'] = values.content;
    const target = targetFor(values.base, values.site, values.out);
    const started = performance.now();
    const ok = await build(ROOT, target);
    if (ok)
      console.log(
        `\nThe site is in ${target.outDir}/, for the path ${target.base} (${seconds(performance.now() - started)}).`,
      );
    return ok;
  });
