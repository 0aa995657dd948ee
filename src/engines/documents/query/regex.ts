/** Regular expressions as queries write them (PCRE with options `imsx`), run as JavaScript's. */
import { fail } from '../errors.ts';

const compiled = new Map<string, RegExp>();

/** @throws MongoServerError if the pattern or an option is none. */
export function regexOf(pattern: string, options: string): RegExp {
  const key = `${options}/${pattern}`;
  let regex = compiled.get(key);
  if (!regex) {
    regex = compile(pattern, options);
    if (compiled.size > 500) compiled.clear();
    compiled.set(key, regex);
  }
  return regex;
}

function compile(pattern: string, options: string): RegExp {
  const invalid = /[^imsxu]/.exec(options);
  if (invalid) fail(51108, `invalid flag in regex options: ${invalid[0]}`);
  let source = pattern;
  let flags = options.replace(/[xu]/g, '');
  const inline = /^\(\?([imsx]+)\)/.exec(source);
  if (inline) {
    source = source.slice(inline[0].length);
    flags += inline[1]!.replace('x', '');
  }
  if (options.includes('x') || inline?.[1]?.includes('x')) source = withoutLayout(source);
  flags = [...new Set(flags)].join('');
  try {
    return new RegExp(source, /[^\0-\uffff]/u.test(source) ? `${flags}u` : flags);
  } catch (error) {
    return fail(
      51091,
      `Regular expression is invalid: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** A pattern of option `x` without its white space and comments. */
function withoutLayout(pattern: string): string {
  return pattern.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#.*$/gm, (part) =>
    /^(\s|#)/.test(part) ? '' : part,
  );
}
