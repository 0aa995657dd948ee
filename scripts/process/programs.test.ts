import { describe, expect, it } from 'vitest';
import { startProgram, usage, type Programs } from './programs.ts';

const bench: Programs = {
  command: 'npm run bench',
  folder: 'scripts/bench',
  programs: {
    site: { does: 'Lighthouse', options: '[--rounds 5]', file: 'bench/site.ts', packages: true },
    rooms: { does: 'how far it is', options: '', file: 'bench/rooms.ts', packages: false },
  },
};

/** Keeps what would have been done. */
function recorder(code = 0) {
  const done: string[] = [];
  return {
    done,
    install: (folder: string) => Promise.resolve(void done.push(`install ${folder}`)),
    run: (_node: string, args: string[]) => {
      done.push(`run ${args.join(' ')}`);
      return Promise.resolve(code);
    },
  };
}

describe('a command that starts several programs', () => {
  it('lists them, one a line, what each does in a column', () => {
    expect(usage(bench).split('\n')).toEqual([
      '  npm run bench -- site [--rounds 5]  Lighthouse',
      '  npm run bench -- rooms              how far it is',
    ]);
  });

  it('starts the one that is named, with what stands behind, when its packages are there', async () => {
    const start = recorder();
    expect(await startProgram(bench, ['site', '--rounds', '3'], start)).toBe(true);
    expect(start.done).toEqual([
      expect.stringMatching(/^install .*[\\/]scripts[\\/]bench$/),
      'run bench/site.ts --rounds 3',
    ]);
  });

  it('installs nothing for one that needs nothing, and ends as it ends', async () => {
    const start = recorder(1);
    expect(await startProgram(bench, ['rooms'], start)).toBe(false);
    expect(start.done).toEqual(['run bench/rooms.ts']);
  });

  it.each([[[]], [['lighthouse']], [['toString']], [['--only', 'site']]])(
    'started with %j says what there is, and does nothing',
    async (args: string[]) => {
      const start = recorder();
      await expect(startProgram(bench, args, start)).rejects.toThrow(usage(bench));
      expect(start.done).toEqual([]);
    },
  );
});
