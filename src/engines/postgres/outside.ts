/**
 * What PostgreSQL calls of the JavaScript around it, watched: a call whose effect is neither in its
 * memory nor in its files cannot be taken back by restoring these.
 */

/** Calls that have all their effect in the memory or the files, or none. */
const RESTORED = new Set(
  (
    'clock_time_get emscripten_date_now emscripten_get_now _tzset_js _localtime_js _gmtime_js ' +
    'environ_get environ_sizes_get random_get emscripten_get_heap_max emscripten_resize_heap ' +
    '_mmap_js _munmap_js _emscripten_throw_longjmp __call_sighandler sched_yield setTempRet0 ' +
    'getTempRet0 getnameinfo fd_close fd_fdstat_get fd_pread fd_pwrite fd_read fd_seek fd_sync fd_write ' +
    '__syscall_chdir __syscall_chmod __syscall_dup __syscall_dup3 __syscall_faccessat ' +
    '__syscall_fadvise64 __syscall_fallocate __syscall_fchmod __syscall_fchmodat2 ' +
    '__syscall_fchown32 __syscall_fchownat __syscall_fcntl64 __syscall_fdatasync ' +
    '__syscall_fstat64 __syscall_ftruncate64 __syscall_getcwd __syscall_getdents64 ' +
    '__syscall_getegid32 __syscall_geteuid32 __syscall_getgid32 __syscall_getuid32 ' +
    '__syscall_ioctl __syscall_linkat __syscall_lstat64 __syscall_mkdirat __syscall_newfstatat ' +
    '__syscall_openat __syscall_poll __syscall_readlinkat __syscall_renameat __syscall_rmdir ' +
    '__syscall_stat64 __syscall_statfs64 __syscall_symlinkat __syscall_truncate64 ' +
    '__syscall_unlinkat __syscall_utimensat ' +
    // Finds a function in a library that is there, and numbers it for good.
    '_dlsym_js'
  ).split(' '),
);

/** The status PGlite ends a failed statement with: PostgreSQL's jump back to its main loop. */
const FAILED_STATEMENT = 100;

type Call = (...values: number[]) => unknown;

/** The calls out of one instance. */
export class Outside {
  /** Whether there was one that cannot be taken back. Starting a server takes several. */
  changed = false;
  /**
   * Asked for each library, by its address in memory, before it is loaded: whether it is refused. What
   * is loaded stays for good.
   */
  refusesLibrary: (library: number) => boolean = () => true;
  /** Called before anything that cannot be taken back, but for the server's own end. It may throw. */
  beforeChange: () => void = () => undefined;
  private readonly setMask: (mask: number) => number;

  /** @param calls the imports by name. They are replaced in place, for libraries to find as well. */
  constructor(calls: Record<string, unknown>) {
    const replace = (name: string, by: (call: Call) => Call): void => {
      const call = calls[name] as Call & { sig?: string };
      if (typeof call !== 'function')
        throw new Error(`PGlite imports no ${name}: its build has changed`);
      calls[name] = Object.assign(by(call), { sig: call.sig });
    };
    const watched = (call: Call): Call => {
      return (...values) => {
        this.change();
        return call(...values);
      };
    };
    const watchedExit = (call: Call): Call => {
      return (status) => {
        if (status !== FAILED_STATEMENT) this.changed = true;
        return call(status!);
      };
    };
    for (const [name, call] of Object.entries(calls)) {
      if (typeof call !== 'function' || name.startsWith('invoke_') || RESTORED.has(name)) continue;
      if (name === 'exit' || name === 'proc_exit') replace(name, watchedExit);
      else if (!['_setitimer_js', '__syscall_umask', '_dlopen_js'].includes(name))
        replace(name, watched);
    }
    this.setMask = calls['__syscall_umask'] as (mask: number) => number;
    // It could go off only while nothing runs, and what is told so that it is to end would wait for its end for ever.
    replace('_setitimer_js', () => () => 0);
    replace('_dlopen_js', (call) => (library) => {
      if (this.refusesLibrary(library!)) return 0;
      this.change();
      return call(library!);
    });
  }

  private change(): void {
    this.beforeChange();
    this.changed = true;
  }

  /** @returns what puts the rights of new files back to what they are now. */
  save(): () => void {
    // Whoever asks for the mask has to set one.
    const mask = this.setMask(0);
    this.setMask(mask);
    return () => void this.setMask(mask);
  }
}
