/** A throw-away redis-server, with a clock that stands still until it is told the time. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RedisProcess {
  port: number;
  version: string;
  /** Sets the server's wall clock. Unix time in milliseconds. Only with `frozenClock`. */
  setClock(milliseconds: number): void;
  stop(): Promise<void>;
}

/**
 * Starts redis-server on a free loopback port, without persistence.
 *
 * @param options.frozenClock preloads a few lines of C that answer every question for the wall clock
 * from a file, so that TTLs can be compared to the millisecond. Needs a C compiler (`cc`).
 * @throws Error saying what to install when redis-server (or cc) is missing.
 */
export async function startRedisServer(
  options: { frozenClock?: boolean } = {},
): Promise<RedisProcess> {
  const binary = findProgram('redis-server', 'redis-server', 'redis-server 7.0');
  const version =
    /v=([\d.]+)/.exec(execFileSync(binary, ['--version'], { encoding: 'utf8' }))?.[1] ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'redis-server-'));
  const port = await freePort();
  const clockFile = join(folder, 'clock');
  const env = { ...process.env };
  writeFileSync(clockFile, new Uint8Array(8));
  if (options.frozenClock) {
    Object.assign(env, { FROZEN_CLOCK_FILE: clockFile, LD_PRELOAD: compileFrozenClock(folder) });
  }
  const clock = openSync(clockFile, 'r+');
  const setClock = (milliseconds: number): void => {
    const buffer = new DataView(new ArrayBuffer(8));
    buffer.setBigInt64(0, BigInt(Math.round(milliseconds * 1000)), true);
    writeSync(clock, new Uint8Array(buffer.buffer), 0, 8, 0);
  };
  setClock(Date.now());
  const child = spawn(
    binary,
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      folder,
    ].concat(['--enable-debug-command', 'yes', '--databases', '16']),
    { env, stdio: ['ignore', openSync(process.env.REDIS_LOG ?? '/dev/null', 'a'), 'inherit'] },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let i = 0; ; i++) {
    if (await canConnect(port)) break;
    if (i > 100 || child.exitCode !== null) throw new Error('redis-server did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    version,
    setClock,
    async stop() {
      child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where a program is; on Debian, as root, it is installed if it is not there. */
export function findProgram(program: string, debianPackage: string, what: string): string {
  const find = (): string | undefined =>
    (process.env.PATH ?? '')
      .split(':')
      .map((folder) => join(folder, program))
      .find((path) => existsSync(path));
  let path = find();
  if (!path && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.warn(`${program} is missing: installing Debian's package ${debianPackage}`);
    execFileSync('apt-get', ['install', '-y', debianPackage], { stdio: 'ignore' });
    path = find();
  }
  if (!path)
    throw new Error(
      `${what} is needed: install it (Debian, Ubuntu: apt-get install ${debianPackage})`,
    );
  return path;
}

const FROZEN_CLOCK = `
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
static volatile int64_t *clock_us;
static int64_t now(void) {
  if (!clock_us) clock_us = mmap(0, 8, PROT_READ, MAP_SHARED, open(getenv("FROZEN_CLOCK_FILE"), O_RDONLY), 0);
  return *clock_us;
}
int gettimeofday(struct timeval *restrict tv, void *restrict tz) {
  (void)tz; int64_t t = now(); tv->tv_sec = t / 1000000; tv->tv_usec = t % 1000000; return 0;
}
time_t time(time_t *out) { time_t t = now() / 1000000; if (out) *out = t; return t; }
int clock_gettime(clockid_t id, struct timespec *ts) {
  if (id != CLOCK_REALTIME && id != CLOCK_REALTIME_COARSE) return syscall(SYS_clock_gettime, id, ts);
  int64_t t = now(); ts->tv_sec = t / 1000000; ts->tv_nsec = t % 1000000 * 1000; return 0;
}
`;

function compileFrozenClock(folder: string): string {
  const compiler = findProgram('cc', 'gcc', 'A C compiler');
  const source = join(folder, 'frozen-clock.c');
  const library = join(folder, 'frozen-clock.so');
  writeFileSync(source, FROZEN_CLOCK);
  execFileSync(compiler, ['-O2', '-shared', '-fPIC', '-o', library, source]);
  return library;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
