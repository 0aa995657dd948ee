/** The budgets of a lesson page's first load, measured on the files of the built site. */
import type { BuiltSite } from '../../build/built-site/site.ts';
import type { LecturePage } from '../../build/lecture-pages.ts';
import { kilobytes, type Measurement } from './budget.ts';
import { median, Scales, type PageWeight } from './page-weight.ts';

const GROUP = 'lesson page, first load';

/** Where the build puts what engines boot from. */
const ENGINE_FILES = /^_engines\//;

/** @throws Error if a section of the lecture has no page */
export function measureLessonPages(
  site: BuiltSite,
  lecture: readonly LecturePage[],
): { weights: PageWeight[]; measurements: Measurement[] } {
  const scales = new Scales(site);
  const weights = lecture
    .filter(({ kind }) => kind === 'section')
    .map(({ id, page, source }) => {
      const built = site.page(page);
      if (!built) throw new Error(`${source} (${id}) has no page ${page} in ${site.folder}.`);
      return scales.weigh(built);
    });
  if (weights.length === 0) throw new Error('The lecture has no sections yet.');
  const heaviest = (of: (weight: PageWeight) => number): PageWeight =>
    weights.reduce((most, weight) => (of(weight) > of(most) ? weight : most));
  const engines = ({ files }: PageWeight): number =>
    files
      .filter((path) => ENGINE_FILES.test(path))
      .reduce((sum, path) => sum + site.bytes(path).length, 0);
  const script = heaviest(({ javascript }) => javascript);
  const page = heaviest(({ total }) => total);
  const engine = heaviest(engines);
  return {
    weights,
    measurements: [
      {
        group: GROUP,
        entry: 'JavaScript, gzip, any page',
        bytes: script.javascript,
        of: `most: ${site.addressOf(script.path)}`,
      },
      {
        group: GROUP,
        entry: 'all files, gzip, median page',
        bytes: median(weights.map(({ total }) => total)),
        of: `of ${weights.length} sections`,
      },
      {
        group: GROUP,
        entry: 'all files, gzip, heaviest page',
        bytes: page.total,
        of: site.addressOf(page.path),
      },
      {
        group: GROUP,
        entry: 'engine files, any page',
        bytes: engines(engine),
        of: `most: ${site.addressOf(engine.path)}`,
      },
    ],
  };
}

/** Where the bytes of each page are. */
export function weightTable(site: BuiltSite, weights: readonly PageWeight[]): string {
  const row = (cells: string[]) => cells.map((cell) => cell.padStart(10)).join('');
  return [
    row(['HTML', 'CSS', 'JavaScript', 'media', 'total']),
    ...weights.map(
      ({ html, css, javascript, media, total, path }) =>
        `${row([html, css, javascript, media, total].map(kilobytes))}  ${site.addressOf(path)}`,
    ),
  ].join('\n');
}
