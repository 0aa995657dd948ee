import type { EngineDescriptor } from '../descriptor.ts';

export const documents = {
  name: 'documents',
  title: 'MongoDB',
  release: 'Document store (MongoDB 8.0 dialect)',
  language: {
    fence: 'mongosh',
    file: 'shell.js',
    grammar: 'javascript',
    // It says itself where it is.
    statements: 'unknown',
    answers: 'documents',
    counters: 'JSON.stringify(db.serverStatus().metrics)',
  },
  datasetSuffix: '.mongosh.js',
  runs: { atOnce: 4, changesHands: false, programs: true },
  look: {
    glyph: {
      paths:
        "<path d='M6 2H5Q3.500 2 3.500 4v2Q3.500 8 1.500 8q2 0 2 2v2q0 2 1.500 2h1m4-12h1q1.500 0 1.500 2v2q0 2 2 2-2 0-2 2v2q0 2-1.500 2h-1'/>",
      stroked: true,
    },
    ink: { light: '#16693b', dark: '#7fd3a0' },
    fill: { light: '#e2f3e4', dark: '#183621', print: '#ecf8ee' },
    diagramClass: 'mongodb',
  },
  console: {
    kind: 'mongosh',
    shell: 'mongosh',
    prompt: 'test>',
    description:
      'Type JavaScript as in mongosh: variables stay, and what you type is completed with collections, methods, operators and fields. Below the prompt you see every collection with its documents and indexes.',
    examples: [
      "db.users.insertOne({ name: 'Alice', tags: ['a', 'b'] })",
      "db.users.find({ tags: 'a' })",
      'db.users.createIndex({ name: 1 })',
    ],
  },
} as const satisfies EngineDescriptor;
