/** WebKitGTK's small browser, driven over WebDriver. It needs a screen, if only Xvfb's. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { listenOnFreePort } from '../../process/port.ts';
import type { Visitor } from './visitor.ts';

interface Programs {
  driver: string;
  browser: string;
}

/** How often, every tenth of a second, the driver is asked whether it listens. */
const ASKS = 50;

/**
 * @param programs `WebKitWebDriver` and `MiniBrowser`
 * @param patience how long one expression may take, in milliseconds
 */
export async function openWebKit(programs: Programs, patience: number): Promise<Visitor> {
  const probe = createServer();
  const port = await listenOnFreePort(probe, 0);
  await new Promise((done) => probe.close(done));
  const driver = spawn(programs.driver, [`--port=${port}`], {
    stdio: 'ignore',
    // Its sandbox wants rights that a container does not give; it visits this course and nothing else.
    env: { ...process.env, GDK_BACKEND: 'x11', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
  });
  process.once('exit', () => driver.kill());
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patience),
    });
    const { value } = (await response.json()) as { value: T & { message?: string } };
    if (!response.ok) throw new Error(`WebKitWebDriver: ${value.message ?? response.statusText}`);
    return value;
  };
  await listening(() => ask('GET', '/status'));
  const options = { binary: programs.browser, args: ['--automation'] };
  const { sessionId, capabilities } = await ask<{
    sessionId: string;
    capabilities: { browserVersion: string };
  }>('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
  });
  const session = `/session/${sessionId}`;
  await ask('POST', `${session}/timeouts`, { script: patience, pageLoad: patience });
  return {
    name: `WebKitGTK ${capabilities.browserVersion}`,
    open: (url) => ask('POST', `${session}/url`, { url }),
    async evaluate<T>(expression: string) {
      const answer = await ask<{ value: T; error?: string }>('POST', `${session}/execute/async`, {
        script: `const done = arguments[0];
          Promise.resolve().then(() => (${expression}))
            .then((value) => done({ value }), (error) => done({ error: String(error) }));`,
        args: [],
      });
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.value;
    },
    // WebDriver tells of none.
    errors: () => [],
    async close() {
      await ask('DELETE', session);
      driver.kill();
    },
  };
}

async function listening(ask: () => Promise<unknown>): Promise<void> {
  for (let left = ASKS; left > 0; left--) {
    try {
      await ask();
      return;
    } catch {
      await pause(100);
    }
  }
  throw new Error('WebKitWebDriver does not answer. Does it start by itself?');
}
