/** Running a command and keeping what it says. */
import { spawn, type ChildProcess } from 'node:child_process';

/** How a command ended. */
export interface Ended {
  /** Its exit code; 128 and more when a signal ended it. */
  code: number;
  /** What it wrote to both outputs, in order, without terminal colors. */
  output: string;
}

/** What runs now: it ends with this process, whoever ends that and how. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill()));

/**
 * Runs a Node program of this project to its end. Its output is kept, not shown: who runs it says in
 * one line how it went, and shows the rest when it went wrong.
 *
 * @param root the checkout, which is its working directory
 * @param args the script and its arguments
 * @param env what to add to the environment
 */
export function runNode(
  root: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  const environment: NodeJS.ProcessEnv = { ...process.env };
  delete environment['FORCE_COLOR'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...environment,
        NO_COLOR: '1',
        ASTRO_TELEMETRY_DISABLED: '1',
        ...env,
      },
    });
    running.add(child);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 128, output: withoutColors(Buffer.concat(chunks).toString()) });
    });
  });
}

/** A text without the sequences that color it in a terminal. */
export function withoutColors(text: string): string {
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '');
}
