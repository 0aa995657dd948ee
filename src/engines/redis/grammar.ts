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
    {
      // A program in quotes, of one line or of many.
      begin: '^\\s*(EVAL(?:_RO)?|SCRIPT\\s+LOAD|eval(?:_ro)?|script\\s+load)\\s+(")',
      end: '"',
      beginCaptures: { 1: { name: 'keyword' }, 2: { name: 'string.quoted.double' } },
      endCaptures: { 0: { name: 'string.quoted.double' } },
      patterns: [
        { match: '--.*?(?=$|")', name: 'comment.line' },
        { match: "'[^'\"]*'", name: 'string.quoted.single' },
        {
          match:
            '\\b(and|break|do|else|elseif|end|for|function|if|in|local|not|or|repeat|return|then|until|while)\\b',
          name: 'keyword',
        },
        { match: '\\b(nil|true|false|\\d+(\\.\\d+)?)\\b', name: 'constant.numeric' },
      ],
    },
    { match: '^\\s*[A-Za-z]+', name: 'keyword' },
    { match: '"(\\\\.|[^"\\\\])*"', name: 'string.quoted.double' },
    { match: "'(\\\\'|[^'])*'", name: 'string.quoted.single' },
    { match: '(?<=\\s)[-+]?\\d+(\\.\\d+)?(?=\\s|$)', name: 'constant.numeric' },
  ],
  repository: {},
};
