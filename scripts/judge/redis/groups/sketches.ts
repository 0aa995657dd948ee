/** HyperLogLogs: few elements and many, their bytes, and strings that are none. */
import type { Groups, Words } from '../words.ts';

export const sketches = ({
  below,
  chance,
  one,
  some,
  maybe,
  word,
  key,
  keyOf,
  member,
  value,
}: Words): Groups => ({
  hyperloglog: [
    () => ['PFADD', key('p'), ...(chance(0.9) ? some(6, member) : [])],
    () => ['PFADD', key('p'), ...some(5, value)],
    () => {
      // From the sparse to the dense form.
      const from = below(3000);
      return ['PFADD', key('p'), ...some(chance(0.2) ? 1500 : 60, () => `e${from + below(2000)}`)];
    },
    () => ['PFCOUNT', key('p')],
    () => ['PFCOUNT', key('p')],
    () => ['PFCOUNT', ...some(4, keyOf('p'))],
    () => ['PFMERGE', key('p'), ...(chance(0.9) ? some(3, keyOf('p')) : [])],
    () => ['GET', key('p')],
    () => ['STRLEN', key('p')],
    () => ['OBJECT', 'ENCODING', key('p')],
    () => [
      'PFDEBUG',
      one(['ENCODING', 'encoding', 'DECODE', 'x']),
      key('p'),
      ...maybe(0.05, value),
    ],
    () => ['PFDEBUG', one(['TODENSE', 'DECODE', 'DECODE', 'GETREG']), key('p')],
    () => [
      'CONFIG',
      'SET',
      'hll-sparse-max-bytes',
      one(['0', '20', '40', '120', '3000', '3000', '3kb', 'x']),
    ],
    // Whatever the bytes say, it is an answer or an error.
    () => ['SETRANGE', key('p'), String(below(chance(0.7) ? 24 : 200)), value().slice(0, 3)],
    () => ['SETRANGE', key('p'), '4', one(['\0', '\x01', '\x01', '\x02'])],
    () => [
      'SET',
      key('p'),
      one([
        `HYLL\x01${'\0'.repeat(11)}\x7f\xff`,
        `HYLL\x01${'\0'.repeat(11)}`,
        `HYLL\x01${'\0'.repeat(10)}\x80\x7f\xfe\x84`,
        `HYLL\x01${'\0'.repeat(10)}\x80\x7f\xfe\x40`,
        `HYLL\0${'\0'.repeat(10)}\x80${'\xff'.repeat(12288)}`,
        `HYLL\0${'\0'.repeat(10)}\x80${'\x10\x41\xd3'.repeat(4096)}`,
        `HYLL\x01${'\0'.repeat(30)}`,
        'HYLL',
      ]),
    ],
    () => ['COPY', key('p'), key('p'), ...maybe(0.5, word('REPLACE'))],
    () => [one(['DEL', 'APPEND']), key('p'), ...maybe(0.3, value)],
  ],
});
