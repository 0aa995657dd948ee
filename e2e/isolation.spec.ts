/**
 * What a cell runs is a stranger's program. Here it tries what it must not be able to do, from inside
 * the worker, in a real browser, under the course's policy.
 */
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { Output, RunSummary } from '../src/engines/engine.ts';
import type { Progress, Runner, Session } from '../src/running/runner/client.ts';
import { bytesToFetch } from '../src/running/runner/manifest.ts';
import { openSite, type Site } from './isolation/site.ts';

declare global {
  var runner: Runner;
  var session: Session | undefined;
}

let site: Site;
test.beforeAll(async () => {
  site = await openSite(path.resolve(import.meta.dirname, '..'));
});
test.afterAll(() => site.close());

/** Requests by any client for anything but the site's own address. */
let foreign: string[];
let violations: string[];
test.beforeEach(async ({ page }) => {
  site.fault = 'none';
  site.requests.length = 0;
  foreign = [];
  violations = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(blob|data|about):/.test(url) && !url.startsWith(site.address)) foreign.push(url);
  });
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text());
  });
  await page.goto(site.address);
});
test.afterEach(() => expect(foreign).toEqual([]));

interface Outcome {
  outputs: Output[];
  summary?: RunSummary;
  error?: { name: string; message: string };
}

/** Runs a script in the page's session, a new one if the engine is another. */
function run(
  page: Page,
  engine: 'sqlite' | 'documents' | 'postgres',
  code: string,
): Promise<Outcome> {
  return page.evaluate(
    async ({ engine, code }) => {
      const session =
        globalThis.session?.engine === engine ? globalThis.session : runner.session(engine);
      globalThis.session = session;
      const outputs: Output[] = [];
      try {
        const files = [{ name: 'cell', code }];
        const onOutput = (output: Output) => outputs.push(output);
        return { outputs, summary: await session.run({ files }, { onOutput }) };
      } catch (error) {
        const { name, message } = error as Error;
        return { outputs, error: { name, message } };
      }
    },
    { engine, code },
  );
}

/** Runs JavaScript in a worker; what it prints, by line. */
async function javascript(page: Page, code: string): Promise<string[]> {
  const { outputs, error } = await run(page, 'documents', code);
  expect(error).toBeUndefined();
  return outputs.map((output) => {
    if (output.kind === 'text') return output.text;
    return output.kind === 'error' ? `${output.code}: ${output.message}` : output.kind;
  });
}

/** Starts an endless script, stops it half a second later, and says how long stopping took. */
function stopEndless(page: Page, engine: 'sqlite' | 'documents' | 'postgres', code: string) {
  return page.evaluate(
    async ({ engine, code }) => {
      globalThis.session = runner.session(engine);
      let begun!: () => void;
      const running = new Promise<void>((resolve) => (begun = resolve));
      const onProgress = ({ stage }: Progress) => stage === 'run' && begun();
      const files = [{ name: 'cell', code }];
      const outcome = session!.run({ files }, { onProgress }).then(
        () => 'it ended by itself',
        (error: Error) => error.name,
      );
      await running;
      await new Promise((resolve) => setTimeout(resolve, 500));
      const start = performance.now();
      session!.stop();
      const ended = await outcome;
      return { ended, milliseconds: performance.now() - start };
    },
    { engine, code },
  );
}

