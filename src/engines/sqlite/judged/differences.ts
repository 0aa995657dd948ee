/** Where this engine answers otherwise than the sqlite3 program, each with its reason. */
import type { Difference } from '../../sql/judged/chapters.ts';

export const DIFFERENCES: readonly Difference[] = [
  {
    inputs: /9223372036854775808|0\.1 \+ 0\.2|pi\(\)/,
    because:
      'SQLite 3.40 prints 15 digits of a real number; this one prints as many as tell it from its neighbors.',
  },
  {
    inputs: /^SELECT x'00ff', typeof/,
    because: 'A BLOB is shown as the literal that makes it. The program prints its bytes.',
  },
  {
    inputs: /^ALTER TABLE products ALTER COLUMN/,
    because: 'SQLite 3.40 has no ALTER COLUMN, and stops at its name. This one has some of it.',
  },
  {
    inputs: /^SELECT json_extract\('\{"a": 1\}', 'a'\);/,
    because: 'The message about a path was another in SQLite 3.40.',
  },
  {
    inputs: /count\(\*\) > 1;$|row_number\(\) FROM people;$/,
    because: 'Which of several calls is misused is not proved, so that nothing is pointed at.',
  },
  {
    inputs: /ON q\.name = p\.name/,
    because:
      'SQLite 3.40 does not say where. Here the name alone is what is wrong, which is proved.',
  },
];
