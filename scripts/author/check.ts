/**
 * `npm run check`: every rule about what an author writes, without building a site. It tells all mistakes, in the order of
 * files and lines. `npm run check -- 1.2` looks at a section, `-- 3` at a part.
 */
import { courseRoot } from '../../src/foundation/content/root.ts';
import { AuthoringError } from '../../src/foundation/mistakes/authoring-error.ts';
import { didYouMean } from '../../src/foundation/mistakes/nearest.ts';
import { readPages } from '../../src/foundation/course/outline.ts';
import { checkCourse, lineOfMistake } from '../../src/site/rules/check.ts';
import { command } from '../process/command.ts';

await command(async () => {
  const only = process.argv.slice(2);
  const started = performance.now();
  try {
    const unknown = only.length > 0 ? unknownPage(only) : undefined;
    if (unknown !== undefined) {
      console.error(unknown);
      return false;
    }
    const mistakes = await checkCourse(only.length > 0 ? only : undefined);
    for (const mistake of mistakes) console.error(lineOfMistake(mistake));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const what = only.length > 0 ? only.join(', ') : 'The course';
    console.log(
      mistakes.length === 0
        ? `${what}: nothing to mend. ${seconds} s`
        : `${what}: ${mistakes.length} to mend. ${seconds} s`,
    );
    return mistakes.length === 0;
  } catch (error) {
    console.error(
      'This is a bug of the site, not a mistake in your text. Please report it with these lines:',
    );
    console.error(error instanceof Error ? error.stack : error);
    return false;
  }
});

/** A number that names nothing is a slip of the pen, not a success. */
function unknownPage(only: readonly string[]): string | undefined {
  let known: string[];
  try {
    known = readPages(courseRoot()).map(({ id }) => id);
  } catch (error) {
    // The check itself says what is wrong with the outline.
    if (error instanceof AuthoringError) return undefined;
    throw error;
  }
  const lost = only.find((one) => !known.includes(one));
  return lost === undefined
    ? undefined
    : `There is no page ${lost}.${didYouMean(lost, known)} There are: ${known.join(', ')}.`;
}
