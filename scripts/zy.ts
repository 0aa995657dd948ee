import { chromium } from '@playwright/test';
import { browserArgs, findBrowser } from './browser.ts';
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs });
const stacks: Record<string, string> = {
  sans: 'sans-serif', serif: 'serif', mono: 'monospace', systemui: 'system-ui', uisans: 'ui-sans-serif, sans-serif', arial: 'Arial', georgia: 'Georgia, serif', 
  missing1: "'Nope', sans-serif", missing4: "'Nope1','Nope2','Nope3','Nope4', sans-serif",
  ours: `ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial`,
  book: `"Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", "Source Serif 4", Cambria, Georgia, "Liberation Serif", serif`,
  monos: `ui-monospace, SFMono-Regular, Menlo, Monaco, Consolas, "Liberation Mono", "Courier New", monospace`,
};
for (let r = 0; r < 2; r++)
for (const [name, stack] of Object.entries(stacks)) {
  const ctx = await browser.newContext(); const page = await ctx.newPage();
  await page.setContent('<p>x</p>');
  const t = await page.evaluate((stack) => {
    let h = '';
    for (let s = 10; s < 20; s++) for (const w of [400, 600]) h += `<p style="font-size:${s}px;font-weight:${w}">Which of the products was bought</p>`;
    const d = document.createElement('div'); d.style.fontFamily = stack; d.innerHTML = h;
    document.body.append(d);
    const a = performance.now(); d.offsetHeight; return performance.now() - a;
  }, stack);
  console.log(name, t.toFixed(1));
  await ctx.close();
}
await browser.close(); process.exit();
