/** A page as Starlight makes it by default, from the text of a section: what ours is measured against. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../process/command.ts';
import { runNode } from '../../process/subprocess.ts';

/**
 * Builds a site of one page with nothing but Starlight.
 *
 * @param source the section's `.mdx`, from the checkout
 * @returns the built folder
 */
export async function buildDefaultStarlight(source: string): Promise<string> {
  // Below the checkout, so that its libraries are found.
  const project = join(ROOT, '.cache', 'bench', 'default-starlight');
  await rm(project, { recursive: true, force: true });
  await mkdir(join(project, 'src/content/docs'), { recursive: true });
  const files: Record<string, string> = {
    // Astro bundles what is named here.
    'package.json':
      '{ "type": "module", "dependencies": { "@astrojs/starlight": "*", "astro": "*" } }',
    'astro.config.mjs': `import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
export default defineConfig({ integrations: [starlight({ title: 'Default' })] });`,
    'src/content.config.ts': `import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };`,
    'src/content/docs/index.md': plainMarkdown(await readFile(join(ROOT, source), 'utf8')),
  };
  for (const [path, content] of Object.entries(files))
    await writeFile(join(project, path), content);
  const { code, output } = await runNode(project, [
    join(ROOT, 'node_modules/astro/bin/astro.mjs'),
    'build',
  ]);
  if (code !== 0) throw new Error(`The default Starlight page does not build:\n${output}`);
  return join(project, 'dist');
}

/** A section's text as ordinary Markdown: no components, no live fences, no diagrams. */
export function plainMarkdown(mdx: string): string {
  const [, frontmatter = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(mdx) ?? [];
  const title = /^title:\s*(.+)$/m.exec(frontmatter)?.[1] ?? 'Untitled';
  const text = body
    .split(/^(```[\s\S]*?^```)[^\S\n]*$/m)
    .map((part) => (part.startsWith('```') ? plainFence(part) : plainProse(part)))
    .join('');
  return `---\ntitle: ${title}\n---\n${text}`;
}

const LANGUAGES: Record<string, string> = { sqlite: 'sql', mongosh: 'js', redis: 'txt' };

function plainFence(fence: string): string {
  const language = /^```(\w*)/.exec(fence)?.[1] ?? '';
  if (language === 'mermaid') return '';
  return fence.replace(/^```.*/, `\`\`\`${LANGUAGES[language] ?? language}`);
}

function plainProse(prose: string): string {
  return prose
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, '')
    .replace(/^import .*$/gm, '')
    .replace(/<\/?[A-Z][^>]*>/g, '')
    .replace(/ *\\?\{#[\w.-]+\\?\}/g, '');
}
