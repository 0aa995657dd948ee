/** One command for several programs: `npm run bench -- redis`. */
import { join } from 'node:path';
import { installPackages, runThrough } from '../install.mjs';
import { ROOT } from './command.ts';

/** A program that one command starts by name. */
export interface Program {
  /** What it does, in a few words, for the list. */
  does: string;
  /** Its options, as they are typed. */
  options: string;
  /** Its file, from the checkout. */
  file: string;
  /** Whether it uses packages that only this command installs. */
  packages: boolean;
}

/** The programs of one command, by name. */
export interface Programs {
  /** How it is called: `npm run bench`. */
  command: string;
  /** The folder with a `package.json` and a lockfile of its own, from the checkout. */
  folder: string;
  programs: Record<string, Program>;
}

/** What there is to start, a line each. */
export function usage({ command, programs }: Programs): string {
  const calls = Object.entries(programs).map(
    ([name, { options, does }]) => [`${command} -- ${name} ${options}`.trim(), does] as const,
  );
  const width = Math.max(...calls.map(([call]) => call.length));
  return calls.map(([call, does]) => `  ${call.padEnd(width)}  ${does}`).join('\n');
}

/**
 * Starts the program that is named first, with the arguments after it, once its packages are there.
 *
 * @param start for tests: installs, and runs
 * @returns whether it went well
 * @throws Error with the list of programs, if none of them is named
 */
export async function startProgram(
  of: Programs,
  [name, ...rest]: readonly string[],
  start = { install: installPackages, run: runThrough },
): Promise<boolean> {
  if (name === undefined) throw new Error(`Say which:\n${usage(of)}`);
  const program = Object.hasOwn(of.programs, name) ? of.programs[name] : undefined;
  if (!program) throw new Error(`There is no “${name}”. There are:\n${usage(of)}`);
  if (program.packages)
    await start.install(join(ROOT, of.folder), `what ${of.command} alone needs`);
  return (await start.run(process.execPath, [program.file, ...rest], ROOT)) === 0;
}
