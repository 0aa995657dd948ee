import { describe, expect, it } from 'vitest';
import { collectPage } from '../../running/cells/fence/collect.ts';
import { mistakesInComponents } from './component-use.ts';

const FILE = 'content/lecture/1-the-problem/1.2-three-broken-solutions.mdx';
const page = (body: string) => `---\nid: '1.2'\n---\n\n${body}\n`;
const read = (body: string) => () => {
  collectPage(page(body), FILE);
  const [first] = mistakesInComponents(page(body), FILE);
  if (first) throw first;
};

describe('a component in a page', () => {
  it.each([
    '<Recall week="5" topic="JSONB">\n\nTwo sentences.\n\n</Recall>',
    'See <SectionLink id="1.3" hash="validation" /> and <SectionLink id="summary" />.',
    '<TeacherNote>\n\nAsk.\n\n</TeacherNote>',
    '<TeacherNote minutes="5">\n\nAsk.\n\n</TeacherNote>',
    '<Question id="q-can-enforce" />',
    '<Beside>\n\nText\n\n</Beside>',
  ])('may be written as %s', (body) => {
    expect(read(body)).not.toThrow();
  });

  it.each([
    [
      '<Tmer minutes="5" />',
      'there is no component <Tmer>. Did you mean <Timer>? There are: Additions, ',
    ],
    ['<Timer minutes="5" color="red" />', '<Timer> cannot take color. It takes: minutes.'],
    [
      '<Recall weak="5" topic="JSONB">\n\nText\n\n</Recall>',
      '<Recall> cannot take weak. Did you mean "week"? It takes: week, topic.',
    ],
    ['<Recall week="5">\n\nText\n\n</Recall>', '<Recall> needs topic="…".'],
    [
      '<Recall week="55" topic="JSONB">\n\nText\n\n</Recall>',
      '<Recall week="55">: there is no week 55. The course has weeks 1 to 16 (content/course.yaml).',
    ],
    ['<CrashTable modes={[]} />', '<CrashTable> needs writes="…". It takes: modes, writes.'],
    [
      '<Workbench wide="yes">\n\nText\n\n</Workbench>',
      '<Workbench> cannot take wide. It takes none.',
    ],
    [
      '<SectionLink id="1.9" />',
      '<SectionLink id="1.9">: there is no page 1.9. There are: 1, 1.1, ',
    ],
    ['<TeacherNote>\n\nAsk.', 'this is no MDX: Expected a closing tag for `<TeacherNote>`'],
  ])('is refused with its line, as in %s', (body, message) => {
    expect(read(body)).toThrow(`${FILE}:5: ${message}`);
  });

  it('is refused in the middle of a sentence as well', () => {
    expect(read('First.\n\nSee <SectionLnk id="1.3" />.')).toThrow(`${FILE}:7: there is no`);
  });

  it('is refused together with all others of the page', () => {
    const mistakes = mistakesInComponents(page('<Tmer />\n\n<Timer />\n\n<Beside wide />'), FILE);
    expect(mistakes.map(({ line }) => line)).toEqual([5, 7, 9]);
  });
});
