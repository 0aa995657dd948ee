/** Puts a challenge where a page places it: `<Challenge id="x-catalog-design" />`. Its designs are executed on the way. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineMdastPlugin, type MdastPluginEntry } from 'satteri';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { component } from '../../foundation/markup/jsx.ts';
import { placeOf } from '../../foundation/markup/place.ts';
import { placedChallenges } from './placed.ts';
import { prepareChallenge } from './prepare.ts';
import { CHALLENGE_FOLDER, challengesOf, readChallenges } from './read.ts';

/** A name that no author writes: `<Challenge>` itself is replaced. */
const COMPONENT = 'CourseChallenge';

export const challenges: MdastPluginEntry = ({ fileURL, source }) => {
  const file = fileURL ? fileURLToPath(fileURL) : '';
  const section = /^(\d+\.\d+)-/.exec(basename(file))?.[1] ?? '';
  const inline = placedChallenges(source);
  const placed = section ? challengesOf(section, readChallenges()) : [];
  // Most pages have none, and pay nothing.
  if (placed.length === 0 && inline.length === 0) return null;
  const forgotten = placed.find(({ challenge }) => !inline.includes(challenge.id));
  if (forgotten)
    throw new AuthoringError(
      forgotten.file,
      forgotten.lineOf('section'),
      `section ${section} does not show it. Write <Challenge id="${forgotten.challenge.id}" /> there.`,
    );
  return defineMdastPlugin({
    name: 'challenges',
    options: { position: true },
    async mdxJsxFlowElement(node, context) {
      if (node.name !== 'Challenge') return;
      const id = node.attributes.find(
        (one) => one.type === 'mdxJsxAttribute' && one.name === 'id',
      )?.value;
      const found = placed.find(({ challenge }) => challenge.id === id);
      const at = placeOf(node, context);
      if (!found)
        throw new AuthoringError(
          at.file,
          at.line,
          `no challenge "${String(id)}" in ${CHALLENGE_FOLDER}/ belongs to section ${section}. ` +
            `There are: ${placed.map(({ challenge }) => challenge.id).join(', ') || 'none'}.`,
        );
      const data = JSON.stringify(await prepareChallenge(found));
      context.replaceNode(node, component(COMPONENT, { data }));
    },
    after(root, context) {
      context.prependChild(root, {
        raw: `import ${COMPONENT} from '/src/practice/challenge/page/Challenge.astro';\n`,
      });
    },
  });
};
