import { z } from 'astro/zod';
import { describe, expect, it } from 'vitest';
import { readShaped, schemaFor } from './shaped.ts';

const shape = z.strictObject({
  title: z.string(),
  parts: z.array(
    z.union([
      z.strictObject({ kind: z.literal('text'), words: z.string() }),
      z.strictObject({ kind: z.literal('sum'), of: z.array(z.number()), unit: z.string() }),
    ]),
  ),
  colors: z.record(z.string(), z.strictObject({ light: z.string() })).optional(),
});

const complaints = (source: string): string[] => {
  const told: string[] = [];
  try {
    readShaped(shape, source, 'content/x.yaml', {
      kinds: 'kind is one of text, sum',
      tell: ({ message }) => told.push(message),
    });
  } catch (error) {
    told.unshift((error as Error).message);
  }
  return told;
};

describe('YAML with a shape', () => {
  it('is read, and says where each part stands', () => {
    const source = 'title: A\nparts:\n  - kind: text\n    words: b\n';
    const { data, lineOf } = readShaped(shape, source, 'content/x.yaml');
    expect(data.parts).toEqual([{ kind: 'text', words: 'b' }]);
    expect([lineOf('title'), lineOf('parts', 0, 'words')]).toEqual([1, 4]);
  });

  it('that lacks something is told all that is missing, counted from one', () => {
    expect(complaints('parts: [{ kind: text }]\n')).toEqual([
      'content/x.yaml:1: title: is missing. Write it.',
      'content/x.yaml:1: part 1 words: is missing. Write it.',
    ]);
  });

  it('with a key that is not known is told the near one, and those of its kind only', () => {
    const source = 'title: A\nparts:\n  - kind: sum\n    of: [1]\n    unit: kg\n    unis: g\n';
    expect(complaints(source)).toEqual([
      'content/x.yaml:6: part 1: "unis" is not known here. Did you mean "unit"? It takes: kind, of, unit.',
    ]);
    expect(complaints('title: A\nparts: []\ncolors: { red: { ligth: "#f00" } }\n')).toEqual([
      'content/x.yaml:3: colors red light: is missing. Write it.',
      'content/x.yaml:3: colors red: "ligth" is not known here. Did you mean "light"? It takes: light.',
    ]);
  });

  it('of no known kind is told the kinds', () => {
    expect(complaints('title: A\nparts:\n  - kind: product\n')).toEqual([
      'content/x.yaml:3: part 1: kind is one of text, sum.',
    ]);
  });

  it('has a schema for editors, under a title', () => {
    expect(schemaFor(shape, 'A thing')).toMatchObject({
      title: 'A thing',
      required: ['title', 'parts'],
    });
  });
});
