import type { Behavior } from '../behavior.ts';

export const behavior: Behavior = {
  store: "CREATE TABLE toys (name TEXT);\nINSERT INTO toys VALUES ('Teapot');",
  probe: "SELECT count(*) || ' stored' AS toys FROM sqlite_schema WHERE name = 'toys';",
  shows: '1 stored',
  failing: 'SELECT missing;',
  complaint: 'no such column: missing',
  plain: 'SELECT 1;',
};
