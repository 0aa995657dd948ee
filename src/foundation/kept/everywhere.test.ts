/** What holds for all that is kept: one way to it, and nothing that stands there breaks what reads it. */
import { globSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { draftId, drafts } from '../../running/cells/page/drafts.ts';
import { keptOf } from '../../practice/challenge/page/kept.ts';
import { REDIS_STEPS } from '../../running/console/redis/recorded.ts';
import { Journal } from '../../running/console/restore/journal.ts';
import { promptDraft } from '../../running/console/terminal/draft.ts';
import { visitStore } from '../../running/console/terminal/history.ts';
import { triesOf } from '../../practice/exercises/page/tries.ts';
import { adoptAnswers } from '../../practice/progress/add.ts';
import { courseThings } from '../../practice/progress/course.ts';
import { destinations } from '../../sharing/permalinks/destinations.ts';
import { saveDone } from '../../practice/record/record.ts';
import { removeProgress } from '../../practice/progress/remove.ts';
import { isDue } from '../../practice/record/schedule.ts';
import { ofCourse } from '../../practice/progress/sift.ts';
import { summaryOf } from '../../practice/progress/summary.ts';
import { exportText, readExport } from '../../practice/progress/transfer.ts';
import { lastImport, undoImport } from '../../practice/progress/undo.ts';
import { loadRecord } from '../../practice/progress/whole.ts';
import { allAnswers } from '../../practice/quiz/answers.ts';
import { sittings } from '../../practice/self-test/memory.ts';
import { HOSTILE_TEXTS, hugeText } from './hostile-values.ts';
import { MemoryStorage } from './memory-storage.ts';
import { KEPT_NAMES } from './names.ts';
import { PREFIX } from './prefix.ts';

const sources = globSync('src/**/*.{ts,tsx,js,astro}')
  .filter((file) => !/\.test\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

describe('the source of the site', () => {
  test('reaches for the browser’s storage in one folder, and before the first paint', () => {
    const using = sources
      .filter(({ text }) => /localStorage|sessionStorage/.test(text))
      .map(({ file }) => file);
    expect(using.sort()).toEqual([
      'src/foundation/kept/earlier.ts',
      'src/foundation/kept/kept.ts',
      'src/foundation/kept/memory-storage.ts',
      'src/site/overrides/ThemeProvider.astro',
    ]);
  });

  test('keeps each kind of thing in one place, and all of them are listed', () => {
    const kinds = sources.flatMap(({ text }) =>
      [...text.matchAll(/new Kept(?:Kind)?(?:<[^(]*>)?\(\s*'([a-z]+)'/g)].map(([, name]) => name),
    );
    expect(kinds.length).toBeGreaterThan(10);
    expect(kinds.sort()).toEqual([...KEPT_NAMES].sort());
  });
});

describe('whatever stands in the entries', () => {
  const course = courseThings(destinations());
  const page = course.parts[0]!.pages.find(({ questions }) => questions.length > 3)!;
  const [question] = page.questions;
  const ids = [
    ...['', page.id, question!, '1.2.x-eav-furniture', '1.1.x-catalog-design', '?draw=k3f9x2'],
    ...['/page/#eav', 'redis', '__proto__', 'constructor', '<b>', '\ud800'],
  ];
  const now = new Date('2026-06-01T12:00:00');
  const texts = [...HOSTILE_TEXTS, hugeText()];

  beforeEach(() => {
    vi.stubGlobal('localStorage', new MemoryStorage());
    vi.stubGlobal('sessionStorage', new MemoryStorage());
    vi.stubGlobal('location', { pathname: '/page/' });
  });
  afterEach(() => {
    removeProgress();
    vi.unstubAllGlobals();
  });

  test('there are at least 25 such texts for each kind', () => {
    expect(new Set(texts).size).toBeGreaterThanOrEqual(25);
    expect(KEPT_NAMES.length).toBeGreaterThan(10);
  });

  test.each(texts.map((text) => [text.slice(0, 70), text]))(
    '%j: everything can be read, counted, exported, answered, undone and removed',
    (_start, text) => {
      for (const storage of [localStorage, sessionStorage])
        for (const name of KEPT_NAMES)
          for (const id of ids) storage.setItem(`${PREFIX}${name}/${id}`, text);
      drafts.get(draftId('eav'));
      keptOf('1.1.x-catalog-design');
      triesOf('1.2.x-eav-furniture');
      visitStore().get('redis');
      expect(promptDraft('redis').text).toBeTypeOf('string');
      expect(new Journal('redis', REDIS_STEPS).earlier).toBeNull();
      sittings();
      adoptAnswers(Object.keys(course.asks));
      const record = loadRecord();
      for (const review of Object.values(record.reviews)) isDue(review, now);
      const { total } = summaryOf(course, record, now);
      expect(total.read.done).toBeLessThanOrEqual(total.read.of);
      const file = exportText(ofCourse({ record, answers: allAnswers() }, course));
      expect(readExport(file, 'a.json', course, now)).toHaveProperty('progress');
      const last = lastImport(now);
      if (last) undoImport(last);
      saveDone({ kind: 'question', id: question!, right: false }, now);
      expect(loadRecord().reviews[question!]?.day).toBeDefined();
      removeProgress();
      expect(loadRecord()).toEqual({ version: 1, read: [], ran: [], solved: [], reviews: {} });
    },
  );
});
