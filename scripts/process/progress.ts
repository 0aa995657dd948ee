/** A line per piece of work: its name while it runs, its seconds and what came of it when it is done. */

/** One piece of work on the screen. */
export interface ProgressLine {
  /** Ends the line. @param note a few words on what came of it */
  done(ok: boolean, note?: string): void;
}

/** Seconds as they are printed: `0.4 s`, `12 s`. */
export function seconds(milliseconds: number): string {
  const value = milliseconds / 1000;
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} s`;
}

/** The finished line of a piece of work. */
export function resultLine(ok: boolean, name: string, milliseconds: number, note = ''): string {
  const line = `${ok ? '✓' : '✗'} ${name.padEnd(24)} ${seconds(milliseconds).padStart(6)}`;
  return note ? `${line}  ${note}` : line;
}

/**
 * Begins a line. On a terminal the name stands there while the work runs; elsewhere (a log file)
 * only the finished line is written.
 */
export function progressLine(name: string): ProgressLine {
  const started = performance.now();
  const live = process.stdout.isTTY;
  if (live) process.stdout.write(`… ${name}`);
  return {
    done(ok, note) {
      if (live) process.stdout.write('\r\x1b[K');
      console.log(resultLine(ok, name, performance.now() - started, note));
    },
  };
}
