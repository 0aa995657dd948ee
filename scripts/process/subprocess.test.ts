import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './command.ts';
import { runNode, withoutColors } from './subprocess.ts';

describe('a program that is run for its output', () => {
  it('gives both its outputs and its exit code', async () => {
    const program =
      'console.log("12 pages"); console.error("1.2.mdx:8: no dataset"); process.exit(3)';
    expect(await runNode('.', ['-e', program])).toEqual({
      code: 3,
      output: expect.stringMatching(/12 pages[\s\S]*1\.2\.mdx:8: no dataset/) as string,
    });
  });

  it('is told what is added to the environment, and to leave colors out', async () => {
    const program = 'console.log(process.env.BASE, process.env.NO_COLOR, process.env.FORCE_COLOR)';
    const { output } = await runNode('.', ['-e', program], { BASE: '/course/' });
    expect(output.trim()).toBe('/course/ 1 undefined');
  });

  it('ends with the process that started it', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'subprocess-')), 'pid');
    const lasting = `fs.writeFileSync(process.argv[1], String(process.pid)); setInterval(() => {}, 1000)`;
    const starter = `
      import { existsSync } from 'node:fs';
      import { runNode } from './scripts/process/subprocess.ts';
      void runNode('.', ['-e', ${JSON.stringify(lasting)}, process.argv[1]]);
      setInterval(() => existsSync(process.argv[1]) && process.exit(0), 20);`;
    const { code } = await runNode(ROOT, ['--input-type=module', '-e', starter, file]);
    expect(code).toBe(0);
    await expect
      .poll(() => isAlive(Number(readFileSync(file, 'utf8'))), { timeout: 10_000 })
      .toBe(false);
  });

  it('has its colors taken out of what it says', () => {
    expect(withoutColors('\x1b[31merror\x1b[39m TS2322')).toBe('error TS2322');
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
