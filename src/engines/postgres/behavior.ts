import type { Behavior } from '../behavior.ts';

export const behavior: Behavior = {
  store: "CREATE TABLE toys (name TEXT);\nINSERT INTO toys VALUES ('Teapot');",
  probe:
    "SELECT count(*) || ' stored' AS toys FROM information_schema.tables WHERE table_name = 'toys';",
  shows: '1 stored',
  failing: 'SELECT missing;',
  complaint: 'column "missing" does not exist',
  plain: 'SELECT 1;',
};
