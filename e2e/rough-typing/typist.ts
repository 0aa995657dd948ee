/** Types inputs into an engine as it is shipped, in a page, and tells what no input may bring about. */
import type { Page } from '@playwright/test';
import type { EngineName, Output } from '../../src/engines/engine.ts';
import type {} from '../isolation/published.ts';

export interface Finding {
  input: string;
  what: string;
}

export interface Typed {
  findings: Finding[];
  /** How many were stopped after {@link PATIENCE}: loops that a reader would stop as well. */
  stopped: number;
  /** In milliseconds: the longest that the page could not react. */
  longestGap: number;
}

/** In milliseconds: what goes on longer is stopped. */
const PATIENCE = 20_000;
/** The same for each line of a whole file that was pasted: ten thousand statements take their time. */
const PATIENCE_OF_LINE = 5;

/** What may go on for ever because it says so. */
const ENDLESS = /\b(for|while|do|recursive|generate_series|sleep|pg_sleep|repeat|wait)\b/i;

/** Words of the machinery, which no database says to a reader. */
const MACHINERY =
  /Invalid code point|memory access|unreachable|RuntimeError|is not iterable \(cannot|Cannot read propert|reading '|is not a function|\[object Object\]|\bat \w+ \(|null function|table index|undefined is not/;

/**
 * @param inputs go into one session, which begins anew every now and then, as a page does.
 * @param program whether inputs are programs, whose own mistakes JavaScript words.
 */
export async function type(
  page: Page,
  engine: EngineName,
  inputs: readonly string[],
  program: boolean,
): Promise<Typed> {
  const answers = await page.evaluate(
    async ({ engine, inputs, PATIENCE, PATIENCE_OF_LINE }) => {
      const session =
        globalThis.session?.engine === engine ? globalThis.session : runner.session(engine);
      globalThis.session = session;
      let longestGap = 0;
      let last = performance.now();
      const watch = setInterval(() => {
        longestGap = Math.max(longestGap, performance.now() - last);
        last = performance.now();
      }, 10);
      const results: { failed: string | null; texts: string[]; stopped: boolean }[] = [];
      for (const [index, code] of inputs.entries()) {
        const texts: string[] = [];
        const collect = (value: unknown): void => {
          if (typeof value === 'string') texts.push(value);
        };
        const onOutput = (output: Output): void => {
          if (output.kind === 'error')
            [output.message, output.detail, output.hint].forEach(collect);
          // A client that waits has no reply yet.
          else if (output.kind === 'transcript' && output.reply !== '') collect(output.reply);
        };
        let stopped = false;
        const stop = setTimeout(
          () => {
            stopped = true;
            session.stop();
          },
          PATIENCE + PATIENCE_OF_LINE * code.split('\n').length,
        );
        let failed: string | null = null;
        try {
          const anew = index % 25 === 0 ? { start: () => ({ dataset: null }) } : {};
          await session.run({ files: [{ name: 'input', code }] }, { onOutput, ...anew });
        } catch (error) {
          failed = String(error);
        }
        clearTimeout(stop);
        results.push({ failed, texts, stopped });
      }
      clearInterval(watch);
      return { results, longestGap };
    },
    { engine, inputs, PATIENCE, PATIENCE_OF_LINE },
  );
  const findings: Finding[] = [];
  let stopped = 0;
  for (const [index, { failed, texts, stopped: hung }] of answers.results.entries()) {
    const input = inputs[index]!;
    if (hung) stopped += 1;
    if (hung && !ENDLESS.test(input)) findings.push({ input, what: 'hangs' });
    else if (failed !== null && !hung) findings.push({ input, what: failed });
    const leak = program ? undefined : texts.find((text) => MACHINERY.test(text));
    if (leak !== undefined) findings.push({ input, what: leak });
    if (texts.some((text) => text.trim() === '')) findings.push({ input, what: 'an empty answer' });
  }
  return { findings, stopped, longestGap: answers.longestGap };
}
