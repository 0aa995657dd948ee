import { StreamLanguage } from '@codemirror/language';

/** Lines of redis-cli: comments, directives, the command's name, strings and numbers. */
export const redisLanguage = StreamLanguage.define<object>({
  name: 'redis',
  token(stream) {
    if (stream.sol()) {
      stream.eatSpace();
      if (stream.match(/^#.*/)) return 'comment';
      if (stream.match(/^(@client\s+\S+|---|wait\s+\S+|crash(\s+process)?|restart)\s*$/))
        return 'typeName';
      if (stream.match(/^[A-Za-z]+/)) return 'keyword';
    }
    if (stream.eatSpace()) return null;
    if (stream.match(/^"(\\.|[^"\\])*"?/) || stream.match(/^'(\\'|[^'])*'?/)) return 'string';
    if (stream.match(/^[-+]?\d+(\.\d+)?(?=\s|$)/)) return 'number';
    stream.match(/^\S+/);
    return null;
  },
});
