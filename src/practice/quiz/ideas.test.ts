/** Names of ideas: all there, none left over. */
import { describe, expect, test } from 'vitest';
import { jsonSchema, problemsOfIdeas, readIdeas } from './ideas.ts';
import { schemaText } from './schema-file.ts';
import { readQuestions, sectionsWithQuestions } from './read.ts';

const ideas = readIdeas();
const asked = sectionsWithQuestions().flatMap((section) => readQuestions(section));

describe('the ideas of the course', () => {
  test('all have a name, which no other has', () => {
    expect(problemsOfIdeas(ideas, asked)).toEqual([]);
    expect(new Set(ideas.values()).size).toBe(ideas.size);
  });

  test('one without a name is told once, with its question and the line to add', () => {
    const some = new Map([...ideas].filter(([idea]) => idea !== 'postgres-first'));
    expect(problemsOfIdeas(some, asked).map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^content\/quizzes\/\d\.\d\.yaml:\d+: question "q-[a-z-]+": the idea "postgres-first" has no name for readers\. Add a line to content\/ideas\.yaml/,
      ),
    ]);
  });

  test('a name that no question asks for is told', () => {
    const more = new Map([...ideas, ['old-idea', 'Old']]);
    expect(problemsOfIdeas(more, asked).map(({ message }) => message)).toEqual([
      expect.stringContaining('no question asks the idea "old-idea"'),
    ]);
  });

  test('have a schema for editors: npm run unit -- src/practice/quiz/ideas -u writes it', async () => {
    await expect(await schemaText(jsonSchema())).toMatchFileSnapshot('ideas.schema.json');
  });
});
