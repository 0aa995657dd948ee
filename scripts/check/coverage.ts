/** `npx node scripts/check/coverage.ts`: is everything that the notes hold on the built site? */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOutline } from '../../src/foundation/course/outline.ts';
import { destinations } from '../../src/sharing/permalinks/destinations.ts';
import { anchorOf } from '../../src/foundation/addresses/permalink.ts';
import { command, ROOT } from '../process/command.ts';
import {
  COVERAGE_FILE,
  parseCoverage,
  problemsOfPlaces,
  problemsOfTerms,
} from '../../src/lecture/coverage/coverage.ts';
import { passage } from '../../src/lecture/coverage/passage.ts';
import { courseRoot } from '../../src/foundation/content/root.ts';

await command(() => {
  const entries = parseCoverage(readFileSync(join(courseRoot(ROOT), COVERAGE_FILE), 'utf8'));
  const places = destinations(courseRoot(ROOT));
  const pages = new Map<string, string>();
  const textAt = (id: string): string | null => {
    const place = places.get(id);
    if (!place) return null;
    const file = join(ROOT, 'dist', place.target.replace(/#.*$/, ''), 'index.html');
    if (!existsSync(file)) return null;
    const html = pages.get(file) ?? readFileSync(file, 'utf8');
    pages.set(file, html);
    return passage(html, anchorOf(place));
  };
  const required = readOutline(courseRoot(ROOT)).flatMap(({ sections }) =>
    sections.map(({ id }) => id),
  );
  const problems = [
    ...problemsOfPlaces(entries, required, places),
    ...problemsOfTerms(
      entries.filter(({ at }) => places.has(at)),
      textAt,
    ),
  ];
  console.log(
    [
      ...problems.map(({ message }) => message),
      `${entries.length} things of the notes, ${problems.length} problems`,
    ].join('\n'),
  );
  return problems.length === 0;
});
