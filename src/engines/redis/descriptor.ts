import type { EngineDescriptor } from '../descriptor.ts';

export const redis = {
  name: 'redis',
  title: 'Redis',
  release: 'Redis 7.0, emulated',
  language: {
    fence: 'redis',
    file: 'commands.redis',
    grammar: 'own',
    statements: 'client lines',
    // Commands that were queued for an EXEC are never executed.
    afterLoss: { line: '@client another' },
  },
  datasetSuffix: '.redis',
  runs: { atOnce: 4, changesHands: false, programs: false },
  look: {
    glyph: {
      paths: "<circle cx='4' cy='8' r='2.500'/><path d='M7 8h8m-3 0v3'/>",
      stroked: true,
    },
    ink: { light: '#b02a20', dark: '#f39a91' },
    fill: { light: '#fde7e4', dark: '#47201c', print: '#fdf0ee' },
    diagramClass: 'redis',
  },
  console: {
    kind: 'clients',
    shell: 'redis-cli',
    prompt: '127.0.0.1:6379>',
    description:
      'Type Redis commands as in redis-cli, with up to four clients side by side. Below the prompt you see every key with its time to live, a clock that you can skip ahead, and a switch for persistence with a button that crashes the server.',
    examples: [],
  },
} as const satisfies EngineDescriptor;
