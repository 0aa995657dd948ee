/** All that is kept, by the name of its kind. Each kind has one place that reads and writes it. */
export const KEPT_NAMES = [
  'read',
  'ran',
  'solved',
  'review',
  'answer',
  'tries',
  'challenge',
  'draft',
  'version',
  'sitting',
  'theme',
  'teacher',
  'history',
  'prompt',
  'console',
  'import',
  'case',
  'trial',
  'bet',
  'folding',
] as const;

export type KeptName = (typeof KEPT_NAMES)[number];
