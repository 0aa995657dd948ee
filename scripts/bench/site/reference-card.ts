/**
 * How long the reference card takes to answer a keystroke, as it is and with ten times the entries.
 *
 * Two times for each keystroke, both from the event on. The answer: the page is filtered and laid out
 * anew. The picture: on top of it the whole frame, with its scripts, what the browser finds in sight only
 * then, and painting, which depends on the graphics of the machine. The wait for the frame is left out,
 * as it depends on the screen.
 */
import type { Browser } from '@playwright/test';
import { readReference } from '../../../src/lecture/reference/read.ts';
import { ROOT } from '../../process/command.ts';
import type { Row } from './row.ts';

const ENTRY = /<article class="card-entry"[\s\S]*?<\/article>/g;
const TIMES = 10;
/** One frame of a screen. */
const REACH = 16;

/** In milliseconds, from coming to the filter, by a click or by `/`, to the first key. */
const BEFORE_TYPING = 500;

/** What is typed: from one letter on, by name, by synonym, by engine, with a typo. */
const QUERIES = ['lookup', 'leaderboard', 'redis queue', 'lokup', 'mongodb join'];

/** Every entry, and copies of it with ids of their own. */
function multiplied(html: string, times: number): string {
  return html.replace(ENTRY, (entry) =>
    Array.from({ length: times }, (_, copy) =>
      copy === 0
        ? entry
        : entry.replace(/\b(id|aria-labelledby)="([^"]+)"/g, `$1="$2-copy-${copy}"`),
    ).join(''),
  );
}

/** Milliseconds from a keystroke on. */
interface Took {
  answer: number;
  picture: number;
}

/** The slowest keystroke: each the best of `rounds`, as others use the machine too. */
async function slowest(
  browser: Browser,
  origin: string,
  times: number,
  rounds: number,
): Promise<Took> {
  const best = new Map<string, Took>();
  // Each on a page of its own: an entry that was in sight before costs less to show again.
  for (let round = 0; round < rounds; round++)
    for (const [key, took] of await keystrokes(browser, origin, times)) {
      const { answer, picture } = best.get(key) ?? took;
      best.set(key, {
        answer: Math.min(answer, took.answer),
        picture: Math.min(picture, took.picture),
      });
    }
  const all = [...best.values()];
  return {
    answer: Math.max(...all.map(({ answer }) => answer)),
    picture: Math.max(...all.map(({ picture }) => picture)),
  };
}

/** How long each keystroke takes, by what it makes of the query. */
async function keystrokes(
  browser: Browser,
  origin: string,
  times: number,
): Promise<[string, Took][]> {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    await page.route('**/reference/', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: multiplied(await response.text(), times) });
    });
    await page.goto(`${origin}/reference/`, { waitUntil: 'networkidle' });
    const count = await page.locator('.card-entry').count();
    const entries = readReference(ROOT).flatMap((group) => group.entries).length;
    if (count !== entries * times) throw new Error(`The page has ${count} entries.`);
    await page.locator('#card-query').focus();
    await page.waitForTimeout(BEFORE_TYPING);
    return await page.evaluate(async (queries) => {
      const card = document.querySelector('reference-card')!;
      const input = document.querySelector<HTMLInputElement>('#card-query')!;
      const task = (): Promise<unknown> => {
        const { port1, port2 } = new MessageChannel();
        const reached = new Promise((resolve) => (port1.onmessage = resolve));
        port2.postMessage(undefined);
        return reached;
      };
      // A frame is one task, from the callbacks that were asked for to the picture: the next task is after it.
      const frame = (): Promise<number> =>
        new Promise((resolve) => {
          requestAnimationFrame(() => {
            const started = performance.now();
            void task().then(() => resolve(performance.now() - started));
          });
        });
      const keystroke = async (value: string): Promise<{ answer: number; picture: number }> => {
        input.value = value;
        const painted = frame();
        const started = performance.now();
        input.dispatchEvent(new Event('input'));
        void document.body.offsetHeight;
        const answer = performance.now() - started;
        return { answer, picture: answer + (await painted) };
      };
      // A reader types slower than the card fills: the next keystroke finds all of it shown.
      const filled = async (): Promise<void> => {
        do await frame();
        while (card.hasAttribute('data-following'));
        await frame();
      };
      const took: [string, { answer: number; picture: number }][] = [];
      await filled();
      for (const query of queries) {
        const typed = [...query].map((_, index) => query.slice(0, index + 1));
        // And deleted again, down to the whole card.
        for (const value of [...typed, ...typed.toReversed().slice(1), '']) {
          const key = `${value} of ${query}, ${input.value.length < value.length ? 'typed' : 'deleted'}`;
          took.push([key, await keystroke(value)]);
          await filled();
        }
      }
      return took;
    }, QUERIES);
  } finally {
    await context.close();
  }
}

/** @param origin where the built site is served */
export async function benchReferenceCard(
  browser: Browser,
  origin: string,
  rounds: number,
): Promise<Row> {
  const asItIs = await slowest(browser, origin, 1, rounds);
  const longer = await slowest(browser, origin, TIMES, rounds);
  return {
    what: `reference card, slowest keystroke with ${TIMES} times the entries: filtered and laid out`,
    measured: `${longer.answer.toFixed(1)} ms, painted ${longer.picture.toFixed(1)} ms`,
    beside: `as it is: ${asItIs.answer.toFixed(1)} ms, painted ${asItIs.picture.toFixed(1)} ms`,
    figure: `${longer.answer.toFixed(1)} ms`,
    reach: `≤ ${REACH} ms`,
    reached: longer.answer <= REACH,
  };
}
