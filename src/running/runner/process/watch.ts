/** A second thread, for what a process that computes without a pause does not see. */
import { Worker } from 'node:worker_threads';

/** In bytes: what a process may hold beside JavaScript's own memory, which has a limit of its own. */
const MOST_MEMORY = 3e9;

/** Ends this process when its parent is gone, or when it takes more memory than a machine can spare. */
export function keepWatch(): void {
  new Worker(
    `const parent = process.ppid;
     setInterval(() => {
       if (process.ppid !== parent || process.memoryUsage.rss() > ${MOST_MEMORY})
         process.kill(process.pid, 'SIGKILL');
     }, 200);`,
    { eval: true },
  ).unref();
}
