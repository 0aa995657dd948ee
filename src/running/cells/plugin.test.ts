import { mdxToJs } from 'satteri';
import { afterAll, describe, expect, it } from 'vitest';
import { closeDatabases } from './execute/execute.ts';
import { liveCells } from './plugin.ts';

/** What the cells of a page give, by their ids. */
async function outputsOf(source: string): Promise<Record<string, unknown>> {
  const { code } = await mdxToJs(source, { mdastPlugins: [liveCells] });
  const found = [...code.matchAll(/data: ("(?:[^"\\]|\\.)*")/g)].map(
    ([, data]) => JSON.parse(JSON.parse(data!) as string) as Data,
  );
  return Object.fromEntries(
    found.map(({ cell, result }) => [cell.id, result.outputs.map(({ text }) => text)]),
  );
}

interface Data {
  cell: { id: string };
  result: { outputs: { text: string }[] };
}

afterAll(closeDatabases);

describe('the cells of a page', () => {
  it('of one session share a database, in page order', async () => {
    const outputs = await outputsOf(`
\`\`\`mongosh run id="first" session="s" title="First"
const n = 40
\`\`\`

\`\`\`mongosh run id="aside" title="Aside"
typeof n
\`\`\`

\`\`\`mongosh run id="second" session="s" title="Second"
let m = n + 1
\`\`\`

\`\`\`mongosh run id="third" session="s" title="Third"
m + 1
\`\`\`
`);
    expect(outputs).toMatchObject({ aside: ['undefined'], third: ['42'] });
  });

  it('in a <Compare> have to answer the same', async () => {
    const page = (sql: string) => `<Compare>

\`\`\`sqlite run id="in-sql" title="SQL"
${sql}
\`\`\`

\`\`\`mongosh run id="in-mongosh" title="mongosh"
6 * 7
\`\`\`

</Compare>
`;
    expect(await outputsOf(page('SELECT 42;'))).toMatchObject({ 'in-mongosh': ['42'] });
    await expect(outputsOf(page('SELECT 43;'))).rejects.toThrow(
      'a page:1: the cells of this <Compare> do not answer the same.',
    );
  });
});
