/**
 * The words after a fence's language: flags (`run`) and quoted attributes (`title="…"`).
 *
 * Markdown takes backslashes out of a fence's first line, so a value cannot hold a straight double
 * quote: typographic quotes serve in titles.
 */

export interface FenceAttributes {
  flags: string[];
  values: Record<string, string>;
}

const TOKEN = /\s*(?:([a-z][\w-]*)="([^"]*)"|([^\s="]+))(?=\s|$)/gy;

/**
 * @param meta what stands after the language on the fence's first line.
 * @throws SyntaxError naming the word that does not fit.
 */
export function parseAttributes(meta: string): FenceAttributes {
  const result: FenceAttributes = { flags: [], values: {} };
  const text = meta.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match)
      throw new SyntaxError(
        `cannot read "${text.slice(start).trim()}": write attributes as name="value", in double quotes`,
      );
    const [, name = '', value = '', flag] = match;
    if (flag !== undefined) result.flags.push(flag);
    else if (name in result.values) throw new SyntaxError(`"${name}" is given twice`);
    else result.values[name] = value;
  }
  return result;
}