test.describe('code in a worker', () => {
  test('reads nothing that the site has stored', async ({ page, context }) => {
    await context.addCookies([{ name: 'login', value: 'secret', url: site.address }]);
    await page.evaluate(async () => {
      localStorage.setItem('progress', 'secret');
      sessionStorage.setItem('progress', 'secret');
      await caches.open('offline');
      await new Promise((resolve) => (indexedDB.open('notes').onsuccess = resolve));
    });
    const printed = await javascript(
      page,
      `const attempts = {
         origin: () => self.origin,
         localStorage: () => localStorage.length,
         sessionStorage: () => sessionStorage.length,
         cookie: () => document.cookie,
         cookieStore: () => cookieStore.getAll().then((all) => all.length),
         indexedDB: () => new Promise((resolve, reject) => {
           const request = indexedDB.open('notes');
           request.onsuccess = () => resolve('opened');
           request.onerror = () => reject(request.error);
         }),
         caches: () => caches.keys().then((keys) => keys.length),
         files: () => navigator.storage.getDirectory().then(() => 'opened'),
       };
       for (const [name, attempt] of Object.entries(attempts)) {
         try { print(name + ': ' + await attempt()); } catch (error) { print(name + ': ' + error.name); }
       }`,
    );
    expect(printed).toHaveLength(8);
    expect(printed[0]).toBe('origin: null');
    // What is missing is a ReferenceError or TypeError, what is there is refused.
    const refused = /: (Reference|Type|Security)Error$/;
    expect(printed.slice(1).filter((line) => !refused.test(line))).toEqual([]);
  });

  test('makes no request, by any way there is', async ({ page }) => {
    await javascript(page, `print('warm')`);
    const before = site.requests.length;
    const printed = await javascript(
      page,
      `const url = '${site.address}/secret';
       const heard = (target) => new Promise((resolve, reject) => {
         target.onopen = target.onmessage = target.onload = () => resolve('went through');
         target.onerror = () => reject(new Error('refused'));
       });
       const attempts = {
         fetch: () => fetch(url, { mode: 'no-cors' }).then(() => 'went through'),
         XMLHttpRequest: () => { const x = new XMLHttpRequest(); const done = heard(x); x.open('GET', url); x.send(); return done; },
         synchronous: () => { const x = new XMLHttpRequest(); x.open('GET', url, false); x.send(); return 'went through'; },
         WebSocket: () => heard(new WebSocket(url.replace('http', 'ws'))),
         EventSource: () => heard(new EventSource(url)),
         importScripts: () => { importScripts(url); return 'went through'; },
         import: () => import(url).then(() => 'went through'),
         Worker: () => heard(new Worker(url)),
         'fetch by a worker of its own': () => {
           const program = "fetch('" + url + "').then(() => postMessage(0), (error) => { throw error; });";
           return Promise.race([
             heard(new Worker(URL.createObjectURL(new Blob([program])))),
             new Promise((_, reject) => setTimeout(reject, 1000, new Error('silence'))),
           ]);
         },
         WebTransport: () => new WebTransport(url.replace('http:', 'https:')).ready.then(() => 'went through'),
       };
       for (const [name, attempt] of Object.entries(attempts)) {
         try { print(name + ': ' + await attempt()); } catch (error) { print(name + ': refused'); }
       }`,
    );
    expect(printed).toHaveLength(10);
    expect(printed.filter((line) => !line.endsWith(': refused'))).toEqual([]);
    expect(site.requests.slice(before)).toEqual([]);
    // The address is a good one: the page itself is answered.
    expect(await page.evaluate(() => fetch('/secret').then((r) => r.text()))).toBe('the answer');
  });

  test('does not reach the page, nor leads it away', async ({ page }) => {
    const printed = await javascript(
      page,
      `for (const name of ['window', 'document', 'parent', 'top', 'opener', 'frames', 'open', 'alert']) {
         print(name + ': ' + typeof self[name]);
       }
       try { location.href = '${site.address}/secret'; print('set'); } catch (error) { print(error.name); }
       new BroadcastChannel('course').postMessage('hello');
       print('eval: ' + (() => { try { return eval('1'); } catch (error) { return error.name; } })());`,
    );
    expect(printed.slice(0, 8).filter((line) => !line.endsWith(': undefined'))).toEqual([]);
    expect(printed.at(-1)).toBe('eval: EvalError');
    expect(page.url()).toBe(`${site.address}/`);
    await expect(page.getByRole('heading', { name: 'A page' })).toBeVisible();
    expect(site.requests).not.toContain('/secret');
  });

  test('cannot be heard by the page on any channel but its own', async ({ page }) => {
    await page.evaluate(() => {
      const heard: unknown[] = [];
      Object.assign(globalThis, { heard });
      new BroadcastChannel('course').onmessage = ({ data }) => heard.push(data);
      addEventListener('message', ({ data }) => heard.push(data));
    });
    await javascript(page, `new BroadcastChannel('course').postMessage('hello'); print('sent');`);
    expect(await page.evaluate(() => (globalThis as { heard?: unknown[] }).heard)).toEqual([]);
  });

  test('that speaks to the frame is ended', async ({ page }) => {
    const { error } = await run(
      page,
      'documents',
      `postMessage('hello'); await new Promise(() => {});`,
    );
    expect(error?.name).toBe('EngineCrashed');
    expect(await javascript(page, `print('again')`)).toEqual(['again']);
  });
});

