import { describe, expect, it } from 'vitest';
import { toHtml } from '../../../running/cells/output/tree.ts';
import type { CheckResult, Verdict } from '../check.ts';
import { renderVerdict, summaryOf } from './verdict-list.ts';

const html = (verdict: Verdict): string => renderVerdict(verdict).map(toHtml).join('');
const checked = (...results: CheckResult[]): Verdict => ({
  kind: 'checked',
  passed: results.every(({ state }) => state === 'holds'),
  results,
});
const holds: CheckResult = {
  name: 'price',
  state: 'holds',
  message: 'A negative price is refused.',
};
const missing: CheckResult = {
  name: 'toys',
  state: 'missing',
  message: '`toys` cannot be stored without **ALTER TABLE**.',
  detail: 'ERROR: column "attributes" does not exist',
};
const notRun: CheckResult = { name: 'order', state: 'not-run', message: 'Not checked yet.' };

describe('a verdict', () => {
  it.each([
    [checked(holds), 'Solved: the check holds.'],
    [checked(holds, holds), 'Solved: both checks hold.'],
    [checked(holds, holds, holds), 'Solved: all 3 checks hold.'],
    [checked(missing), 'Not yet: the check does not hold.'],
    [checked(missing, holds), 'Not yet: 1 of 2 checks holds.'],
    [checked(missing, notRun), 'Not yet: 0 of 2 checks hold.'],
    [checked(missing, holds, holds), 'Not yet: 2 of 3 checks hold.'],
  ])('is told in a sentence: %#', (verdict, sentence) => {
    expect(summaryOf(verdict)).toBe(sentence);
  });

  it('says of each check in words and with a sign how it ended', () => {
    const shown = html(checked(holds, missing, notRun));
    expect(shown).toContain('<li data-state="holds">');
    expect(shown).toContain('<b>Holds:</b> A negative price is refused.');
    expect(shown).toContain('<span class="verdict-sign" aria-hidden="true">✗</span>');
    expect(shown).toContain('<b>Not run:</b> Not checked yet.');
  });

  it('has the marks of its author, and the words of the database as they are', () => {
    const shown = html(checked({ ...missing, detail: 'no column `a` <b>' }));
    expect(shown).toContain(
      '<code>toys</code> cannot be stored without <strong>ALTER TABLE</strong>.',
    );
    expect(shown).toContain('<p class="verdict-detail">no column `a` &lt;b&gt;</p>');
  });

  it('keeps the lines of a plan, and cuts off what nobody reads', () => {
    const plan = html(checked({ ...missing, detail: 'The plan:\nSeq Scan on products' }));
    expect(plan).toMatch(/<pre class="verdict-detail"[^>]*>The plan:\nSeq Scan on products<\/pre>/);
    expect(html(checked({ ...missing, detail: 'x'.repeat(100_000) })).length).toBeLessThan(2000);
  });

  it('on code that the engine refuses is the engine’s error with its line, and no list', () => {
    const failure = { line: 3, message: 'ERROR: relation "<toys>" does not exist' };
    const shown = html({ kind: 'error', failure, results: [notRun, notRun] });
    expect(shown).toContain('The engine refuses line 3 of your code. Nothing was checked.');
    expect(shown).toContain('>ERROR: relation &quot;&lt;toys&gt;&quot; does not exist</pre>');
    expect(shown).not.toContain('<li');
  });
});
