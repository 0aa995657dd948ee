/**
 * What a page of an author may not hold: addresses with schemes other than `scheme.ts` says, programs in
 * attributes, and code. What stands as code in a page is data at most: the build would run the rest, with
 * all rights.
 */
import { type Node, parseExpressionAt } from 'acorn';
import { defineMdastPlugin, type MdxJsxFlowElement, type MdxJsxTextElement } from 'satteri';
import { AuthoringError } from '../mistakes/authoring-error.ts';
import { placeOf } from './place.ts';
import { addressesIn, forbiddenScheme } from './scheme.ts';

/** Says what is wrong with a node, for its author. */
export type Refuse = (message: string) => never;

/** @param refuse called for an address with a scheme that no page may hold. */
export function checkAddress(address: string, refuse: Refuse): void {
  const scheme = forbiddenScheme(address);
  if (scheme === null) return;
  refuse(
    `the address "${shortened(address)}" begins with ${scheme}, which no page may hold. ` +
      'Link to a page, or to another site by https:.',
  );
}

/** @param refuse called for an attribute that holds such an address, or a program. */
export function checkAttributes(
  { name, attributes }: MdxJsxFlowElement | MdxJsxTextElement,
  refuse: Refuse,
): void {
  const element = name ?? '';
  for (const one of attributes) {
    if (one.type !== 'mdxJsxAttribute')
      refuse(`<${element}> takes its attributes by name: write each as name="…".`);
    else if (/^(on|srcdoc$)/i.test(one.name) && /^[a-z]/.test(element))
      refuse(`<${element}> cannot take ${one.name}: a page holds no programs. Leave it out.`);
    else if (typeof one.value === 'string')
      for (const address of addressesIn(element, one.name, one.value))
        checkAddress(address, refuse);
    else if (one.value) checkData(one.value.value, one.name, refuse);
  }
}

/** Numbers, texts, lists and objects of them. An address is written as a text, where it can be read. */
function checkData(code: string, attribute: string, refuse: Refuse): void {
  if (addressesIn('', attribute, 'x').length > 0)
    refuse(`write the address as a text: ${attribute}="…".`);
  let node: Node | undefined;
  try {
    node = parseExpressionAt(code, 0, { ecmaVersion: 'latest' });
  } catch {
    // What is no expression is no data.
  }
  if (!node || !isData(node) || code.slice(node.end).trim() !== '')
    refuse(
      `${attribute}={…} holds more than numbers, texts, lists and objects. The build runs no code of a page.`,
    );
}

type Field = Node | null | undefined;

function isData(node: Field): boolean {
  const { type, ...rest } = (node ?? { type: '' }) as Node & Record<string, unknown>;
  switch (type) {
    case 'Literal':
      return true;
    case 'ArrayExpression':
      return (rest['elements'] as Field[]).every(isData);
    case 'ObjectExpression':
      return (rest['properties'] as Field[]).every(isData);
    case 'Property':
      return (
        rest['computed'] === false && rest['kind'] === 'init' && isData(rest['value'] as Field)
      );
    case 'UnaryExpression':
      return rest['operator'] === '-' && isData(rest['argument'] as Field);
    case 'TemplateLiteral':
      return (rest['expressions'] as Field[]).length === 0;
    default:
      return false;
  }
}

/** @param refuse called for what stands between braces, if it is more than a comment. */
export function checkExpression(code: string, refuse: Refuse): void {
  if (code.replace(/\/\*[\s\S]*?\*\//g, '').trim() !== '')
    refuse(
      `{${shortened(code)}} is code, and the build runs no code of a page. A brace that is meant as one is \\{.`,
    );
}

/** @param refuse called always: components need no import, and a page exports nothing. */
export const refuseModule = (refuse: Refuse): never =>
  refuse('a page imports and exports nothing. Components need no import. Leave these lines out.');

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

/** Put it first: what others make of a page is theirs. */
export const safeAddresses = defineMdastPlugin({
  name: 'safe-addresses',
  options: { position: true },
  link: (node, context) => checkAddress(node.url, refusing(node, context)),
  image: (node, context) => checkAddress(node.url, refusing(node, context)),
  definition: (node, context) => checkAddress(node.url, refusing(node, context)),
  mdxJsxTextElement: (node, context) => checkAttributes(node, refusing(node, context)),
  mdxJsxFlowElement: (node, context) => checkAttributes(node, refusing(node, context)),
  mdxTextExpression: (node, context) => checkExpression(node.value, refusing(node, context)),
  mdxFlowExpression: (node, context) => checkExpression(node.value, refusing(node, context)),
  mdxjsEsm: (node, context) => refuseModule(refusing(node, context)),
});

const refusing =
  (...[node, context]: Parameters<typeof placeOf>): Refuse =>
  (message) => {
    const { file, line } = placeOf(node, context);
    throw new AuthoringError(file, line, message);
  };
