import type { EngineDescriptor } from '../descriptor.ts';

export const postgres = {
  name: 'postgres',
  title: 'PostgreSQL',
  release: 'PostgreSQL 18',
  language: {
    fence: 'sql',
    file: 'query.sql',
    grammar: 'sql',
    statements: 'sql',
    dialect: 'postgres',
    answers: 'tables',
    explain: 'EXPLAIN (COSTS OFF)',
    // A transaction that was open is rolled back.
    afterLoss: { script: 'ROLLBACK;' },
  },
  datasetSuffix: '.sql',
  runs: {
    // One takes 128 MB.
    atOnce: 1,
    mostMemory: 512 * 2 ** 20,
    changesHands: true,
    programs: false,
  },
  look: {
    glyph: {
      paths:
        "<path d='M1 2h14v12H1zm1.5 4v2.5h5V6zm6.500 0v2.500h4.500V6zm-6.500 4v2.500h5V10zm6.500 0v2.500h4.500V10z' fill-rule='evenodd'/>",
    },
    ink: { light: '#2a5d92', dark: '#8fbbe8' },
    fill: { light: '#e3edf8', dark: '#1c3047', print: '#edf3fb' },
    diagramClass: 'postgres',
  },
  console: {
    kind: 'sql',
    shell: 'psql',
    prompt: 'postgres=#',
    description:
      'Type SQL as in psql: a statement runs at its semicolon. Below the prompt you see every table with its columns, rows and indexes. Opening it loads PostgreSQL, 5 MB, once per visit.',
    examples: [
      'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);',
      "INSERT INTO users VALUES (1, 'Alice'), (2, 'Bob') RETURNING *;",
      'SELECT * FROM users;',
      '\\d users',
    ],
  },
} as const satisfies EngineDescriptor;
