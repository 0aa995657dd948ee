/** Progress as a file: it comes back as it went, and whatever else is chosen is named and refused. */
import { describe, expect, test } from 'vitest';
import { exportText, fileName, MOST, readExport, type Progress } from './transfer.ts';

const progress: Progress = {
  record: {
    version: 1,
    read: ['1.1', '1.2'],
    ran: ['1.2.eav-one-filter'],
    solved: ['1.2.x-eav-furniture'],
    reviews: { '1.2.q-null-share': { step: 0, day: '2026-05-01' } },
  },
  answers: {
    '1.2.q-null-share': {
      given: ['1'],
      right: false,
      tries: 1,
      first: false,
      at: '2026-05-01T10:00:00.000Z',
    },
  },
};
const text = exportText(progress);
/** The file with something changed. */
const changed = (how: (data: Record<string, unknown>) => void): string => {
  const data = JSON.parse(text) as Record<string, unknown>;
  how(data);
  return JSON.stringify(data);
};

test('what was exported is imported, whole', () => {
  expect(readExport(text, 'a.json')).toEqual({ progress, left: 0 });
  expect(fileName(new Date('2026-05-01T23:30:00'))).toBe(
    'nosql-awareness-progress-2026-05-01.json',
  );
});

describe('a file is refused that', () => {
  test.each([
    ['is no JSON', 'Dear diary', /notes\.txt holds no progress: it is not JSON\. Choose the file/],
    ['is empty', '', /it is not JSON/],
    ['ends too early', text.slice(0, -40), /is damaged: a part of it is missing.*Export again/],
    ['is the JSON of something else', '{"name":"app","version":1}', /no progress of this course/],
    ['is a list', '[]', /no progress of this course/],
    ['is null', 'null', /no progress of this course/],
    [
      'comes from a newer release',
      changed((data) => (data['version'] = 2)),
      /newer release of the course\. Reload this page/,
    ],
    [
      'has no progress in it',
      changed((data) => delete data['progress']),
      /is damaged: its progress/,
    ],
    ['has answers that are none', changed((data) => (data['answers'] = 'all')), /is damaged/],
    ['is far too large', ' '.repeat(MOST + 1), /is too large/],
  ])('%s: says what is wrong and what to do', (_what, content, problem) => {
    expect(readExport(content, 'notes.txt')).toEqual({
      problem: expect.stringMatching(problem) as string,
    });
  });
});

test('entries that are not understood are left out and counted, and the rest is taken', () => {
  const partly = changed((data) => {
    const { progress, answers } = data as { progress: Record<string, object>; answers: object };
    progress['read'] = ['1.1', '1.2', '<b>', 7];
    progress['reviews'] = { ...progress['reviews'], '1.3.q-x': { step: 9, day: 'soon' } };
    Object.assign(answers, { '1.3.q-y': { right: 'yes' } });
  });
  expect(readExport(partly, 'a.json')).toEqual({ progress, left: 4 });
});

test('answers under a name that is no id are left out', () => {
  const hostile = text.replace('"answers": {', '"answers": { "__proto__": {}, "a b": {},');
  const found = readExport(hostile, 'a.json');
  expect(found).toEqual({ progress, left: 2 });
});
