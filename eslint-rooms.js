/**
 * The ground plan of `src/`: rooms from the bottom up. A file may import from its own room and from rooms below it;
 * tests may look everywhere.
 */
import { dirname, relative, resolve } from 'node:path';

/** From the bottom up. A room of which the list has only the first part is one room. */
export const ROOMS = [
  'foundation/content',
  'foundation/mistakes',
  'foundation/addresses',
  'foundation/markup',
  'foundation/yaml',
  'foundation/course',
  'foundation/kept',
  'foundation/sealed',
  'foundation/page',
  'foundation/updates',
  'engines',
  'running/runner',
  'running/listing',
  'running/cells',
  'running/console',
  'practice/record',
  'practice/quiz',
  'practice/exercises',
  'practice/challenge',
  'practice/case',
  'practice/self-test',
  'practice/progress',
  'lecture/coverage',
  'lecture/reference',
  'lecture/tables',
  'lecture/pace',
  'lecture/markdown',
  'lecture/components',
  'lecture/decision',
  'lecture/diagrams',
  'sharing/permalinks',
  'sharing/embed',
  'sharing/lms',
  'sharing/teach',
  'site',
  'pages',
];

const SRC = resolve(import.meta.dirname, 'src');

/** @returns the room's place in the list; -1 for a file outside. */
function roomOf(file) {
  const path = relative(SRC, file).replaceAll('\\', '/');
  return ROOMS.findIndex((room) => path.startsWith(`${room}/`));
}

export const oneWay = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      upward:
        'src/{{from}} does not know src/{{to}}, which is built on it. Hand it what it needs, or put what both need into a room below (eslint-rooms.js has their order).',
      nowhere:
        'This file is in no room of eslint-rooms.js. Put it into one, or the new room into the list.',
    },
  },
  create(context) {
    const file = context.filename;
    if (relative(SRC, file).startsWith('..') || /\.test\.ts$/.test(file)) return {};
    // Astro wants it there.
    if (/src[\\/]content\.config\.ts$/.test(file)) return {};
    const from = roomOf(file);
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string' || !source.startsWith('.')) return;
      const to = roomOf(resolve(dirname(file), source));
      if (to > from && from >= 0)
        context.report({
          node: node.source,
          messageId: 'upward',
          data: { from: ROOMS[from], to: ROOMS[to] },
        });
    };
    return {
      Program(node) {
        if (from < 0) context.report({ node, messageId: 'nowhere' });
      },
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
