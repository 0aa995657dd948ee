import { describe, expect, it } from 'vitest';
import { readDecision } from './decision.ts';
import { drawDecision, flowchartOf, inWords } from './drawing.ts';

const database = readDecision('database');

describe('a decision as a drawing', () => {
  const { source } = drawDecision('database', 'main');

  it('has a box for every question and outcome, and a line for every answer', () => {
    const boxes = source.match(/^ {2}(ask|use)_\w+\["/gm);
    const { questions, outcomes } = database;
    expect(boxes).toHaveLength(Object.keys(questions).length + Object.keys(outcomes).length);
    expect(source.match(/-->\|yes\|/g)).toHaveLength(Object.keys(questions).length);
    expect(source.match(/-->\|no\|/g)).toHaveLength(Object.keys(questions).length);
    expect(source).toContain('ask_together -->|no| use_postgres_jsonb');
  });

  it('draws an engine in its colors', () => {
    expect(source).toContain('use_documents["Document store<br/>(MongoDB)"]:::mongodb');
  });

  it('breaks lines earlier where there is less room, and never within a word', () => {
    const longest = (text: string) =>
      Math.max(
        ...[...text.matchAll(/\["([^"]*)"\]/g)]
          .flatMap(([, label]) => label!.split('<br/>'))
          .map(({ length }) => length),
      );
    expect(longest(flowchartOf(database, 22))).toBeLessThanOrEqual(22);
    expect(longest(flowchartOf(database, 12))).toBe('Self-contained'.length);
    expect(flowchartOf(database, 12)).toContain('relationships<br/>between');
  });
});

describe('a decision in words', () => {
  it('says where each answer leads', () => {
    expect(inWords(database)).toContain(
      'Traversals at the core of the queries? If yes: A graph database, such as Neo4j. If no: the question “ACID transactions needed?”.',
    );
  });
});
