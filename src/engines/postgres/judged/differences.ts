/** Where this engine answers otherwise than psql with a server of its own, each with its reason. */
import type { Difference } from '../../sql/judged/chapters.ts';

export const DIFFERENCES: readonly Difference[] = [
  {
    inputs: /^CREATE EXTENSION /,
    because:
      'The hint says what this PostgreSQL comes with: nothing can be installed in a browser.',
  },
  {
    inputs: /^COPY e FROM PROGRAM /,
    because: 'There are no programs: the error is that of a system that does not let them run.',
  },
  {
    inputs: /^COPY e (FROM|TO) '\//,
    because: 'The hint says that there are none of the reader’s files, and what to write instead.',
  },
  {
    inputs: /^COPY c \(id, name\) FROM STDIN WITH \(FORMAT csv/,
    because:
      'Of psql 15, the line \\. is a row of CSV to a server of version 18. psql 18 ends the data there, and so does this.',
  },
  {
    inputs: /^\\(da max|dL|dx)$/,
    because: 'The comments on the objects of the system are left out, so that less is loaded.',
  },
];
