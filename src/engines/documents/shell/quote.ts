/** Strings as `util.inspect` quotes them. */

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '\\': '\\\\',
};

/** A quoted string: in single quotes unless it has some and no double ones. */
export function quote(text: string): string {
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
  }

  const escaped = text.replace(
    /[\x00-\x1f\x7f-\x9f\\]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (character) => {
      const code = character.charCodeAt(0);
      return (
        ESCAPES[character] ??
        (code > 255
          ? `\\u${code.toString(16).toUpperCase()}`
          : `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`)
      );
    },
  );
  return mark + escaped.replaceAll(mark, `\\${mark}`) + mark;
}