/** Gets hold of the worker's port to the page, as a hostile program can, and of the number of the question. */
const STEAL_PORT = `
  let id;
  const port = await new Promise((resolve) => {
    const post = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function (message) {
      MessagePort.prototype.postMessage = post;
      id = message.id;
      resolve(this);
      return post.call(this, message);
    };
    print('bait');
  });`;

test.describe('the page', () => {
  test('ends a session that floods it, and stays awake meanwhile', async ({ page }) => {
    await page.evaluate(() => {
      let longest = 0;
      let last = performance.now();
      setInterval(() => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
        Object.assign(globalThis, { longest });
      }, 10);
    });
    const { outputs, error } = await run(
      page,
      'documents',
      `${STEAL_PORT}
       const origin = { file: 0, line: 1, statement: 0 };
       for (;;) port.postMessage({ type: 'outputs', id, outputs: [{ kind: 'text', origin, text: 'flood' }] });`,
    );
    expect(error).toMatchObject({ name: 'EngineCrashed' });
    expect(error?.message).toContain('too many');
    expect(outputs.length).toBeLessThan(1000);
    expect(await page.evaluate(() => (globalThis as { longest?: number }).longest)).toBeLessThan(
      2000,
    );
    expect(await javascript(page, `print('again')`)).toEqual(['again']);
  });

  test('shows a program that prints without end its first outputs only', async ({ page }) => {
    const printed = await javascript(page, `for (let i = 0; i < 100_000; i++) print('line ' + i);`);
    expect(printed[0]).toBe('line 0');
    expect(printed.at(-1)).toBe('limit');
    expect(printed.length).toBeLessThan(500);
  });

  for (const [what, message] of Object.entries({
    'something that is no message': `null`,
    'an output of an unknown kind': `{ type: 'outputs', id, outputs: [{ kind: 'html', origin, html: '<img>' }] }`,
    'an object for text': `{ type: 'outputs', id, outputs: [{ kind: 'text', origin, text: { toString: null } }] }`,
    'an answer to another question': `{ type: 'done', id: id + 6, summary: { milliseconds: 1, statements: 1, errors: 0 } }`,
  })) {
    test(`ends a session that sends ${what}`, async ({ page }) => {
      const { error } = await run(
        page,
        'documents',
        `${STEAL_PORT} const origin = { file: 0, line: 1, statement: 0 };
         port.postMessage(${message}); await new Promise(() => {});`,
      );
      expect(error?.name).toBe('EngineCrashed');
      expect(await javascript(page, `print('again')`)).toEqual(['again']);
    });
  }

  test('hands on markup in a result as the text that it is', async ({ page }) => {
    const { outputs } = await run(page, 'sqlite', `SELECT '<img src=x onerror=alert(1)>' AS html`);
    expect(outputs[0]).toMatchObject({ kind: 'table', rows: [['<img src=x onerror=alert(1)>']] });
  });
});

test.describe('Stop', () => {
  test('ends an endless loop within a second, and the session works again', async ({ page }) => {
    const { ended, milliseconds } = await stopEndless(page, 'documents', `for (;;) {}`);
    expect(ended).toBe('RunStopped');
    expect(milliseconds).toBeLessThan(1000);
    expect(await javascript(page, `print('again')`)).toEqual(['again']);
  });

  for (const [what, engine, query] of [
    [
      'an endless SQLite query',
      'sqlite',
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n',
    ],
    [
      'an endless PostgreSQL query',
      'postgres',
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT count(*) FROM n',
    ],
    [
      'a PostgreSQL query over 10^15 rows',
      'postgres',
      'SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b, generate_series(1, 100000) c',
    ],
  ] as const) {
    test(`ends ${what} within a second, and the session works again`, async ({ page }) => {
      const { ended, milliseconds } = await stopEndless(page, engine, query);
      expect(ended).toBe('RunStopped');
      expect(milliseconds).toBeLessThan(1000);
      const { outputs } = await run(page, engine, 'SELECT 1 AS one');
      expect(outputs[0]).toMatchObject({ kind: 'table', rows: [['1']] });
    });
  }

  test('ends what waits its turn as well', async ({ page }) => {
    const names = await page.evaluate(async () => {
      const session = runner.session('documents');
      const run = (code: string) =>
        session.run({ files: [{ name: 'cell', code }] }).catch((error: Error) => error.name);
      const outcomes = [run('for (;;) {}'), run('print(1)'), run('print(2)')];
      await new Promise((resolve) => setTimeout(resolve, 1000));
      session.stop();
      return Promise.all(outcomes);
    });
    expect(names).toEqual(['RunStopped', 'RunStopped', 'RunStopped']);
  });
});

