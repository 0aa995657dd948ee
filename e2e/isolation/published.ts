/**
 * What the site ships, in a page of its own: the `test` of journeys that run scripts on published engines rather than
 * pressing a cell's buttons.
 */
import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import type { EngineName, Output, Script, ScriptFile } from '../../src/engines/engine.ts';
import type { Runner, Session } from '../../src/running/runner/client.ts';
import { openSite, type Site } from './site.ts';

declare global {
  var runner: Runner;
  var session: Session | undefined;
}

export { expect };

/** The page stands on the site, and has its `runner`. */
export const test = base.extend<object, { site: Site }>({
  site: [
    async ({}, use) => {
      const site = await openSite(path.resolve(import.meta.dirname, '../..'), 'as published');
      await use(site);
      await site.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  page: async ({ page, site }, use) => {
    await openRunner(page, site);
    await use(page);
  },
});

export async function openRunner(page: Page, site: Site): Promise<void> {
  await page.goto(site.address);
  await page.waitForFunction(() => 'runner' in globalThis);
}

/** One run of the page's session. */
export interface Step {
  script: Script;
  /** The run begins anew, with this dataset. Without it, it goes on where the one before ended. */
  from?: { dataset: ScriptFile | null };
}

export interface Ran {
  outputs: Output[];
  /** Why the run broke off, if it did. */
  failed: string | null;
}

/** Runs scripts in the page's one session of an engine, one after the other. */
export function runSteps(page: Page, engine: EngineName, steps: readonly Step[]): Promise<Ran[]> {
  return page.evaluate(
    async ({ engine, steps }) => {
      const session =
        globalThis.session?.engine === engine ? globalThis.session : runner.session(engine);
      globalThis.session = session;
      const ran: Ran[] = [];
      for (const { script, from } of steps) {
        const outputs: Output[] = [];
        let failed: string | null = null;
        const onOutput = (output: Output): number => outputs.push(output);
        try {
          await session.run(script, { onOutput, ...(from && { start: () => from }) });
        } catch (error) {
          failed = String(error);
        }
        ran.push({ outputs, failed });
      }
      return ran;
    },
    { engine, steps: steps as Step[] },
  );
}

/** A script of one file. */
export const scriptOf = (code: string): Script => ({ files: [{ name: 'script', code }] });
