/**
 * Puts a section's exercises at its end, and those that a page places itself, `<Exercise id="…" />`,
 * where they are placed. Their start and their solution are executed on the way.
 */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineMdastPlugin, type MdastPluginEntry, type MdxJsxFlowElement } from 'satteri';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { component } from '../../foundation/markup/jsx.ts';
import { placeOf } from '../../foundation/markup/place.ts';
import type { PlacedExercise } from './exercise.ts';
import { EXERCISES_ID, EXERCISES_TITLE, placedExercises } from './placed.ts';
import { prepareExercise } from './prepare.ts';
import { EXERCISE_FOLDER, exercisesOf, readExercises } from './read.ts';

/** A name that no author writes: `<Exercise>` itself is replaced. */
const COMPONENT = 'CourseExercise';

/** Put it before the plugin of the questions: exercises come first. */
export const exercises: MdastPluginEntry = ({ fileURL, source }) => {
  const file = fileURL ? fileURLToPath(fileURL) : '';
  const section = /^(\d+\.\d+)-/.exec(basename(file))?.[1] ?? '';
  const inline = placedExercises(source);
  const placed = section ? exercisesOf(section, readExercises()) : [];
  // Most pages have none, and pay nothing.
  if (placed.length === 0 && inline.length === 0) return null;
  return defineMdastPlugin({
    name: 'exercises',
    options: { position: true },
    async mdxJsxFlowElement(node, context) {
      if (node.name !== 'Exercise') return;
      const id = node.attributes.find(
        (one) => one.type === 'mdxJsxAttribute' && one.name === 'id',
      )?.value;
      const at = placeOf(node, context);
      const found = placed.find(({ exercise }) => exercise.id === id);
      if (!found) throw unknown(String(id), placed, section, at);
      if (inline.indexOf(found.exercise.id) !== inline.lastIndexOf(found.exercise.id))
        throw new AuthoringError(
          at.file,
          at.line,
          `the exercise "${found.exercise.id}" is placed twice. Leave one out.`,
        );
      context.replaceNode(node, await shown(found));
    },
    async after(root, context) {
      const rest = placed.filter(({ exercise }) => !inline.includes(exercise.id));
      if (rest.length > 0)
        context.appendChild(root, [
          {
            type: 'heading',
            depth: 2,
            children: [{ type: 'text', value: EXERCISES_TITLE }],
            data: { hProperties: { id: EXERCISES_ID } },
          },
          ...(await Promise.all(rest.map(shown))),
        ]);
      context.prependChild(root, {
        raw: `import ${COMPONENT} from '/src/practice/exercises/page/Exercise.astro';\n`,
      });
    },
  });
};

const shown = async (placed: PlacedExercise): Promise<MdxJsxFlowElement> =>
  component(COMPONENT, { data: JSON.stringify(await prepareExercise(placed)) });

function unknown(
  id: string,
  placed: readonly PlacedExercise[],
  section: string,
  { file, line }: { file: string; line: number },
): AuthoringError {
  const ids = placed.map(({ exercise }) => exercise.id).join(', ');
  return new AuthoringError(
    file,
    line,
    `no exercise "${id}" in ${EXERCISE_FOLDER}/ belongs to ${section ? `section ${section}` : 'this page, which is no section'}. ` +
      `There are: ${ids || 'none'}.`,
  );
}
