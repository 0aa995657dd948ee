import { chromium } from '@playwright/test';
import { join } from 'node:path';
import { browserArgs, findBrowser } from './browser.ts';
import { ROOT } from './command.ts';
import { lecturePages } from './lecture-pages.ts';
import { listenOnFreePort } from './port.ts';
import { createSiteServer } from './serve.ts';
const server = createSiteServer({ folder: process.env.SITE ?? join(ROOT, 'dist') });
const port = await listenOnFreePort(server, 5300);
const b = await findBrowser();
const browser = await chromium.launch({ executablePath: (b as any).path ?? (b as any), args: browserArgs });
const which = process.argv.slice(2);
for (const path of which) {
 for (let round = 0; round < 5; round++) {
  const ctx = await browser.newContext({ viewport: { width: 412, height: 823 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1.75 });
  const page = await ctx.newPage();
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel', 'v8.execute', 'blink.user_timing'] });
  await page.goto(`http://localhost:${port}${path}`, { waitUntil: 'load' });
  await page.waitForTimeout(1200);
  const buf = await browser.stopTracing();
  const trace = JSON.parse(buf.toString());
  const ev = trace.traceEvents.filter((e: any) => e.ph === 'X');
  const mains = trace.traceEvents.filter((e: any) => e.name === 'thread_name' && e.args.name === 'CrRendererMain').map((e: any) => e.pid + ':' + e.tid);
  const count: Record<string, number> = {};
  for (const e of ev) { const k = e.pid + ':' + e.tid; if (mains.includes(k)) count[k] = (count[k] ?? 0) + e.dur; }
  const main = Object.entries(count).sort((a, b) => b[1] - a[1])[0]![0];
  const on = ev.filter((e: any) => e.pid + ':' + e.tid === main).sort((a: any, b: any) => a.ts - b.ts);
  const t0 = on[0].ts;
  const tasks = on.filter((e: any) => e.name === 'RunTask' && e.dur > 9000);
  console.log('==', path, 'round', round);
  let tbt = 0;
  for (const t of tasks) {
    tbt += Math.max(0, t.dur / 1000 * 4 - 50);
    console.log(`task at ${((t.ts - t0) / 1000).toFixed(0)} ${(t.dur / 1000).toFixed(1)} ms`);
    const inside = on.filter((e: any) => e !== t && e.ts >= t.ts && e.ts + e.dur <= t.ts + t.dur && e.dur > 800 && !/RunTask|ThreadController|SimpleWatcher|Connector|Receive mojo|Receive|mojo/.test(e.name));
    for (const e of inside) console.log('     ', (e.dur / 1000).toFixed(1), e.name, JSON.stringify(e.args?.beginData ?? e.args?.data ?? e.args ?? {}).slice(0, 170), e.args?.elementCount ?? '');
  }
  const sum = (n: string) => (on.filter((e: any) => e.name === n).reduce((a: number, e: any) => a + e.dur, 0) / 1000).toFixed(0);
  console.log('SUM', path, round, 'layout', sum('Layout'), 'style', sum('UpdateLayoutTree'), 'parse', sum('ParseHTML'), 'eval', sum('EvaluateScript'), 'paint', sum('Paint'), 'prepaint', sum('PrePaint'), 'all', (on.filter((e: any) => e.name === 'RunTask').reduce((a: number, e: any) => a + e.dur, 0) / 1000).toFixed(0), 'TBT', tbt.toFixed(0));
  if (process.env.SELF && round === 1) {
    const self: Record<string, number> = {}; const stack: any[] = [];
    for (const e of [...on].sort((a: any, b: any) => a.ts - b.ts || b.dur - a.dur)) {
      while (stack.length && stack.at(-1).ts + stack.at(-1).dur <= e.ts) stack.pop();
      if (stack.length) self[stack.at(-1).name] = (self[stack.at(-1).name] ?? 0) - e.dur;
      self[e.name] = (self[e.name] ?? 0) + e.dur; stack.push(e);
    }
    for (const [n, d] of Object.entries(self).sort((a, b) => b[1] - a[1]).slice(0, 22)) console.log('   ', (d / 1000).toFixed(1), n);
  }
  await ctx.close();
 }
}
await browser.close();
process.exit();
