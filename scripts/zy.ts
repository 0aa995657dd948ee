import { chromium } from '@playwright/test';
import { join } from 'node:path';
import { browserArgs, findBrowser } from './browser.ts';
import { ROOT } from './command.ts';
import { listenOnFreePort } from './port.ts';
import { createSiteServer } from './serve.ts';
const port = await listenOnFreePort(createSiteServer({ folder: join(ROOT, 'dist') }), 0);
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs });
for (const path of ['/', '/the-problem/three-broken-solutions/']) {
  const page = await (await browser.newContext({ viewport: { width: 412, height: 823 }, isMobile: true })).newPage();
  await page.goto(`http://localhost:${port}${path}`); await page.waitForTimeout(1500);
  const r = await page.evaluate(() => {
    const seen: Record<string, [number, number, number]> = {};
    const content = document.querySelector('.sl-markdown-content')!;
    let all = 0, shown = 0;
    for (const e of document.querySelectorAll('*')) {
      all++;
      const b = getComputedStyle(e).display !== 'none' && (e as any).checkVisibility({ contentVisibilityAuto: true });
      if (!b) continue; shown++;
      let top: Element = e; while (top.parentElement && top.parentElement !== content && top.parentElement !== document.body) top = top.parentElement;
      const k = (content.contains(e) ? 'C ' : '') + top.tagName + '.' + (top.getAttribute('class') ?? '').slice(0, 30);
      (seen[k] ??= [0, 0, 0]); seen[k]![0]++; 
    }
    return { seen, all, shown };
  });
  console.log(path, r.all, r.shown); for (const [k, v] of Object.entries(r.seen).sort((a, b) => b[1][0] - a[1][0]).slice(0, 25)) console.log('  ', v[0], k);
}
process.exit();
