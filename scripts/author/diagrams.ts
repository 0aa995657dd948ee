/**
 * `npm run diagrams`: draws what changed among the diagrams of `content/` and removes what nobody asks
 * for any more. `npm run diagrams -- --check` only tells, and needs no browser.
 *
 * What is due is drawn in a Chromium; where there is none, that is said before one is installed.
 * `--all` draws everything again. `--content <folder>` and `--out <folder>` serve for trying things.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { AuthoringError } from '../../src/foundation/mistakes/authoring-error.ts';
import { compare, problems } from '../../src/lecture/diagrams/check.ts';
import { collectCourse, kindOf, type DiagramFence } from '../../src/lecture/diagrams/fences.ts';
import { renderAll } from '../../src/lecture/diagrams/render.ts';
import { RENDERED, sizeOf, smallestShown } from '../../src/lecture/diagrams/rendered.ts';
import { fileNameOf } from '../../src/lecture/diagrams/stamp.ts';
import { courseRoot } from '../../src/foundation/content/root.ts';
import { browserArgs, findBrowser, thisMachine } from '../browser/find.ts';

/** Told before a browser is installed. */
const NEEDS = 'Mermaid draws in a real browser: only there is text as wide as readers see it.';

const root = courseRoot(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    content: { type: 'string', default: join(root, 'content') },
    out: { type: 'string', default: join(root, RENDERED) },
  },
});
const out = resolve(options.out);

try {
  const fences = collectCourse(resolve(options.content), root);
  const failures = options.check ? [] : await draw(fences);
  failures.push(...problems(fences, out, relative(root, out)).filter(isNews(failures)));
  for (const message of failures) console.error(message);
  if (failures.length) process.exitCode = 1;
  else console.log(`Diagrams: ${fences.length}, all as their fences say.`);
} catch (error) {
  if (!(error instanceof AuthoringError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** Draws what is missing or stale and prints a line for each. What failed is returned, as messages. */
async function draw(fences: DiagramFence[]): Promise<string[]> {
  const { missing, stale, orphans } = compare(fences, out);
  for (const name of orphans) {
    rmSync(join(out, name));
    console.log(`removed ${name}`);
  }
  const due = options.all ? fences : [...missing, ...stale];
  if (!due.length) return [];
  const browser = await chromium.launch({
    executablePath: await findBrowser(thisMachine, NEEDS),
    args: browserArgs,
  });
  const failures: string[] = [];
  try {
    mkdirSync(out, { recursive: true });
    await renderAll(browser, due, (rendered) => {
      if ('error' in rendered) {
        failures.push(rendered.error.message);
        return;
      }
      writeFileSync(join(out, fileNameOf(rendered.fence)), rendered.svg);
      report(rendered.fence);
    });
  } finally {
    await browser.close();
  }
  return failures;
}

function report(fence: DiagramFence): void {
  const svg = readFileSync(join(out, fileNameOf(fence)), 'utf8');
  const { width, height } = sizeOf(svg);
  console.log(
    `drew ${fileNameOf(fence).padEnd(40)} ${kindOf(fence.source).padEnd(16)} ` +
      `${`${width} × ${height}`.padEnd(12)} text ≥ ${smallestShown(svg, fence).toFixed(1)} px, ` +
      `${(gzipSync(svg).length / 1000).toFixed(1)} kB gzip`,
  );
}

/** A diagram that could not be drawn is told once: not again as missing. */
function isNews(failures: string[]): (message: string) => boolean {
  const drawn = failures.map((message) => /diagram "([^"]+)"/.exec(message)?.[1]);
  return (message) => {
    const id = /diagram "([^"]+)" (has no drawing|changed)/.exec(message)?.[1];
    return id === undefined || !drawn.includes(id);
  };
}
