import type { LanguageRegistration } from 'shiki';

/** Lines of redis-cli, and the directives of the course's scripts: client, time, crash. */
export const grammar: LanguageRegistration = {
  name: 'redis',
  scopeName: 'source.redis',
  patterns: [
    { match: '^\\s*#.*$', name: 'comment.line' },
    {
      match: '^\\s*(@client\\s+\\S+|---|wait\\s+\\S+|crash(\\s+process)?|restart)\\s*$',
      name: 'entity.name.function',
    },
    { match: '^\\s*[A-Za-z]+', name: 'keyword' },
    { match: '"(\\\\.|[^"\\\\])*"', name: 'string.quoted.double' },
    { match: "'(\\\\'|[^'])*'", name: 'string.quoted.single' },
    { match: '(?<=\\s)[-+]?\\d+(\\.\\d+)?(?=\\s|$)', name: 'constant.numeric' },
  ],
  repository: {},
};
