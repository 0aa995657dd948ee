/**
 * How a page uses the components that an author may write: their names, and what they take. What a
 * component takes is read from its `interface Props`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  defineMdastPlugin,
  mdxToJs,
  type MdxJsxFlowElement,
  type MdxJsxTextElement,
} from 'satteri';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { didYouMean } from '../../foundation/mistakes/nearest.ts';
import { problemOfType } from './attribute-types.ts';
import { placeOf } from '../../foundation/markup/place.ts';
import { COMPARE } from '../../running/cells/compare/comparison.ts';
import { problemOfWeek, readSettings } from '../../foundation/course/settings.ts';
import { readPages } from '../../foundation/course/outline.ts';
import { AUTHOR_COMPONENTS } from './components.ts';
import { courseRoot } from '../../foundation/content/root.ts';

/** Components that are made of a file by their id, and take nothing else. */
const BY_ID = ['Challenge', 'Exercise', 'Question'];

/** In alphabetical order. */
const COMPONENT_NAMES = [...Object.keys(AUTHOR_COMPONENTS), ...BY_ID].sort();

interface Attribute {
  name: string;
  needed: boolean;
  /** As TypeScript has it: `string | number`. */
  type: string;
}

const known = new Map<string, Attribute[] | 'any'>();

/** What a component takes; `any` where it takes the attributes of something else as well. */
function attributesOf(name: string): Attribute[] | 'any' | undefined {
  if (BY_ID.includes(name)) return [{ name: 'id', needed: true, type: 'string' }];
  const file = AUTHOR_COMPONENTS[name];
  if (file === undefined) return undefined;
  const attributes =
    known.get(name) ?? readAttributes(readFileSync(join(process.cwd(), file), 'utf8'));
  known.set(name, attributes);
  return attributes;
}

function readAttributes(component: string): Attribute[] | 'any' {
  if (/interface Props extends/.test(component)) return 'any';
  const [, props = ''] = /interface Props \{\n([\s\S]*?)\n\}/.exec(component) ?? [];
  return [...props.matchAll(/^ {2}(\w+)(\??): ([^;]+);/gm)].map(([, name, optional, type]) => ({
    name: name!,
    needed: optional === '',
    type: type!,
  }));
}

/** In Astro's own pipeline, so that a page under edit is told as well. */
export const componentUse = defineMdastPlugin({
  name: 'component-use',
  options: { position: true },
  mdxJsxTextElement: (node, context) => checkElement(node, placeOf(node, context).file),
  mdxJsxFlowElement: (node, context) => checkElement(node, placeOf(node, context).file),
});

/**
 * @param source a page's MDX; its frontmatter may be blank.
 * @param file its path from the project's root.
 * @returns every component of it that does not fit.
 */
export function mistakesInComponents(
  source: string,
  file: string,
  root = courseRoot(),
): AuthoringError[] {
  const mistakes: AuthoringError[] = [];
  const check = (element: MdxJsxFlowElement | MdxJsxTextElement): void => {
    try {
      checkElement(element, file, root);
    } catch (error) {
      if (!(error instanceof AuthoringError)) throw error;
      mistakes.push(error);
    }
  };
  mdxToJs(
    source.replace(/^---\r?\n[\s\S]*?\r?\n---/, (front) => front.replace(/[^\n]+/g, '')),
    {
      mdastPlugins: [
        {
          name: 'components',
          options: { position: true },
          mdxJsxTextElement: check,
          mdxJsxFlowElement: check,
        },
      ],
    },
  );
  return mistakes;
}

/**
 * @param file path of the page from the project's root.
 * @throws AuthoringError for a component or an attribute that is not known, for an attribute that is
 * missing, and for a link to a section that is not there.
 */
export function checkElement(
  { name, attributes, position }: MdxJsxFlowElement | MdxJsxTextElement,
  file: string,
  root = courseRoot(),
): void {
  // Small letters are HTML; a comparison checks what it takes itself.
  if (!name || !/^[A-Z]/.test(name) || name === COMPARE) return;
  const refuse = (message: string): never => {
    throw new AuthoringError(file, position?.start.line ?? 1, message, position?.start.column);
  };
  const taken =
    attributesOf(name) ??
    refuse(
      `there is no component <${name}>.${didYouMean(name, COMPONENT_NAMES, (one) => `<${one}>`)} There are: ${COMPONENT_NAMES.join(', ')}.`,
    );
  if (taken === 'any') return;
  const takes =
    taken.length === 0 ? 'It takes none.' : `It takes: ${taken.map((one) => one.name).join(', ')}.`;
  const given = new Map(
    attributes.map((one) =>
      one.type === 'mdxJsxAttribute' ? [one.name, one.value] : ['{…}', undefined],
    ),
  );
  for (const attribute of given.keys())
    if (!taken.some((one) => one.name === attribute))
      refuse(
        `<${name}> cannot take ${attribute}.${didYouMean(
          attribute,
          taken.map((one) => one.name),
        )} ${takes}`,
      );
  for (const { name: attribute, needed, type } of taken) {
    if (needed && !given.has(attribute)) refuse(`<${name}> needs ${attribute}="…". ${takes}`);
    const problem = given.has(attribute) ? problemOfType(given.get(attribute), type) : undefined;
    if (problem !== undefined) refuse(`${attribute} of <${name}> ${problem}`);
  }
  const id = given.get('id');
  const week = given.get('week');
  if (name === 'Recall' && typeof week === 'string') {
    const problem = problemOfWeek(Number(week), readSettings(root));
    if (problem !== undefined) refuse(`<Recall week="${week}">: ${problem}.`);
  }
  if (name === 'SectionLink' && typeof id === 'string') {
    const pages = readPages(root).map((page) => page.id);
    if (!pages.includes(id))
      refuse(
        `<SectionLink id="${id}">: there is no page ${id}.${didYouMean(id, pages)} There are: ${pages.join(', ')}.`,
      );
  }
}
