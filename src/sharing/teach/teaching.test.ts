import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readPages } from '../../foundation/course/outline.ts';
import { timeOfDay } from './clock.ts';
import { noteHtml, promptHtml } from './note-html.ts';
import { collectNotes, promptOf } from './notes.ts';
import { readRunSheet } from './run-sheet.ts';

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});

/** A lecture of one part with one section. */
function lecture(partMinutes: number, sectionMinutes: number, section: string): string {
  const root = mkdtempSync(join(tmpdir(), 'run-sheet-'));
  roots.push(root);
  const folder = join(root, 'content/lecture/1-a');
  mkdirSync(folder, { recursive: true });
  const page = (id: string, minutes: number, text: string): string =>
    `---\ntitle: T\ndescription: D.\nid: "${id}"\nminutes: ${minutes}\n---\n\n${text}\n`;
  writeFileSync(join(folder, 'index.mdx'), page('1', partMinutes, 'Text.'));
  writeFileSync(join(folder, '1.1-x.mdx'), page('1.1', sectionMinutes, section));
  return root;
}

const NOTE = '<TeacherNote minutes="3">\n\nAsk first. Then run it.\n\nListen.\n\n</TeacherNote>';

describe('the notes of a page', () => {
  it('are collected with their minutes, their Markdown and what to say first', () => {
    expect(collectNotes(`## A \\{#a}\n\n${NOTE}\n`, 'a.mdx').notes).toEqual([
      { minutes: 3, markdown: 'Ask first. Then run it.\n\nListen.', prompt: 'Ask first.' },
    ]);
  });

  it('come with the exercises, named after the heading above', () => {
    const source = '---\ntitle: T\n---\n\n## One schema \\{#task}\n\n<Timer minutes="5" />\n';
    expect(collectNotes(source, 'a.mdx').exercises).toEqual([{ minutes: 5, title: 'One schema' }]);
  });

  it('that cannot be read are refused, with their place', () => {
    expect(() =>
      collectNotes(
        '---\ntitle: T\n---\n\n<TeacherNote minutes="five">\n\nA.\n\n</TeacherNote>\n',
        'a.mdx',
      ),
    ).toThrow('a.mdx:5: minutes of <TeacherNote> is a number in quotes: minutes="5".');
    expect(() => collectNotes('<TeacherNote minutes="5">\n</TeacherNote>\n', 'a.mdx')).toThrow(
      'a.mdx:1: a teacher’s note stands on lines of its own',
    );
    expect(() => collectNotes('<Timer />\n', 'a.mdx')).toThrow(
      'a.mdx:1: a timer needs its minutes',
    );
  });
});

describe('the prompt of a note', () => {
  it('is what its author made bold', () => {
    expect(promptOf('Wait. **Ask three people** what they have. **Why?** Then go on.')).toBe(
      'Ask three people. Why?',
    );
  });

  it('is its first sentence otherwise, section numbers and quotations kept whole', () => {
    expect(promptOf('In 1.1 ask: “Which type is it?” Somebody says dict.')).toBe(
      'In 1.1 ask: “Which type is it?”',
    );
  });
});

describe('a note outside its page', () => {
  const pages = readPages();

  it('keeps its Markdown and its links to sections', () => {
    expect(noteHtml('See <SectionLink id="1.1" />, `@>`.', pages, '/course')).toBe(
      '<p>See <a href="/course/the-problem/the-product-catalog-challenge/">1.1 The product catalog challenge</a>, <code>@&gt;</code>.</p>\n',
    );
    expect(promptHtml('**No.**', pages, '')).toBe('<strong>No.</strong>');
  });

  it('is refused if it needs the page around it', () => {
    expect(() => noteHtml('<Timer minutes="5" />', pages, '')).toThrow('cannot hold <Timer>');
    expect(() => noteHtml('<SectionLink id="9.9" />', pages, '')).toThrow('section 9.9');
  });
});

describe('the run sheet', () => {
  const sheet = readRunSheet();

  it('takes as long as its parts and sections together', () => {
    expect(sheet.minutes).toBeGreaterThan(100);
    expect(sheet.parts.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(sheet.minutes);
    for (const part of sheet.parts)
      expect(part.sections.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(part.minutes);
  });

  it('has every section begin where the one before it ends', () => {
    let clock = 0;
    for (const section of sheet.parts.flatMap(({ sections }) => sections)) {
      expect(section.start, section.id).toBe(clock);
      clock += section.minutes;
    }
    expect(sheet.parts.map(({ start }) => start)).toEqual(
      sheet.parts.map(({ sections }) => sections[0]!.start),
    );
    expect(clock).toBe(sheet.minutes);
    expect(clock).toBeGreaterThan(100);
  });

  it('has something to say and do for every part and section', () => {
    const bare = sheet.parts
      .flatMap((part) => [part, ...part.sections])
      .filter(({ notes }) => notes.length === 0 || notes.some(({ prompt }) => prompt === ''));
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  it('has the exercise of the first section, with its clock', () => {
    expect(sheet.parts[0]!.sections[0]!.exercises).toEqual([
      { minutes: 5, title: 'Five minutes, one schema' },
    ]);
  });

  it('counts what the class is asked before an output is shown', () => {
    const bets = sheet.parts.flatMap(({ sections }) => sections.map((one) => one.bets));
    expect(bets.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(60);
  });

  it('is refused where minutes contradict each other, with the file', () => {
    expect(() => readRunSheet(lecture(10, 8, NOTE))).toThrow(
      'content/lecture/1-a/index.mdx:5: the frontmatter says 10 minutes, its sections take 8.',
    );
    expect(() => readRunSheet(lecture(2, 2, NOTE))).toThrow(
      'content/lecture/1-a/1.1-x.mdx:5: its teacher’s notes take 3 minutes, the page has 2.',
    );
  });
});

describe('the time of day', () => {
  it('counts from the start of the class, over midnight if need be', () => {
    expect(timeOfDay('09:30', 95)).toBe('11:05');
    expect(timeOfDay('23:50', 20)).toBe('00:10');
  });

  it('is not there while no start is given', () => {
    expect(timeOfDay('', 10)).toBeUndefined();
  });
});
