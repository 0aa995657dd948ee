import { describe, expect, it } from 'vitest';
import { MOST, paceOf, withoutDeeper } from './pace.ts';

const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');
const PAGE = `${words(200)}

\`\`\`sqlite run id="one" title="One row"
SELECT 'not a word of it is read as prose';
\`\`\`

<TeacherNote minutes="2">

${words(400)}

</TeacherNote>

<Deeper title="More of it" id="more">

${words(100)}

\`\`\`sqlite run id="two" title="Two"
SELECT 2;
\`\`\`

</Deeper>

See [the manual](https://www.postgresql.org/docs/current/sql.html) and <SectionLink id="1.2" />.
`;

describe('the pace of a page', () => {
  it('is its words, cells and bets; code, teacher’s notes and addresses are not read', () => {
    const { core } = paceOf(PAGE, 'page.mdx');
    // “See the manual and .”
    expect(core).toMatchObject({ words: 204, cells: 1, bets: 0 });
    expect(core.minutes).toBeCloseTo(204 / 200 + 1 / 3);
  });

  it('counts what is folded away by itself', () => {
    expect(paceOf(PAGE, 'page.mdx').deeper).toMatchObject({ words: 100, cells: 1 });
    expect(withoutDeeper(PAGE).split('\n')).toHaveLength(PAGE.split('\n').length);
    expect(withoutDeeper(PAGE)).not.toContain('"two"');
  });

  it('may be half as long again as the minutes in class', () => expect(MOST).toBe(1.5));
});
