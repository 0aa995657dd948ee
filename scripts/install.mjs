/**
 * Makes sure that what `package-lock.json` names is installed, before anything that needs it runs.
 *
 * Plain JavaScript without a dependency: it is the part of the commands that runs on whatever Node
 * (20 or later) the machine has. Everything after it runs on the Node 24 it installs.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

/** The oldest Node that can run this file and npm's own installer. */
export const OLDEST_NODE = 20;

/**
 * The Node that the lockfile pins, once it is installed.
 *
 * @param {string} root the checkout
 * @returns {string | null} its executable, or null where there is none
 */
export function pinnedNode(root) {
  const candidates = ['node', 'node.exe'].map((name) =>
    join(root, 'node_modules', 'node', 'bin', name),
  );
  return candidates.find((path) => existsSync(path)) ?? null;
}

/**
 * Compares the lockfile with what npm says it installed. npm leaves that in
 * `node_modules/.package-lock.json` when it has finished, so an installation that broke off half-way
 * counts as missing, and one somebody made by hand (`npm install`) counts as done.
 *
 * @param {string} root the checkout
 * @returns {string | null} why an installation is needed, or null if none is
 */
export function reasonToInstall(root) {
  const missing = missingPackage(root);
  if (missing) return missing;
  return pinnedNode(root) ? null : 'the Node the course is built with is not installed yet';
}

/** @returns {string | null} what of a folder's lockfile is not installed in it, in words */
function missingPackage(folder) {
  const wanted = readLock(join(folder, 'package-lock.json'));
  if (!wanted)
    throw new Error('package-lock.json is missing. Restore it: git checkout package-lock.json');
  const installed = readLock(join(folder, 'node_modules', '.package-lock.json'));
  if (!installed) return 'the libraries are not installed yet';
  for (const [path, entry] of Object.entries(wanted.packages ?? {})) {
    if (path === '') continue;
    const found = installed.packages?.[path];
    // An optional package is there only on the platform it is made for.
    if (!found && entry.optional) continue;
    if (!found) return `${nameOf(path)} is not installed yet`;
    if (found.version !== entry.version)
      return `${nameOf(path)} is ${found.version}, and package-lock.json asks for ${entry.version}`;
  }
  return null;
}

/**
 * Installs if something is missing, and says so.
 *
 * @param {string} root the checkout
 * @returns {Promise<string>} the executable of the pinned Node
 */
export async function ensureInstalled(root) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE)
    throw new Error(
      `This is Node ${process.versions.node}; ${OLDEST_NODE} or later is needed. Get it from https://nodejs.org.`,
    );
  const reason = reasonToInstall(root);
  if (reason) {
    console.log(`Installing: ${reason}. This takes a minute or two, once.`);
    await npmCi(root);
  }
  const node = pinnedNode(root);
  if (!node)
    throw new Error(
      'The package "node" is installed without its executable: install scripts seem to be switched off.\n' +
        'Run: npm ci --ignore-scripts=false',
    );
  return node;
}

/**
 * Installs what a folder with a lockfile of its own asks for, if something is missing, and says so.
 *
 * @param {string} folder
 * @param {string} what it is, in words: “what npm run bench alone needs”
 */
export async function installPackages(folder, what) {
  const reason = missingPackage(folder);
  if (!reason) return;
  console.log(`Installing ${what}: ${reason}. This takes less than a minute, once.`);
  await npmCi(folder);
}

/** What the lockfile names, neither more nor less. */
async function npmCi(folder) {
  const [command, ...before] = npmCommand();
  // `--prefix` because an npm around this one may have set another folder.
  // `--include=dev` because a machine with NODE_ENV=production would install nothing at all here.
  const code = await runThrough(
    command,
    [...before, 'ci', '--prefix=.', '--include=dev', '--loglevel=error'],
    folder,
  );
  if (code !== 0)
    throw new Error(
      `npm ci ended with code ${code}; what it said stands above.\n` +
        'Most often the network is away or a proxy is not set (npm config get proxy). Then run the same command again.',
    );
}

/**
 * What `npm start` and `npm test` are: install what is missing, run a script on the pinned Node and
 * end with its exit code. An error is printed as what it says, without a stack.
 *
 * @param {string} root the checkout
 * @param {string} script path of the script in it
 */
export async function handOver(root, script) {
  try {
    const node = await ensureInstalled(root);
    process.exitCode = await runThrough(node, [script, ...process.argv.slice(2)], root);
  } catch (error) {
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}

/**
 * Runs a command on this terminal until it ends. Signals reach it: Ctrl-C by the terminal itself,
 * others because they are passed on.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<number>} its exit code, as a shell counts it
 */
export function runThrough(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: 'inherit', shell: command.endsWith('.cmd') });
    const forward = ['SIGTERM', 'SIGHUP'].map((signal) => {
      const listener = () => child.kill(signal);
      process.on(signal, listener);
      return () => process.off(signal, listener);
    });
    // The child decides what Ctrl-C means; this process only has to outlive it.
    const wait = () => undefined;
    process.on('SIGINT', wait);
    const done = () => {
      process.off('SIGINT', wait);
      forward.forEach((off) => off());
    };
    child.on('error', (error) => {
      done();
      reject(new Error(`${command} could not be started: ${error.message}`));
    });
    child.on('exit', (code, signal) => {
      done();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** The npm that runs this script, if one does; else the one on the path. */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running?.endsWith('npm-cli.js')) return [process.execPath, running];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

function readLock(path) {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
