import type { EngineDescriptor } from '../../descriptor.ts';

/** For tests: the smallest engine, which the course does not have. It reverses words. */
export const reversal = {
  name: 'reversal',
  folder: 'src/engines/testing/reversal',
  title: 'Reversal',
  release: 'Reversal 1',
  language: {
    fence: 'reversal',
    file: 'words.reversal',
    grammar: 'text',
    statements: 'lines',
  },
  datasetSuffix: '.reversal',
  runs: { atOnce: 4, changesHands: true, programs: false },
  look: {
    glyph: { paths: "<path d='M14 8H2l4-4'/>", stroked: true },
    ink: { light: '#5b3a8c', dark: '#c3a6ee' },
    fill: { light: '#efe7fa', dark: '#33234d', print: '#f5f0fc' },
  },
  console: {
    kind: 'plain',
    shell: 'reverse',
    prompt: '>',
    description: 'Type a word, and it comes back reversed.',
    examples: ['reverse teapot'],
  },
} as const satisfies EngineDescriptor;
