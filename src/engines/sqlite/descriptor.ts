import type { EngineDescriptor } from '../descriptor.ts';

export const sqlite = {
  name: 'sqlite',
  title: 'SQLite',
  release: 'SQLite 3.54',
  language: {
    fence: 'sqlite',
    file: 'query.sql',
    grammar: 'sql',
    statements: 'sql',
    dialect: 'sqlite',
    answers: 'tables',
    explain: 'EXPLAIN QUERY PLAN',
  },
  datasetSuffix: '.sqlite.sql',
  runs: { atOnce: 4, mostMemory: 256 * 2 ** 20, changesHands: true, programs: false },
  look: {
    glyph: {
      paths: "<path d='M3 1h7l3 3v11H3zm2 6h6v1.500H5zm0 3h6v1.500H5z' fill-rule='evenodd'/>",
    },
    ink: { light: '#0a6c8c', dark: '#7fd0ec' },
    fill: { light: '#def2f9', dark: '#143743', print: '#e9f7fc' },
    diagramClass: 'sqlite',
  },
  console: {
    kind: 'sql',
    shell: 'sqlite3',
    prompt: 'sqlite>',
    description:
      'Type SQL as in sqlite3: a statement runs at its semicolon. Below the prompt you see every table with its columns, rows and indexes.',
    examples: [
      'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);',
      "INSERT INTO users VALUES (1, 'Alice'), (2, 'Bob') RETURNING *;",
      'SELECT * FROM users;',
    ],
  },
} as const satisfies EngineDescriptor;
