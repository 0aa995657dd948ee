/** `node scripts/links.ts [folder] [--base /course/]`: checks the links of a built site. */
import { parseArgs } from 'node:util';
import { checkLinks } from './links/check.ts';
import { pageSources } from './lecture-pages.ts';
import { normalizeBase } from './serve.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { base: { type: 'string', default: '/' } },
});
const { problems, summary } = checkLinks({
  folder: positionals[0] ?? 'dist',
  base: normalizeBase(values.base),
  sources: pageSources(process.cwd()),
});
console.log([...problems, `${summary}, ${problems.length} problems`].join('\n'));
process.exitCode = problems.length === 0 ? 0 : 1;
