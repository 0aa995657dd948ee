/**
 * What the lecture's pages hold for whoever teaches them: `<TeacherNote>` and the exercises with a
 * `<Timer>`. The run sheet is collected from here, so that nothing of it is written twice.
 */
import { mdxToJs, type MdxJsxFlowElement } from 'satteri';
import { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { HEADING_ID } from '../../foundation/markup/heading-ids.ts';

export interface TeacherNote {
  /** How long it takes to do what the note says, if it says so. */
  minutes: number | undefined;
  /** The note as its author wrote it: Markdown, and links by section number. */
  markdown: string;
  /** What the run sheet shows of it, as Markdown: see {@link promptOf}. */
  prompt: string;
}

/** A task for the class, with a clock. */
export interface Exercise {
  minutes: number;
  /** The heading it stands under. */
  title: string;
}

export interface TeachersPage {
  notes: TeacherNote[];
  exercises: Exercise[];
}

/**
 * @param source a page's MDX.
 * @param file its path from the project's root, for errors.
 * @throws AuthoringError for a note or a timer that cannot be read, with its line.
 */
export function collectNotes(source: string, file: string): TeachersPage {
  const body = source.replace(/^---\r?\n[\s\S]*?\r?\n---/, (block) => block.replace(/[^\n]+/g, ''));
  const lines = body.split(/\r?\n/);
  const notes: TeacherNote[] = [];
  const exercises: Exercise[] = [];
  let heading = '';
  mdxToJs(body, {
    mdastPlugins: [
      {
        name: 'collect-notes',
        options: { position: true },
        heading(node, context) {
          heading = context.textContent(node).replace(HEADING_ID, '');
        },
        mdxJsxFlowElement(node) {
          if (node.name !== 'TeacherNote' && node.name !== 'Timer') return;
          const { start, end } = node.position!;
          const minutes = minutesOf(node, file, start.line);
          if (node.name === 'Timer') {
            if (minutes === undefined)
              throw new AuthoringError(
                file,
                start.line,
                'a timer needs its minutes: <Timer minutes="5" />.',
              );
            exercises.push({ minutes, title: heading });
            return;
          }
          const markdown = lines
            .slice(start.line, end.line - 1)
            .join('\n')
            .trim();
          if (markdown === '')
            throw new AuthoringError(
              file,
              start.line,
              'a teacher’s note stands on lines of its own, between <TeacherNote minutes="5"> and </TeacherNote>.',
            );
          notes.push({ minutes, markdown, prompt: promptOf(markdown) });
        },
      },
    ],
  });
  return { notes, exercises };
}

/**
 * The words of a note that a lecturer needs while talking: what its author made **bold**, or else
 * its first sentence.
 */
export function promptOf(markdown: string): string {
  const bold = [...markdown.matchAll(/\*\*([\s\S]+?)\*\*/g)].map(([, words]) => words!.trim());
  if (bold.length > 0)
    return bold.map((words) => (/[.?!”]$/.test(words) ? words : `${words}.`)).join(' ');
  const [paragraph = ''] = markdown.split(/\n\s*\n/);
  const [first] = new Intl.Segmenter('en', { granularity: 'sentence' }).segment(
    paragraph.replaceAll('\n', ' '),
  );
  return (first?.segment ?? '').trim();
}

function minutesOf(node: MdxJsxFlowElement, file: string, line: number): number | undefined {
  const attribute = node.attributes.find((one) => 'name' in one && one.name === 'minutes');
  if (attribute === undefined) return undefined;
  const minutes = Number(typeof attribute.value === 'string' ? attribute.value : Number.NaN);
  if (!(minutes > 0))
    throw new AuthoringError(
      file,
      line,
      `minutes of <${node.name}> is a number in quotes: minutes="5".`,
    );
  return minutes;
}
