/**
 * Finds a Chromium to draw the diagrams and drive the end-to-end tests with, and installs one if there
 * is none. The order: `CHROMIUM_PATH`, the system's Chromium or Chrome, the one Playwright downloaded
 * earlier, a fresh Playwright download, and where that fails Debian's own package.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

/** Programs that are Chromium or built from it, the way Linux and macOS name them. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
];

/** Where installers put it on systems that do not add it to `PATH`. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = process.env[name];
    return folder ? [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')] : [];
  }),
];

/** Arguments every launch needs: quiet, no traffic of its own, and no sandbox where root forbids it. */
export const browserArgs: string[] = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** What {@link findBrowser} asks of the machine; a test hands in another one. */
export interface Machine {
  environment: Record<string, string | undefined>;
  /** Is there a program at this path that may be started? */
  isProgram(path: string): boolean;
  /** Where Playwright keeps its own Chromium, downloaded or not. */
  playwrightPath(): string;
  isRoot: boolean;
  isDebian: boolean;
  /** Runs a command with its output visible. True if it ended well. */
  run(command: string, args: string[]): boolean;
  /** Tells the person what is being done. */
  say(message: string): void;
}

/**
 * The path of a Chromium on this machine.
 *
 * @throws Error with the remedy, if none is found and none can be installed.
 */
export function findBrowser(machine: Machine = thisMachine): Promise<string> {
  return Promise.resolve().then(() => {
    const chosen = machine.environment['CHROMIUM_PATH'];
    if (chosen) {
      if (machine.isProgram(chosen)) return chosen;
      throw new Error(
        `CHROMIUM_PATH is ${chosen}, where there is no program. Correct or unset it.`,
      );
    }
    const present = onThisSystem(machine) ?? playwrights(machine);
    if (present) return present;

    machine.say('No Chromium found. Downloading one: playwright install chromium');
    if (machine.run('npx', ['playwright', 'install', 'chromium'])) {
      const downloaded = playwrights(machine);
      if (downloaded) return downloaded;
    }
    if (machine.isRoot && machine.isDebian) {
      machine.say('The download failed. Installing Debian’s: apt-get install chromium');
      if (!machine.run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])) {
        machine.run('apt-get', ['update']);
        machine.run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
      }
      const installed = onThisSystem(machine);
      if (installed) return installed;
    }
    throw new Error(
      'No Chromium found, and none could be installed. Install Chromium or Chrome, ' +
        'or set CHROMIUM_PATH to the program.',
    );
  });
}

function onThisSystem({ environment, isProgram }: Machine): string | undefined {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  return [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES].find(
    isProgram,
  );
}

function playwrights(machine: Machine): string | undefined {
  const path = machine.playwrightPath();
  return path && machine.isProgram(path) ? path : undefined;
}

const thisMachine: Machine = {
  environment: process.env,
  isProgram(path) {
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false;
    }
  },
  playwrightPath() {
    return chromium.executablePath();
  },
  isRoot: process.getuid?.() === 0,
  isDebian: existsSync('/etc/debian_version'),
  run(command, args) {
    const shell = process.platform === 'win32';
    return spawnSync(command, args, { stdio: 'inherit', shell }).status === 0;
  },
  say(message) {
    console.error(message);
  },
};
