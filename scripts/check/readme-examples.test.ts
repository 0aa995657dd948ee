/** Programs in the READMEs run as they stand, and print what their comments say. */
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

const files = globSync(['*.md', 'docs/**/*.md', 'src/**/*.md']).sort();
const examples = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => ({
    file,
    code: code!,
  })),
);

it('there are such programs', () => {
  expect(examples.length).toBeGreaterThanOrEqual(2);
});

it.each(examples)('$file: its program prints what it says', async ({ file, code }) => {
  const said = [...code.matchAll(/^console\.log\(.*; \/\/ (.*)$/gm)].map(([, text]) => text!);
  expect(said).not.toEqual([]);
  const { stdout } = await run(
    process.execPath,
    ['--input-type=module-typescript', '--no-warnings', '--eval', code],
    { cwd: dirname(file) },
  );
  expect(stdout.trim().split('\n')).toEqual(said);
});