for (const [engine, query] of [
  [
    'sqlite',
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT i FROM n',
  ],
  ['postgres', 'SELECT i FROM generate_series(1, 1000000) AS i'],
] as const) {
  test(`a million rows of ${engine} are capped, and the output says so`, async ({ page }) => {
    const { outputs, summary } = await run(page, engine, query);
    const [table, limit] = outputs;
    expect(table).toMatchObject({ kind: 'table', rowCount: 1_000_000 });
    expect(table?.kind === 'table' && table.rows.length).toBe(200);
    expect(limit).toMatchObject({
      kind: 'limit',
      message: 'Showing the first 200 of 1,000,000 rows.',
    });
    expect(summary?.errors).toBe(0);
  });
}

test.describe('an engine that does not load', () => {
  for (const fault of ['not found', 'another page', 'cut off'] as const) {
    test(`says so when a file is ${fault}, and loads when asked again`, async ({ page }) => {
      site.fault = fault;
      const { error } = await run(page, 'sqlite', 'SELECT 1');
      expect(error?.name).toBe('EngineLoadError');
      expect(error?.message).toMatch(/^Could not load SQLite .*Check your connection and retry\.$/);
      site.fault = 'none';
      const { outputs } = await run(page, 'sqlite', 'SELECT 1 AS one');
      expect(outputs[0]).toMatchObject({ kind: 'table', rows: [['1']] });
    });
  }

  test('says so when there is no network', async ({ page, context }) => {
    await context.setOffline(true);
    const { error } = await run(page, 'sqlite', 'SELECT 1');
    expect(error?.name).toBe('EngineLoadError');
    await context.setOffline(false);
    const { outputs } = await run(page, 'sqlite', 'SELECT 1 AS one');
    expect(outputs[0]).toMatchObject({ kind: 'table', rows: [['1']] });
  });
});

test('engines run where the browser denies storage', async ({ page }) => {
  await page.addInitScript(() => {
    const denied = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(globalThis, name, { get: denied });
    }
  });
  await page.reload();
  const { outputs } = await run(page, 'sqlite', 'SELECT 1 AS one');
  expect(outputs[0]).toMatchObject({ kind: 'table', rows: [['1']] });
});

test('nothing of an engine is fetched before it is asked for, and then once', async ({ page }) => {
  await expect.poll(() => page.evaluate(() => typeof globalThis.runner)).toBe('object');
  expect(site.requests).toEqual(['/', '/client.js']);
  await run(page, 'sqlite', 'SELECT 1');
  await page.evaluate(() => session!.stop());
  await run(page, 'sqlite', 'SELECT 1');
  const { worker, assets } = site.manifest.sqlite!;
  const fetched = site.requests.filter((path) => path.startsWith('/_engines/'));
  expect(fetched.toSorted()).toEqual([worker, ...assets].map(({ url }) => url).toSorted());
  expect(violations).toEqual([]);
});

test('progress tells the bytes as they come, and the stages', async ({ page }) => {
  const progress = await page.evaluate(async () => {
    const seen: Progress[] = [];
    const onProgress = (progress: Progress) => seen.push(progress);
    const dataset = { name: 'numbers.sql', code: 'CREATE TABLE n (i INTEGER);' };
    const files = [{ name: 'cell', code: 'SELECT * FROM n' }];
    await runner.session('sqlite').run({ files }, { onProgress, start: () => ({ dataset }) });
    return seen;
  });
  const stages = progress.map(({ stage }) => stage).filter((stage, i, all) => stage !== all[i - 1]);
  expect(stages).toEqual(['download', 'start', 'dataset', 'run']);
  const last = progress.findLast(({ stage }) => stage === 'download');
  const { worker, assets } = site.manifest.sqlite!;
  const total = [worker, ...assets].reduce((sum, { bytes }) => sum + bytes, 0);
  expect(last).toEqual({ stage: 'download', loaded: total, total });
});

test('what it takes to run anything is small, on a host that compresses nothing too', () => {
  // A kilobyte of it holds back what a script printed until the rest of its engine is there.
  expect(site.clientBytes.gzip).toBeLessThan(10_300);
  const { sqlite, postgres } = site.manifest;
  expect(bytesToFetch(sqlite!) + site.clientBytes.raw).toBeLessThan(400_000);
  expect(bytesToFetch(postgres!) + site.clientBytes.raw).toBeLessThan(5_000_000);
});
