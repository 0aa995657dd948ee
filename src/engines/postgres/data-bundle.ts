/**
 * Makes PGlite's file bundle small: the files that only `initdb`, ICU, foreign encodings and the
 * building of extensions need are filled with zeros. Offsets stay as PGlite expects them, and gzip
 * makes nothing of the zeros. Node only.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../project-root.ts';

/** The folder of the installed PGlite's built files. */
export const PGLITE = path.join(projectRoot(), 'node_modules/@electric-sql/pglite/dist');

/** @param dist the folder of a PGlite's built files. */
export async function trimmedDataBundle(dist = PGLITE): Promise<Uint8Array> {
  const bundle = new Uint8Array(await readFile(path.join(dist, 'pglite.data')));
  const files = listFiles(await readFile(path.join(dist, 'pglite.js'), 'utf8'));
  if (files.length === 0 || files.at(-1)?.end !== bundle.length) {
    throw new Error(CHANGED);
  }
  for (const { name, start, end } of files) {
    if (!isNeeded(name)) bundle.fill(0, start, end);
  }
  return bundle;
}

/** The time zones an international class may ask for; UTC and offsets work without a file. */
const TIME_ZONES = new Set(
  (
    'UTC GMT CET EET MET WET EST MST HST EST5EDT CST6CDT MST7MDT PST8PDT Etc/UTC Etc/GMT ' +
    'Africa/Cairo Africa/Casablanca Africa/Johannesburg Africa/Lagos Africa/Nairobi ' +
    'America/Anchorage America/Argentina/Buenos_Aires America/Bogota America/Chicago ' +
    'America/Denver America/Halifax America/Lima America/Los_Angeles America/Mexico_City ' +
    'America/New_York America/Phoenix America/Santiago America/Sao_Paulo America/Toronto ' +
    'America/Vancouver Asia/Almaty Asia/Baghdad Asia/Bangkok Asia/Calcutta Asia/Dhaka Asia/Dubai ' +
    'Asia/Ho_Chi_Minh Asia/Hong_Kong Asia/Istanbul Asia/Jakarta Asia/Jerusalem Asia/Karachi ' +
    'Asia/Kathmandu Asia/Kolkata Asia/Kuala_Lumpur Asia/Manila Asia/Riyadh Asia/Seoul ' +
    'Asia/Shanghai Asia/Singapore Asia/Taipei Asia/Tashkent Asia/Tehran Asia/Tokyo ' +
    'Atlantic/Reykjavik Australia/Adelaide Australia/Brisbane Australia/Melbourne ' +
    'Australia/Perth Australia/Sydney Europe/Amsterdam Europe/Athens Europe/Belgrade ' +
    'Europe/Berlin Europe/Brussels Europe/Bucharest Europe/Budapest Europe/Chisinau ' +
    'Europe/Copenhagen Europe/Dublin Europe/Helsinki Europe/Istanbul Europe/Kiev Europe/Kyiv ' +
    'Europe/Lisbon Europe/London Europe/Madrid Europe/Minsk Europe/Moscow Europe/Oslo ' +
    'Europe/Paris Europe/Prague Europe/Riga Europe/Rome Europe/Samara Europe/Sofia ' +
    'Europe/Stockholm Europe/Tallinn Europe/Vienna Europe/Vilnius Europe/Warsaw Europe/Zurich ' +
    'Pacific/Auckland Pacific/Honolulu US/Central US/Eastern US/Mountain US/Pacific'
  ).split(' '),
);

const NEEDED = [
  /^\/home\/postgres\/\.pgpass$/,
  /^\/pglite\/(bin\/|locale-a$|password$|pgstdin$|pgstdout$)/,
  /^\/pglite\/lib\/postgresql\/(plpgsql|dict_snowball)\.so$/,
  /^\/pglite\/share\/postgresql\/(extension|tsearch_data|timezonesets)\//,
];

function isNeeded(file: string): boolean {
  const zone = /\/timezone\/(.+)$/.exec(file)?.[1];
  return zone === undefined ? NEEDED.some((pattern) => pattern.test(file)) : TIME_ZONES.has(zone);
}

/**
 * PGlite's loader without the files that are not needed. It makes each file of the list at every
 * start, and most of them are filled with zeros.
 *
 * @param loader its code.
 * @throws Error if the list is not in it.
 */
export function withNeededFiles(loader: string): string {
  let kept = 0;
  const trimmed = loader.replaceAll(ENTRY, (entry, name: string) => {
    if (!isNeeded(name)) return '';
    kept++;
    return entry;
  });
  if (kept === 0 || trimmed === loader) throw new Error(CHANGED);
  return trimmed;
}

const CHANGED = "PGlite's list of bundled files is not where it was: its build has changed";

/** One of the list, with the comma that parts it from the next. */
const ENTRY = /\{filename:"([^"]+)",start:(\d+),end:(\d+)\},?/g;

/** The files of the bundle that are needed, and where in it they lie. */
export async function bundledFiles(dist = PGLITE): Promise<BundledFile[]> {
  const files = listFiles(await readFile(path.join(dist, 'pglite.js'), 'utf8'));
  return files.filter(({ name }) => isNeeded(name));
}

interface BundledFile {
  name: string;
  start: number;
  end: number;
}

/** The bundle's table of contents, which stands in PGlite's loader. */
function listFiles(loader: string): BundledFile[] {
  const entries = loader.matchAll(ENTRY);
  return Array.from(entries, ([, name = '', start, end]) => ({
    name,
    start: Number(start),
    end: Number(end),
  }));
}
