/** What is wrong with one page of the lecture, all of it at once: its Markdown, its components, its fences. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mdxToJs, type MdxJsxFlowElement, type MdxJsxTextElement } from 'satteri';
import {
  checkAddress,
  checkAttributes,
  checkExpression,
  refuseModule,
  type Refuse,
} from '../../foundation/markup/addresses.ts';
import { HEADING_ID, withoutId } from '../../foundation/markup/heading-ids.ts';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { Notes } from '../../foundation/mistakes/noting.ts';
import { checkElement } from '../../lecture/markdown/component-use.ts';
import { collectFences } from '../../lecture/diagrams/fences.ts';
import { collectPage } from '../../running/cells/fence/collect.ts';
import { isRunnable, parseFence } from '../../running/cells/fence/fence.ts';

/** A link that an author wrote in Markdown. */
export interface WrittenLink {
  url: string;
  /** Behind the address, in quotes. */
  title: string | null;
  line: number;
  column: number;
}

/** A component and where it stands. */
export interface WrittenComponent {
  name: string;
  /** Attributes that are texts. */
  texts: ReadonlyMap<string, string>;
  line: number;
  column: number;
}

export interface PageReading {
  mistakes: AuthoringError[];
  /** Whether it is MDX: if not, nobody else can read it either. */
  parsed: boolean;
  /** Ids that the page's own text gives. */
  anchors: Set<string>;
  links: WrittenLink[];
  components: WrittenComponent[];
}

/** What Markdown gives each node. */
interface Placed {
  position?: { start: { line: number; column: number } } | undefined;
}

/**
 * @param source the page's MDX, with blank lines in the place of the frontmatter.
 * @param file its path from the folder that has `content/`.
 * @param root that folder.
 */
export function readPageByRules(source: string, file: string, root: string): PageReading {
  const notes = new Notes();
  const reading: PageReading = {
    mistakes: notes.mistakes,
    parsed: false,
    anchors: new Set(),
    links: [],
    components: [],
  };
  const taken = new Map<string, number>();
  const at = (node: Placed): { line: number; column: number } =>
    node.position?.start ?? { line: 1, column: 1 };
  const refusing =
    (node: Placed): Refuse =>
    (message) => {
      const { line, column } = at(node);
      throw new AuthoringError(file, line, message, column);
    };
  /** One id, one place: headings, cells and diagrams share the anchors of the page. */
  const take = (id: string, node: Placed): void => {
    reading.anchors.add(id);
    const first = taken.get(id);
    if (first === undefined) taken.set(id, at(node).line);
    else refusing(node)(`the id "${id}" is taken by what stands in line ${first}. Choose another.`);
  };
  const link = (node: Placed & { url: string; title?: string | null | undefined }): void => {
    notes.of(() => checkAddress(node.url, refusing(node)));
    reading.links.push({ url: node.url, title: node.title ?? null, ...placeOnly(at(node)) });
  };
  const element = (node: MdxJsxFlowElement | MdxJsxTextElement): void => {
    notes.of(() => checkAttributes(node, refusing(node)));
    notes.of(() => checkElement(node, file, root));
    const texts = new Map<string, string>();
    for (const one of node.attributes)
      if (one.type === 'mdxJsxAttribute' && typeof one.value === 'string')
        texts.set(one.name, one.value);
    const id = texts.get('id');
    const name = node.name ?? '';
    if (id !== undefined && (/^[a-z]/.test(name) || name === 'JudgmentChart'))
      notes.of(() => take(id, node));
    reading.components.push({ name, texts, ...placeOnly(at(node)) });
  };
  const body = withMendedHeadings(source, file, notes);
  const parsed = notes.of(() => {
    try {
      mdxToJs(body, {
        mdastPlugins: [
          {
            name: 'rules-of-a-page',
            options: { position: true },
            heading(node, context) {
              const text = context.textContent(node);
              const id = HEADING_ID.exec(text)?.[1];
              notes.of(() => (id === undefined ? refusing(node)(withoutId(text)) : take(id, node)));
            },
            code(node) {
              if (!isRunnable(node.meta)) return;
              const fence = {
                lang: node.lang ?? '',
                meta: node.meta ?? '',
                code: node.value,
                file,
              };
              const cell = notes.of(() => parseFence({ ...fence, ...placeOnly(at(node)) }));
              if (cell) notes.of(() => take(cell.id, node));
            },
            link,
            definition: link,
            image(node) {
              notes.of(() => checkAddress(node.url, refusing(node)));
              notes.of(() => checkImage(node.url, file, root, refusing(node)));
            },
            mdxTextExpression: (node) =>
              void notes.of(() => checkExpression(node.value, refusing(node))),
            mdxFlowExpression: (node) =>
              void notes.of(() => checkExpression(node.value, refusing(node))),
            mdxjsEsm: (node) => void notes.of(() => refuseModule(refusing(node))),
            mdxJsxTextElement: element,
            mdxJsxFlowElement: element,
          },
        ],
      });
      return true;
    } catch (error) {
      throw noMdx(error, file);
    }
  });
  if (!parsed) return reading;
  // A mended page is not the one that others read.
  reading.parsed = body === source.replaceAll('\r\n', '\n');
  for (const fence of notes.of(() => collectFences(body, file)) ?? [])
    if (fence.variant === 'main')
      notes.of(() => take(fence.id, { position: { start: { line: fence.line, column: 1 } } }));
  // What only the page as a whole can get wrong: which cells a comparison holds.
  if (notes.mistakes.length === 0) notes.of(() => collectPage(body, file));
  return reading;
}

