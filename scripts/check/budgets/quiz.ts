/** What it costs to ask questions, and that pages without any pay nothing. */
import type { Page } from '../../build/built-site/page.ts';
import type { BuiltSite } from '../../build/built-site/site.ts';
import type { LecturePage } from '../../build/lecture-pages.ts';
import type { Measurement } from './budget.ts';
import { gzipSize, Scales, type PageWeight } from './page-weight.ts';

const GROUP = 'questions';
const QUESTION = 'course-question';
const SCRIPT = new RegExp(`customElements\\.define\\(["'\`]${QUESTION}["'\`]`);
const SELF_TEST = 'self-test/index.html';

/**
 * @param lecture the pages of the lecture: those that ask nothing may not load the script.
 * @throws Error if no page asks anything, if one asks without a script, or if there is no self-test
 */
export function measureQuiz(site: BuiltSite, lecture: readonly LecturePage[]): Measurement[] {
  const scales = new Scales(site);
  const built = lecture.flatMap(({ page }) => site.page(page) ?? []);
  /** Scripts that ask questions, with what they import: files of the page, or scripts in it. */
  const quizBytes = (page: Page): number => {
    const files = new Set(
      scales
        .weigh(page)
        .files.filter((path) => path.endsWith('.js') && SCRIPT.test(site.text(path)))
        .flatMap((path) => scales.filesOf(path)),
    );
    const inline = page.scripts.filter((script) => SCRIPT.test(script));
    return (
      [...files].reduce((sum, path) => sum + gzipSize(site.bytes(path)), 0) +
      inline.reduce((sum, script) => sum + gzipSize(script), 0)
    );
  };
  const asking = built.filter(asks).map((page) => ({ page, bytes: quizBytes(page) }));
  const silent = asking.find(({ bytes }) => bytes === 0);
  if (silent) throw new Error(`${silent.page.path} asks questions and loads no script for them.`);
  const first = asking[0];
  if (!first) throw new Error('No page of the lecture asks a question.');
  const most = asking.reduce((one, other) => (other.bytes > one.bytes ? other : one), first);
  const others = built.filter((page) => !asks(page));
  const selfTest = site.page(SELF_TEST);
  if (!selfTest) throw new Error(`${site.folder} has no ${SELF_TEST}.`);
  const weight: PageWeight = scales.weigh(selfTest);
  return [
    {
      group: GROUP,
      entry: 'Quiz script, gzip',
      bytes: most.bytes,
      of: `most: ${site.addressOf(most.page.path)}`,
    },
    {
      group: GROUP,
      entry: 'Quiz script, pages without questions',
      bytes: others.reduce((sum, page) => sum + quizBytes(page), 0),
      of: `${others.length} pages`,
    },
    {
      group: GROUP,
      entry: 'self-test, JavaScript, gzip',
      bytes: weight.javascript,
      of: site.addressOf(weight.path),
    },
    {
      group: GROUP,
      entry: 'self-test, all files, gzip',
      bytes: weight.total,
      of: site.addressOf(weight.path),
    },
  ];
}

const asks = ({ elements }: Page): boolean => elements.some(({ name }) => name === QUESTION);
