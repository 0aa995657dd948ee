/**
 * The diagrams an author drew: every ```` ```mermaid ```` fence of a page, checked, with its place.
 *
 *     ```mermaid id="wide-table" title="The wide table" description="One table with …"
 *     ```mermaid narrow-of="wide-table"           the same, drawn for a phone
 *     ```mermaid id="…" title="…" description="…" scroll
 *     ```mermaid id="…" title="…" from="database"     drawn from content/decisions/database.yaml
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { mdxToJs } from 'satteri';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { parseAttributes } from '../../foundation/markup/fence-attributes.ts';
import { drawDecision } from '../decision/drawing.ts';

/** One drawing to be rendered: a fence. */
export interface DiagramFence {
  /** Unique in the whole course, and lasting: it is the figure's anchor and the SVG's file name. */
  id: string;
  /** `narrow` takes the place of `main` where there is too little room for it. */
  variant: 'main' | 'narrow';
  title: string;
  /** The same in words, for whoever cannot see it. */
  description: string;
  /** Too wide for a phone, and it should scroll there rather than shrink. */
  scroll: boolean;
  /** Whether another fence draws it narrow. */
  hasNarrow: boolean;
  /** Mermaid source. */
  source: string;
  /** Path from the project's root. */
  file: string;
  /** Line of the opening fence, from 1. */
  line: number;
}

/** The kinds of diagram the theme covers, and whether a node of theirs takes a class (`:::redis`). */
export const KINDS: Readonly<Record<string, { classes: boolean }>> = {
  flowchart: { classes: true },
  graph: { classes: true },
  sequenceDiagram: { classes: false },
  erDiagram: { classes: true },
  classDiagram: { classes: true },
  'stateDiagram-v2': { classes: true },
  quadrantChart: { classes: false },
};

/** The word a source begins with, comments and configuration before it left out. */
export function kindOf(source: string): string {
  const bare = source.replace(/^\s*---\n[\s\S]*?\n\s*---\n/, '').replace(/^\s*%%.*$/gm, '');
  return /^\s*([\w-]+)/.exec(bare)?.[1] ?? '';
}

/**
 * All diagrams of one page, in its order.
 *
 * @param source the page's MDX, with its frontmatter or with blank lines in its place.
 * @param file path from the project's root, for errors.
 * @throws AuthoringError for the first fence that is not right.
 */
export function collectFences(source: string, file: string): DiagramFence[] {
  if (!source.includes('mermaid')) return [];
  const found: { meta: string; source: string; line: number }[] = [];
  mdxToJs(source.replaceAll('\r\n', '\n'), {
    mdastPlugins: [
      {
        name: 'collect-diagrams',
        options: { position: true },
        code(node) {
          if (node.lang !== 'mermaid') return;
          const { line } = node.position!.start;
          found.push({ meta: node.meta ?? '', source: node.value, line });
        },
      },
    ],
  });
  const fences = found.map((fence) => parseFence(fence, file));
  const mains = new Map<string, DiagramFence>();
  for (const fence of fences) {
    if (fence.variant === 'narrow') continue;
    refuseSecond(mains.get(fence.id), fence);
    mains.set(fence.id, fence);
  }
  const narrow = new Map<string, DiagramFence>();
  for (const fence of fences) {
    if (fence.variant === 'main') continue;
    const main = mains.get(fence.id);
    if (!main)
      throw new AuthoringError(
        file,
        fence.line,
        `narrow-of="${fence.id}" names no diagram of this page. Write the id of the fence it stands in for.`,
      );
    refuseSecond(narrow.get(fence.id), fence);
    narrow.set(fence.id, fence);
    main.hasNarrow = true;
    fence.title = main.title;
    fence.description = main.description;
  }
  return fences;
}

/**
 * All diagrams of the course.
 *
 * @param folder where the pages are; every `.mdx` below it is read.
 * @param root the project's root: files are named from there.
 * @throws AuthoringError for a wrong fence, and for an id that two pages use.
 */
export function collectCourse(folder: string, root: string): DiagramFence[] {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mdx'))
    .sort();
  const ids = new Map<string, DiagramFence>();
  return pages.flatMap((page) => {
    const path = join(folder, page);
    const file = relative(root, path).split(sep).join('/');
    const fences = collectFences(readFileSync(path, 'utf8'), file);
    for (const fence of fences) {
      if (fence.variant === 'narrow') continue;
      refuseSecond(ids.get(fence.id), fence);
      ids.set(fence.id, fence);
    }
    return fences;
  });
}

function refuseSecond(first: DiagramFence | undefined, { id, variant, file, line }: DiagramFence) {
  if (!first) return;
  const taken =
    variant === 'narrow'
      ? `diagram "${id}" is drawn narrow twice, first`
      : `the id "${id}" is taken by the diagram`;
  const remedy = variant === 'narrow' ? 'Remove one.' : 'Choose another.';
  throw new AuthoringError(file, line, `${taken} in ${first.file}:${first.line}. ${remedy}`);
}

function parseFence(
  { meta, source: written, line }: { meta: string; source: string; line: number },
  file: string,
): DiagramFence {
  const refuse = (message: string): never => {
    throw new AuthoringError(file, line, message);
  };
  const { flags, values } = attributesOf(meta, refuse);
  const isNarrow = values['narrow-of'] !== undefined;
  const known = isNarrow ? ['narrow-of', 'from'] : ['id', 'title', 'description', 'from'];
  for (const name of Object.keys(values))
    if (!known.includes(name))
      refuse(
        `a diagram${isNarrow ? ' that is narrow-of another' : ''} does not take ${name}="…", only: ${known.join(', ')}.`,
      );
  for (const flag of flags)
    if (flag !== 'scroll' || isNarrow)
      refuse(`unknown word "${flag}". The one that a diagram may carry is "scroll".`);

  const id = values['narrow-of'] ?? values['id'];
  if (!id) return refuse('a diagram needs a lasting id: id="wide-table".');
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    return refuse(`the id "${id}" must be lowercase letters, digits and hyphens: id="wide-table".`);
  const variant = isNarrow ? 'narrow' : 'main';
  const { title = '', from } = values;
  if (from !== undefined && written.trim())
    return refuse(`diagram "${id}" is drawn from="${from}". Leave its fence empty.`);
  const derived = from === undefined ? undefined : drawDecision(from, variant);
  const source = derived?.source ?? written;
  const description = values['description'] ?? derived?.description ?? '';
  if (!isNarrow && !title.trim())
    return refuse(`diagram "${id}" needs a title that says what it shows: title="…".`);
  if (!isNarrow && !description.trim())
    return refuse(
      `diagram "${id}" needs a description that says the same in words: description="…".`,
    );
  const kind = kindOf(source);
  if (!(kind in KINDS))
    return refuse(
      `diagram "${id}" begins with "${kind}", which is not one of: ${Object.keys(KINDS).join(', ')}.`,
    );
  const scroll = flags.includes('scroll');
  return { id, variant, title, description, scroll, hasNarrow: false, source, file, line };
}

function attributesOf(meta: string, refuse: (message: string) => never) {
  try {
    return parseAttributes(meta);
  } catch (error) {
    if (error instanceof SyntaxError) return refuse(`${error.message}.`);
    throw error;
  }
}
