/** Lighthouse's verdict on pages as a phone gets them, beside a default Starlight page. */
import { createServer } from 'node:net';
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { browserArgs, findBrowser } from '../../browser/find.ts';
import { median } from '../../check/budgets/page-weight.ts';
import { ROOT } from '../../process/command.ts';
import { lecturePages } from '../../build/lecture-pages.ts';
import { listenOnFreePort } from '../../process/port.ts';
import { createSiteServer } from '../../build/serve.ts';
import { buildDefaultStarlight } from './default-starlight.ts';
import { duration, type Row } from './row.ts';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

/** What Lighthouse says about one page. */
interface Verdict {
  /** 0 to 100, in the order of {@link CATEGORIES}: the medians of the runs. */
  scores: number[];
  /** Largest contentful paint in milliseconds, on the simulated phone: the median. */
  lcp: number;
  /** Audits that cost points, in words. */
  lost: string[];
}

async function judge(url: string, debuggingPort: number, runs: number): Promise<Verdict> {
  const scores: number[][] = CATEGORIES.map(() => []);
  const lcp: number[] = [];
  const lost = new Set<string>();
  for (let run = 0; run < runs; run++) {
    const result = await lighthouse(url, {
      port: debuggingPort,
      logLevel: 'error',
      onlyCategories: [...CATEGORIES],
    });
    if (!result) throw new Error(`Lighthouse has nothing to say about ${url}.`);
    const { categories, audits, runtimeError } = result.lhr;
    if (runtimeError) throw new Error(`Lighthouse failed on ${url}: ${runtimeError.message}`);
    CATEGORIES.forEach((name, index) => {
      const category = categories[name]!;
      scores[index]!.push(Math.round((category.score ?? 0) * 100));
      for (const { id, weight } of category.auditRefs)
        if (weight > 0 && (audits[id]?.score ?? 1) < 0.9)
          lost.add([audits[id]!.title, audits[id]!.displayValue ?? ''].join(' '));
    });
    lcp.push(audits['largest-contentful-paint']?.numericValue ?? Infinity);
  }
  return { scores: scores.map(median), lcp: median(lcp), lost: [...lost] };
}

/**
 * Judges the home page, 1.2 and 1.3.
 *
 * @param folder the built site; it is served compressed, as most hosts do
 * @param runs per page; the medians count
 * @param say tells what costs points
 */
export async function benchLighthouse(
  folder: string,
  runs: number,
  say: (text: string) => void,
): Promise<Row[]> {
  const sections = lecturePages(ROOT).filter(({ id }) => id === '1.2' || id === '1.3');
  const probe = createServer();
  const debuggingPort = await listenOnFreePort(probe, 0);
  await new Promise((done) => probe.close(done));
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: [...browserArgs, `--remote-debugging-port=${debuggingPort}`],
  });
  const ours = createSiteServer({ folder, gzip: true });
  const theirs = createSiteServer({
    folder: await buildDefaultStarlight(sections[0]!.source),
    gzip: true,
  });
  try {
    const origin = `http://localhost:${await listenOnFreePort(ours, 0)}`;
    const other = `http://localhost:${await listenOnFreePort(theirs, 0)}`;
    const beside = await judge(`${other}/`, debuggingPort, runs);
    const pages = [
      { name: 'home', path: '/' },
      ...sections.map(({ id, slug }) => ({ name: id, path: `/${slug}/` })),
    ];
    const rows: Row[] = [];
    for (const { name, path } of pages) {
      const verdict = await judge(origin + path, debuggingPort, runs);
      if (verdict.lost.length > 0) say(`Lighthouse on ${name}:\n  ${verdict.lost.join('\n  ')}`);
      rows.push(...rowsOf(name, verdict, beside));
    }
    return rows;
  } finally {
    await browser.close();
    ours.close();
    theirs.close();
  }
}

function rowsOf(name: string, verdict: Verdict, beside: Verdict): Row[] {
  const ratio = verdict.lcp / beside.lcp;
  return [
    {
      what: `Lighthouse mobile, ${name}: performance / accessibility / practices / SEO`,
      measured: verdict.scores.join(' / '),
      beside: `default Starlight: ${beside.scores.join(' / ')}`,
      figure: String(Math.min(...verdict.scores)),
      reach: '100 each',
      reached: verdict.scores.every((score) => score === 100),
    },
    {
      what: `largest contentful paint, ${name}`,
      measured: duration(verdict.lcp),
      beside: `default Starlight: ${duration(beside.lcp)}`,
      figure: ratio.toFixed(2),
      reach: '≤ 1.00',
      reached: ratio <= 1,
    },
  ];
}
