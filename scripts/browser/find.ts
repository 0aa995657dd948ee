/**
 * Finds a Chromium to draw the diagrams and drive the end-to-end tests with, and installs one if there
 * is none. The order: `CHROMIUM_PATH`, the system's Chromium or Chrome, the one Playwright downloaded
 * earlier, a fresh Playwright download, and where that fails Debian's own package.
 *
 * What nobody watches runs in Chromium's headless shell where there is one: the same engine without a
 * browser around it, in which the journeys of `e2e/` take two thirds of the time.
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

/** Its headless shell, the way Debian and its makers name it. */
const SHELLS = ['chromium-headless-shell', 'chrome-headless-shell'];

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
 * The path of a Chromium on this machine. Before one is installed, the person is told what for, and how to use another.
 *
 * @param purpose a sentence on what needs it
 * @throws Error with the remedy, if none is found and none can be installed.
 */
export function findBrowser(
  machine: Machine = thisMachine,
  purpose = 'This needs a browser.',
): Promise<string> {
  return Promise.resolve().then(() => {
    const present = chosen(machine) ?? onThisSystem(machine) ?? playwrights(machine);
    if (present) return present;

    machine.say(
      `${purpose} No Chromium or Chrome was found, so one is downloaded now, a few hundred MB, once: ` +
        'npx playwright install chromium. To use one you have, press Ctrl-C and set CHROMIUM_PATH to the program.',
    );
    if (machine.run('npx', ['playwright', 'install', 'chromium'])) {
      const downloaded = playwrights(machine);
      if (downloaded) return downloaded;
    }
    if (machine.isRoot && machine.isDebian) {
      machine.say('The download failed. Installing Debian’s: apt-get install chromium');
      installPackage(machine, 'chromium');
      const installed = onThisSystem(machine);
      if (installed) return installed;
    }
    throw new Error(
      'No Chromium found, and none could be installed. Install Chromium or Chrome, ' +
        'or set CHROMIUM_PATH to the program.',
    );
  });
}

/**
 * The path of Chromium's headless shell, else of a whole Chromium. Debian's root gets the shell
 * installed; elsewhere a browser that is there is good enough. What was found is `CHROMIUM_PATH` from
 * then on: programs that are started next do not try to install it again.
 *
 * @throws Error as {@link findBrowser}
 */
export async function findHeadlessBrowser(machine: Machine = thisMachine): Promise<string> {
  const path =
    chosen(machine) ??
    programOnPath(SHELLS, machine) ??
    installedShell(machine) ??
    (await findBrowser(machine));
  machine.environment['CHROMIUM_PATH'] = path;
  return path;
}

function installedShell(machine: Machine): string | undefined {
  if (!machine.isRoot || !machine.isDebian) return undefined;
  machine.say('Installing Chromium’s headless shell: apt-get install chromium-headless-shell');
  installPackage(machine, 'chromium-headless-shell');
  const installed = programOnPath(SHELLS, machine);
  if (!installed)
    machine.say('There is none to install. A whole Chromium does as well, in more time.');
  return installed;
}

function chosen({ environment, isProgram }: Machine): string | undefined {
  const path = environment['CHROMIUM_PATH'];
  if (path && !isProgram(path))
    throw new Error(`CHROMIUM_PATH is ${path}, where there is no program. Correct or unset it.`);
  return path === '' ? undefined : path;
}

/** The first of these programs that can be started without its path. */
export function programOnPath(
  names: readonly string[],
  { environment, isProgram }: Machine = thisMachine,
): string | undefined {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function onThisSystem(machine: Machine): string | undefined {
  return programOnPath(NAMES, machine) ?? PLACES.find((path) => machine.isProgram(path));
}

/** Refreshes the lists of packages if they do not know it yet. */
function installPackage({ run }: Machine, name: string): void {
  const install = () => run('apt-get', ['install', '-y', '--no-install-recommends', name]);
  if (!install() && run('apt-get', ['update'])) install();
}

function playwrights(machine: Machine): string | undefined {
  const path = machine.playwrightPath();
  return path && machine.isProgram(path) ? path : undefined;
}

/** The machine that runs this. */
export const thisMachine: Machine = {
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
    // What an installer tells a person is none of the output of the program that needed it.
    const stderr = process.stderr.fd;
    return spawnSync(command, args, { stdio: ['inherit', stderr, stderr], shell }).status === 0;
  },
  say(message) {
    console.error(message);
  },
};
