/** Progress as a file: it comes back as it went, and whatever else is chosen is named and refused. */
import { describe, expect, test } from 'vitest';
import { courseThings } from './course.ts';
import { destinations } from '../../sharing/permalinks/destinations.ts';
import { ofCourse, type LeftOut, type Progress } from './sift.ts';
import { exportText, fileName, MOST, readExport as read } from './transfer.ts';
import { COURSE } from '../../foundation/kept/prefix.ts';

const course = courseThings(destinations());
const now = new Date('2026-06-01T12:00:00');
const readExport = (text: string, name: string) => read(text, name, course, now);

const progress: Progress = {
  record: {
    version: 1,
    read: ['1.1', '1.2'],
    ran: ['1.2.eav-one-filter'],
    solved: ['1.2.x-eav-furniture'],
    reviews: { '1.2.q-eav-missing-row': { step: 0, day: '2026-05-01' } },
  },
  answers: {
    '1.2.q-eav-missing-row': {
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
  expect(readExport(text, 'a.json')).toEqual({ progress, of: 6, left: [] });
  expect(fileName(new Date('2026-05-01T23:30:00'))).toBe(`${COURSE}-progress-2026-05-01.json`);
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

describe('of the entries of a file', () => {
  /** The file with more entries in it, and what becomes of them. */
  const left = (more: (progress: Record<string, unknown>, answers: object) => void): LeftOut[] => {
    const found = readExport(
      changed((data) => more(data['progress'] as Record<string, unknown>, data['answers']!)),
      'a.json',
    );
    expect(found, 'the others are taken').toMatchObject({ progress });
    return 'left' in found ? found.left : [];
  };

  test('those that the course does not have are left out, each with its name', () => {
    expect(
      left((record, answers) => {
        record['read'] = ['1.1', '9.9', '1.2', 'constructor', '__proto__'];
        (record['ran'] as string[]).push('1.2.q-eav-missing-row');
        Object.assign(record['reviews']!, { '1.2.eav-one-filter': { step: 0, day: '2026-05-01' } });
        Object.assign(answers, { toString: {}, '1.2': {} });
      }),
    ).toEqual(
      [
        ...['9.9', 'constructor', '__proto__', '1.2.q-eav-missing-row', '1.2.eav-one-filter'],
        ...['toString', '1.2'],
      ].map((id) => ({ id, why: 'unknown' })),
    );
  });

  test('2,000 that the course does not have push out none that it has', () => {
    const junk = Array.from({ length: 2000 }, (_, place) => `7.${place}`);
    const many = Object.fromEntries(
      junk.map((id) => [`${id}.q-a`, { step: 0, day: '2026-05-01' }]),
    );
    expect(
      left((record, answers) => {
        record['read'] = [...junk, '1.1', '1.2'];
        record['reviews'] = { ...many, ...(record['reviews'] as object) };
        const old = { ...answers };
        for (const id of Object.keys(answers)) delete (answers as Record<string, unknown>)[id];
        Object.assign(answers, many, old);
      }),
    ).toHaveLength(6000);
  });

  test.each([
    '9999-12-31',
    '2026-06-03',
    '2025-12-31',
    '0001-01-01',
    '2026-02-30',
    '+275760-09-13',
  ])('one of the day %s is left out: it cannot have been then', (day) => {
    const id = '1.1.q-next-category';
    expect(
      left((record, answers) => {
        Object.assign(record['reviews']!, { [id]: { step: 3, day } });
        const [answer] = Object.values(progress.answers);
        Object.assign(answers, { [id]: { ...answer, at: `${day}T10:00:00.000Z` } });
      }),
    ).toEqual([
      { id, why: 'date' },
      { id, why: 'date' },
    ]);
  });

  test('one of tomorrow is taken: that is a time zone', () => {
    const found = readExport(text.replaceAll('2026-05-01', '2026-06-02'), 'a.json');
    expect(found).toMatchObject({ left: [] });
  });

  test('those that are damaged are left out', () => {
    const [one, two, three] = ['1.1.q-next-category', '1.1.q-money-type', '1.3.q-text-operator'];
    expect(
      left((record, answers) => {
        (record['read'] as unknown[]).push(7, null, '1.1');
        Object.assign(record['reviews']!, {
          [one!]: { step: 9, day: '2026-05-01' },
          [two!]: null,
          [three!]: { step: 1, day: 20260501 },
        });
        Object.assign(answers, { [one!]: { right: 'yes' }, [two!]: [] });
      }),
    ).toEqual(['', '', one, two, three, one, two].map((id) => ({ id, why: 'form' })));
    expect(
      readExport(
        changed((data) => {
          data['progress'] = { version: 1, read: 'all', reviews: [1, 2] };
          data['answers'] = null;
        }),
        'a.json',
      ),
    ).toMatchObject({
      of: 2,
      left: [
        { id: '', why: 'form' },
        { id: '', why: 'form' },
      ],
    });
  });

  test('an answer was not tried more often than anybody tries', () => {
    const found = readExport(text.replace('"tries": 1', '"tries": 9007199254740991'), 'a.json');
    expect(found).toHaveProperty(['progress', 'answers', '1.2.q-eav-missing-row', 'tries'], 1000);
  });

  test('one that has another name now is taken under that', () => {
    const renamed = { ...course, moved: { '1.2.old-plan': '1.2.eav-one-filter' } };
    const old = text.replace('1.2.eav-one-filter', '1.2.old-plan');
    expect(read(old, 'a.json', renamed, now)).toMatchObject({ progress, left: [] });
  });
});

test('what the course does not have is not exported', () => {
  const { record, answers } = progress;
  const junk: Progress = {
    record: {
      ...record,
      read: ['9.9', ...record.read],
      reviews: { ...record.reviews, '9.9.q-a': { step: 0, day: '2026-05-01' } },
    },
    answers: { ...answers, '9.9.q-a': answers['1.2.q-eav-missing-row']! },
  };
  expect(ofCourse(junk, course)).toEqual(progress);
});
