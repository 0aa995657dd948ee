/** A folder and a line are an engine: one that the course does not have comes by a list with one more. */
import { afterAll, describe, expect, it } from 'vitest';
import type { CellResult } from '../running/cells/cell.ts';
import { datasetPath, parseDatasetFile } from '../running/cells/datasets.ts';
import { executeCell, runFrom } from '../running/cells/execute/execute.ts';
import { parseFence } from '../running/cells/fence/fence.ts';
import { languageOf } from '../running/console/languages.ts';
import { highlight, knowsLanguage } from '../running/listing/highlight.ts';
import { DatabasePool } from '../running/runner/process/pool.ts';
import { engineStyles } from '../site/styles/engine-styles.ts';
import { descriptorOf, type EngineName, type Engines, ENGINES } from './descriptors.ts';
import { reversal } from './testing/reversal/descriptor.ts';

const WITH_ONE_MORE: Engines = [...ENGINES, reversal];
const NAME = reversal.name as unknown as EngineName;

const fence = (code: string, meta = '') => ({
  lang: 'reversal',
  meta: `run id="backwards" title="Backwards"${meta}`,
  code,
  file: 'content/lecture/1-the-problem/1.1.mdx',
  line: 7,
});

describe('an engine that a line adds', () => {
  const databases = new DatabasePool({ engines: WITH_ONE_MORE });
  afterAll(() => databases.close());

  it('is known by its fence, and without the line by none', () => {
    expect(parseFence(fence('kept'), WITH_ONE_MORE)).toMatchObject({
      engine: 'reversal',
      files: [{ name: 'words.reversal', code: 'kept' }],
    });
    expect(() => parseFence(fence('kept'))).toThrow(
      '"reversal" cannot run. Languages that run: sql, sqlite, mongosh, redis.',
    );
    expect(() => descriptorOf('reversal')).toThrow(
      'no engine "reversal" in src/engines/descriptors.ts. There are: postgres, sqlite, documents, redis.',
    );
  });

  it('runs in a cell as the build executes it, with the cells of its session and its dataset', async () => {
    const [first, second] = ['keep teapot', 'kept'].map((code) =>
      parseFence(fence(code), WITH_ONE_MORE),
    );
    const dataset = { name: datasetPath(NAME, 'toys', WITH_ONE_MORE), code: 'keep kite' };
    expect(dataset.name).toBe('content/datasets/toys.reversal');
    const { outputs }: CellResult = await runFrom(dataset, second!, [first!], databases);
    expect(outputs).toEqual([
      { kind: 'text', origin: { file: 0, line: 1, statement: 0 }, text: 'etik\ntopaet' },
    ]);
  });

  it('has the checks of a cell: an error that nobody expects is refused with its place', async () => {
    const wrong = parseFence(fence('reverse lamp\nturn lamp'), WITH_ONE_MORE);
    await expect(executeCell(wrong, [], databases)).rejects.toThrow(
      '1.1.mdx:9: cell "backwards" fails: ERROR : turn is no word.',
    );
    const expected = parseFence(fence('turn lamp', ' expect="error"'), WITH_ONE_MORE);
    expect((await executeCell(expected, [], databases)).summary.errors).toBe(1);
  });

  it('has datasets of its own', () => {
    expect(parseDatasetFile('toys.reversal', WITH_ONE_MORE)).toEqual({
      engine: 'reversal',
      name: 'toys',
    });
    expect(() => parseDatasetFile('toys.reversal')).toThrow('a dataset ends with one of .sql');
  });

  it('has listings: plain ones, or in the grammar that it names', async () => {
    const code = "keep 'a <b>'";
    expect(knowsLanguage('reversal', WITH_ONE_MORE)).toBe(true);
    expect(knowsLanguage('reversal')).toBe(false);
    expect(await highlight(code, 'reversal', WITH_ONE_MORE)).toBe("keep 'a &lt;b&gt;'");
    const colored = [
      ...ENGINES,
      { ...reversal, language: { ...reversal.language, grammar: 'javascript' } },
    ];
    expect(await highlight(code, 'reversal', colored)).toBe(
      `keep <span class="t-s">'a &lt;b&gt;'</span>`,
    );
  });

  it('has a console in which each line runs and is answered', async () => {
    const language = await languageOf(reversal, reversal.console.kind);
    expect(language).toMatchObject({ shell: 'reverse', examples: ['reverse teapot'] });
    expect(language.prompt({ database: '', relations: [] })).toBe('>');
    const printed: unknown[] = [];
    for (const line of ['reverse teapot', 'turn teapot']) {
      expect(language.isComplete(line)).toBe(true);
      await databases.use('reversal', (database) =>
        database.run({ files: [{ name: 'input', code: line }] }, (output) =>
          printed.push(language.asText(output)),
        ),
      );
    }
    expect(printed).toEqual([
      { text: 'topaet', failed: false },
      { text: 'turn is no word', failed: true },
    ]);
  });

  it('has its colors, and its glyph before its name', () => {
    const styles = engineStyles(WITH_ONE_MORE);
    expect(styles).toContain('--e-reversal: #5b3a8c;');
    expect(styles).toContain('--e-reversal: #c3a6ee;');
    expect(styles).toMatch(
      /\[data-engine='reversal'\] \{\s*--engine: var\(--e-reversal\);\s*--glyph: url\("data:image\/svg\+xml,%3Csvg/,
    );
    expect(engineStyles()).not.toContain('reversal');
  });
});
