/** The shell as one script, to be evaluated in a realm that has nothing but ECMAScript. Node only. */
import path from 'node:path';
import { trimmedAcorn } from '../assets/acorn.ts';

/** The name that the script defines: what `realm-entry.ts` exports. */
export const SHELL = '__shell';

let program: Promise<string> | undefined;

/** Made once per process, with acorn as the browser's worker has it. @param root the project's root. */
export function shellProgram(root: string): Promise<string> {
  program ??= bundle(root);
  return program;
}

async function bundle(root: string): Promise<string> {
  // Loaded only here: with nothing to run, no bundler is needed.
  const { rolldown } = await import('rolldown');
  const build = await rolldown({
    input: path.join(root, 'src/running/runner/process/realm-entry.ts'),
    cwd: root,
    platform: 'browser',
    plugins: [trimmedAcorn],
    checks: { eval: false },
    logLevel: 'warn',
  });
  try {
    const { output } = await build.generate({ format: 'iife', name: SHELL, codeSplitting: false });
    return output[0].code;
  } finally {
    await build.close();
  }
}