const placeOnly = ({ line, column }: { line: number; column: number }) => ({ line, column });

/** The parser says it as `3:1: …`. What is no mistake of the page's stays an error of ours. */
function noMdx(error: unknown, file: string): unknown {
  const [, line, column, message] =
    /^(\d+):(\d+): (.*)/s.exec(error instanceof Error ? error.message : '') ?? [];
  if (error instanceof AuthoringError || line === undefined) return error;
  return new AuthoringError(file, Number(line), remedyOf(message!), Number(column));
}

function remedyOf(message: string): string {
  const says = message.replace(/ \(mdx[\w-]*:[\w-]+\)$/, '').replace(/\.?$/, '.');
  const open = /Expected a closing tag for `<(\w+)/.exec(says)?.[1];
  if (open !== undefined)
    return `<${open}> is not closed. Write </${open}> behind what belongs into it, or <${open} /> if nothing does.`;
  const closed = /Unexpected closing tag `<\/(\w+)/.exec(says)?.[1];
  if (closed !== undefined)
    return `</${closed}> closes nothing. Leave it out, or open <${closed}> before it.`;
  if (/expression/.test(says))
    return 'what stands between braces is read as code. Write \\{ where a brace is meant.';
  return `this is no MDX: ${says} A < that is meant as one is \\<.`;
}

/** A heading's id without its backslash, which MDX takes for code. */
const BARE_ID = /^(#{1,6} .*[^\\])(\{#[a-z][a-z0-9-]*\})\s*$/;

/** Notes headings whose id lacks its backslash, and mends them, so that the rest can be read. */
function withMendedHeadings(source: string, file: string, notes: Notes): string {
  let fence: string | undefined;
  const lines = source.split(/\r?\n/).map((line, index) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined && (fence === undefined || mark.startsWith(fence)))
      fence = fence === undefined ? mark : undefined;
    const [, before, id] = (fence === undefined && BARE_ID.exec(line)) || [];
    if (before === undefined || id === undefined) return line;
    notes.tell(
      new AuthoringError(
        file,
        index + 1,
        `the id ${id} lacks its backslash. Write \\${id}.`,
        before.length + 1,
      ),
    );
    return `${before}\\${id}`;
  });
  return lines.join('\n');
}

function checkImage(url: string, file: string, root: string, refuse: Refuse): void {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url))
    refuse(
      `the image ${url} is loaded from another host. Keep a copy beside the page: ![…](./name.png).`,
    );
  const path = decodeURI(url.replace(/[?#].*$/, ''));
  const place = path.startsWith('/') ? join('public', path) : join(root, dirname(file), path);
  if (!existsSync(place))
    refuse(
      `there is no image ${url}. Put it ${path.startsWith('/') ? 'into public/' : 'beside the page'}, or mend its name.`,
    );
}
