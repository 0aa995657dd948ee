/**
 * Puts a section's questions at its end, and those that a page places itself, `<Question id="…" />`,
 * where they are placed. Predictions are executed on the way.
 */
import { basename, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineMdastPlugin, type MdastPluginEntry, type MdxJsxFlowElement } from 'satteri';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { component } from '../../foundation/markup/jsx.ts';
import { placeOf } from '../../foundation/markup/place.ts';
import { placedInline, QUESTIONS_ID, QUESTIONS_TITLE } from './placed.ts';
import { answerOf } from './predict.ts';
import { prepare } from './prepare.ts';
import type { PlacedQuestion, Prediction } from './question.ts';
import { readQuestions } from './read.ts';

/** A name that no author writes: `<Question>` itself is replaced. */
const COMPONENT = 'CourseQuestion';

export const questions: MdastPluginEntry = ({ fileURL, source }) => {
  const file = fileURL ? fileURLToPath(fileURL) : '';
  const section = /^(\d+\.\d+)-/.exec(basename(file))?.[1] ?? '';
  const inline = placedInline(source);
  const placed = section ? readQuestions(section) : [];
  // Most pages have none, and pay nothing.
  if (placed.length === 0 && inline.length === 0) return null;
  return defineMdastPlugin({
    name: 'questions',
    options: { position: true },
    async mdxJsxFlowElement(node, context) {
      if (node.name !== 'Question') return;
      const id = node.attributes.find(
        (one) => one.type === 'mdxJsxAttribute' && one.name === 'id',
      )?.value;
      const found = placed.find(({ question }) => question.id === id);
      const at = placeOf(node, context);
      if (!found) throw unknown(String(id), placed, section, at);
      if (inline.indexOf(found.question.id) !== inline.lastIndexOf(found.question.id))
        throw new AuthoringError(
          at.file,
          at.line,
          `the question "${found.question.id}" is placed twice. Leave one out.`,
        );
      context.replaceNode(node, await shown(found));
    },
    async after(root, context) {
      const rest = placed.filter(({ question }) => !inline.includes(question.id));
      if (rest.length > 0)
        context.appendChild(root, [
          {
            type: 'heading',
            depth: 2,
            children: [{ type: 'text', value: QUESTIONS_TITLE }],
            data: { hProperties: { id: QUESTIONS_ID } },
          },
          ...(await Promise.all(rest.map(shown))),
        ]);
      context.prependChild(root, {
        raw: `import ${COMPONENT} from '/src/practice/quiz/Question.astro';\n`,
      });
    },
  });
};

async function shown(placed: PlacedQuestion): Promise<MdxJsxFlowElement> {
  const { question, section } = placed;
  const answer =
    question.kind === 'predict'
      ? await answerOf(placed as PlacedQuestion & { question: Prediction })
      : undefined;
  return component(COMPONENT, { data: JSON.stringify(prepare(question, section, answer)) });
}

function unknown(
  id: string,
  placed: readonly PlacedQuestion[],
  section: string,
  { file, line }: { file: string; line: number },
): AuthoringError {
  const ids = placed.map(({ question }) => question.id).join(', ');
  return new AuthoringError(
    relative('.', file),
    line,
    `no question "${id}" in content/quizzes/${section || '<section>'}.yaml. There are: ${ids || 'none'}.`,
  );
}
