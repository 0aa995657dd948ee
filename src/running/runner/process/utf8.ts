/** Texts to bytes and back, in a realm that has no `TextEncoder`. */

export class Utf8Encoder {
  encode(text: string): Uint8Array {
    const bytes: number[] = [];
    for (const character of text.toWellFormed()) {
      const point = character.codePointAt(0)!;
      const rest = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
      if (rest === 0) bytes.push(point);
      else bytes.push(((0xf00 >> (rest + 1)) & 0xff) | (point >> (6 * rest)));
      for (let at = rest - 1; at >= 0; at--) bytes.push(0x80 | ((point >> (6 * at)) & 0x3f));
    }
    return new Uint8Array(bytes);
  }
}

/** As the Encoding Standard has it: each longest beginning of something wrong is one U+FFFD. */
export class Utf8Decoder {
  decode(bytes: Uint8Array): string {
    let text = '';
    let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    while (at < bytes.length) {
      const first = bytes[at++]!;
      const rest =
        first < 0x80
          ? 0
          : first < 0xc2
            ? -1
            : first < 0xe0
              ? 1
              : first < 0xf0
                ? 2
                : first < 0xf5
                  ? 3
                  : -1;
      let point = rest <= 0 ? first : first & (0x3f >> rest);
      let low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
      let high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
      let good = rest >= 0;
      for (let left = rest; good && left > 0; left--) {
        const next = bytes[at];
        good = next !== undefined && next >= low && next <= high;
        if (!good) break;
        point = (point << 6) | (next! & 0x3f);
        at += 1;
        [low, high] = [0x80, 0xbf];
      }
      text += good ? String.fromCodePoint(point) : '\ufffd';
    }
    return text;
  }
}
