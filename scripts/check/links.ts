/** `npx node scripts/check/links.ts [folder] [--base /course/]`: checks the links of a built site. */
import { parseArgs } from 'node:util';
import { command, ROOT } from '../process/command.ts';
import { pageSources } from '../build/lecture-pages.ts';
import { checkLinks } from '../build/links/check.ts';
import { publishedLinks } from '../build/published-links.ts';
import { normalizeBase } from '../build/serve.ts';
import { courseRoot } from '../../src/foundation/content/root.ts';

await command(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { base: { type: 'string', default: '/' } },
  });
  const { problems, summary } = checkLinks({
    folder: positionals[0] ?? 'dist',
    base: normalizeBase(values.base),
    sources: pageSources(courseRoot(ROOT)),
    permalinks: publishedLinks(courseRoot(ROOT)),
  });
  console.log([...problems, `${summary}, ${problems.length} problems`].join('\n'));
  return problems.length === 0;
});
