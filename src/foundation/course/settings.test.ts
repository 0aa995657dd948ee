import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { schemaText } from '../../practice/quiz/schema-file.ts';
import { jsonSchema, parseSettings, problemOfWeek, readSettings } from './settings.ts';

const COURSE = `id: small-course
title: Two Lookups
description: About keys.
language: en
logo: logo.svg
accent:
  light: { color: '#1f5f8b' }
  dark: { color: '#7ab8e0' }
`;
/** The course with a line in the place of the one that begins like it. */
const withLine = (line: string): string =>
  COURSE.replace(new RegExp(`^${line.split(':')[0]}:.*$`, 'm'), line);

describe('the settings of a course', () => {
  it('are what its file says; the short title is the title where there is none', () => {
    expect(parseSettings(COURSE)).toMatchObject({
      id: 'small-course',
      title: 'Two Lookups',
      short: 'Two Lookups',
    });
    expect(parseSettings(`${COURSE}short: Keys\n`).short).toBe('Keys');
  });

  it.each([
    ['id: Small Course', 1, 'id: an id is lowercase words with hyphens: sql-basics.'],
    ['title: ""', 2, 'title: write a text here.'],
    ['title: 7', 2, 'title: write a text here, in quotes.'],
    ['language: klingon!', 4, 'language: write the code of a language: en, de, pt-BR.'],
    ['language: EN', 4, 'language: write the code of a language: en, de, pt-BR.'],
    ['logo: ../logo.svg', 5, 'logo: name an SVG file in content/: logo.svg.'],
    ['logo: logo.png', 5, 'logo: name an SVG file in content/: logo.svg.'],
    [
      '  light: { color: blue }',
      7,
      "accent light color: a color is six digits in quotes: '#96540d'.",
    ],
    ['  dark: {}', 8, "accent dark color: write a color in quotes: '#96540d'."],
  ])('%s is refused with its line and what would be right', (line, number, says) => {
    expect(() => parseSettings(withLine(line))).toThrow(`content/course.yaml:${number}: ${says}`);
  });

  it('refuse a key that they do not know, a week that is none, and a key that is missing', () => {
    expect(() => parseSettings(`${COURSE}titel: x\n`)).toThrow(
      'the file: "titel" is not known here. Did you mean "title"?',
    );
    expect(() => parseSettings(`${COURSE}weeks: 0\n`)).toThrow(
      'content/course.yaml:9: weeks: write the number of weeks: 16.',
    );
    expect(() => parseSettings(`${COURSE}weeks: many\n`)).toThrow('write the number of weeks: 16');
    expect(() => parseSettings(COURSE.replace(/^title.*\n/m, ''))).toThrow('title: ');
    expect(() => parseSettings('')).toThrow('content/course.yaml:1: id: ');
  });

  it('know the weeks of the course around it', () => {
    expect(problemOfWeek(5, { weeks: 16 })).toBeUndefined();
    for (const week of [0, 17, 1.5, NaN])
      expect(problemOfWeek(week, { weeks: 16 })).toContain('The course has weeks 1 to 16');
    expect(problemOfWeek(5, {})).toContain('says nothing of weeks. Write in content/course.yaml');
  });

  describe('in a folder', () => {
    const root = mkdtempSync(join(tmpdir(), 'course-'));
    afterEach(() => rmSync(root, { recursive: true, force: true }));

    it('are missed with what to write, and so is the logo', () => {
      expect(() => readSettings(root)).toThrow(
        'content/course.yaml:1: there is no such file. Write one with id, title',
      );
      mkdirSync(join(root, 'content'), { recursive: true });
      writeFileSync(join(root, 'content/course.yaml'), COURSE);
      expect(() => readSettings(root)).toThrow(
        'content/course.yaml:5: logo: there is no content/logo.svg. Draw it, or name another.',
      );
      writeFileSync(join(root, 'content/logo.svg'), '<svg/>');
      expect(readSettings(root).id).toBe('small-course');
    });
  });

  it('have a schema for editors: npm run unit -- src/foundation/course -u writes it', async () => {
    await expect(await schemaText(jsonSchema())).toMatchFileSnapshot('course.schema.json');
  });
});
