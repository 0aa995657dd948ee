/** Draws diagrams with Mermaid, in a browser: nothing else can measure text the way readers see it. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import type { Mermaid } from 'mermaid';
import { rolldown } from 'rolldown';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { kindOf, KINDS, type DiagramFence } from './fences.ts';
import type { flattenDrawing, FlatDrawing } from './flatten/flatten.ts';
import { finish, idPrefix } from './svg.ts';
import { classDefinitions, MERMAID_CONFIG } from './theme.ts';

/** A drawing, or why there is none. */
export type Rendered =
  { fence: DiagramFence; svg: string } | { fence: DiagramFence; error: AuthoringError };

/** Free space around a drawing, in its units: half of the heaviest outline. */
const PADDING = 2;

/**
 * Draws the fences one after the other.
 *
 * @param browser a running Chromium; one page of it is used, without network.
 * @param onRendered called after each, for progress.
 */
export async function renderAll(
  browser: Browser,
  fences: DiagramFence[],
  onRendered: (rendered: Rendered) => void = () => undefined,
): Promise<Rendered[]> {
  const context = await browser.newContext({ offline: true });
  try {
    const page = await context.newPage();
    await prepare(page);
    const all: Rendered[] = [];
    for (const fence of fences) {
      const rendered = await render(page, fence);
      all.push(rendered);
      onRendered(rendered);
    }
    return all;
  } finally {
    await context.close();
  }
}

/** What {@link prepare} leaves in the page. */
declare const mermaid: Mermaid;
declare const flatten: { flattenDrawing: typeof flattenDrawing };

/** Loads Mermaid and the flattening into the page. */
async function prepare(page: Page): Promise<void> {
  const mermaidPackage = createRequire(import.meta.url).resolve('mermaid/package.json');
  await page.setContent('<!doctype html><meta charset="utf-8"><body></body>');
  await page.addScriptTag({
    path: fileURLToPath(new URL('dist/mermaid.min.js', new URL(`file://${mermaidPackage}`))),
  });
  await page.addScriptTag({ content: await flatteningScript() });
  await page.evaluate((config) => mermaid.initialize(config), MERMAID_CONFIG);
}

async function flatteningScript(): Promise<string> {
  const input = fileURLToPath(new URL('./flatten/flatten.ts', import.meta.url));
  const bundle = await rolldown({ input });
  const { output } = await bundle.generate({ format: 'iife', name: 'flatten' });
  await bundle.close();
  return output[0].code;
}

async function render(page: Page, fence: DiagramFence): Promise<Rendered> {
  const classes = KINDS[kindOf(fence.source)]?.classes ? `\n${classDefinitions()}` : '';
  try {
    const flat: FlatDrawing = await page.evaluate(
      async ({ source, id, padding }) => {
        const { svg } = await mermaid.render(id, source);
        return flatten.flattenDrawing({ svg, id, padding });
      },
      {
        source: fence.source + classes,
        id: idPrefix(fence),
        padding: PADDING,
      },
    );
    return { fence, svg: finish(flat, fence) };
  } catch (error) {
    if (error instanceof AuthoringError) return { fence, error };
    return { fence, error: explain(error as Error, fence) };
  }
}

/** Mermaid counts lines from the source's first; the author counts from the file's. */
function explain({ message }: Error, fence: DiagramFence): AuthoringError {
  const [first = '', ...rest] = message
    .replace(/^page\.evaluate: (Error: )?/, '')
    .split('\n')
    .filter((line) => !/^\s+at /.test(line));
  const line = Number(/on line (\d+)/.exec(first)?.[1] ?? 0);
  const inFence = Math.min(line, fence.source.split('\n').length);
  const detail = [first.replace(/ on line \d+/, ''), ...rest].join('\n  ').trimEnd();
  return new AuthoringError(
    fence.file,
    fence.line + inFence,
    `Mermaid cannot read diagram "${fence.id}". ${detail}`,
  );
}
