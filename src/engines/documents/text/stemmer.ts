/**
 * Stems of English words by the rules of Snowball's English stemmer (snowballstem.org/algorithms/english), which MongoDB
 * uses: `cakes` and `cake` have one stem. Words of other letters than English ones stay as they are.
 */

const VOWEL = '[aeiouy]';
const DOUBLE = /(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;

/** Words that the rules would get wrong. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  skis: 'ski',
  skies: 'sky',
  dying: 'die',
  lying: 'lie',
  tying: 'tie',
  idly: 'idl',
  gently: 'gentl',
  ugly: 'ugli',
  early: 'earli',
  only: 'onli',
  singly: 'singl',
  ...Object.fromEntries(
    ['sky', 'news', 'howe', 'atlas', 'cosmos', 'bias', 'andes'].map((word) => [word, word]),
  ),
};

const DONE_EARLY = /^(inning|outing|canning|herring|earring|proceed|exceed|succeed)$/;

/** Endings and what becomes of them, the longest first. */
type Rules = readonly (readonly [ending: string, replacement: string, before?: RegExp])[];

const STEP_2: Rules = [
  ['ization', 'ize'],
  ['ational', 'ate'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['tional', 'tion'],
  ['biliti', 'ble'],
  ['lessli', 'less'],
  ['entli', 'ent'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['ousli', 'ous'],
  ['iviti', 'ive'],
  ['fulli', 'ful'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['abli', 'able'],
  ['izer', 'ize'],
  ['ator', 'ate'],
  ['alli', 'al'],
  ['bli', 'ble'],
  ['ogi', 'og', /l$/],
  ['li', '', /[cdeghkmnrt]$/],
];

const STEP_3: Rules = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['alize', 'al'],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
];

const STEP_4 = /(ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|ion|al|er|ic)$/;

export function stem(given: string): string {
  if (given.length <= 2 || !/^[a-z']+$/.test(given)) return given;
  if (Object.hasOwn(EXCEPTIONS, given)) return EXCEPTIONS[given]!;
  // A `y` that is a consonant is written `Y`.
  let word = given
    .replace(/^'/, '')
    .replace(/^y/, 'Y')
    .replace(/([aeiouy])y/g, '$1Y');
  const [r1, r2] = regionsOf(word);
  word = word.replace(/('s'|'s|')$/, '');
  word = plural(word);
  if (DONE_EARLY.test(word)) return word;
  word = participle(word, r1);
  word = word.replace(/(?<=.[^aeiouy])[yY]$/, 'i');
  word = replaced(word, r1, STEP_2);
  word = replaced(word, r1, STEP_3);
  if (word.endsWith('ative') && word.length - 5 >= r2) word = word.slice(0, -5);
  word = withoutSuffix(word, r2);
  word = withoutEnd(word, r1, r2);
  return word.toLowerCase();
}

/** Where the regions behind the first, and behind the second, consonant that follows a vowel begin. */
function regionsOf(word: string): [number, number] {
  const after = (from: number): number => {
    const found = new RegExp(`${VOWEL}[^aeiouy]`).exec(word.slice(from));
    return found ? from + found.index + 2 : word.length;
  };
  const prefix = /^(gener|commun|arsen)/.exec(word)?.[0];
  const r1 = prefix ? prefix.length : after(0);
  return [r1, after(r1)];
}

function plural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (/(ied|ies)$/.test(word)) return word.length > 4 ? word.slice(0, -2) : word.slice(0, -1);
  if (/(us|ss)$/.test(word)) return word;
  return new RegExp(`${VOWEL}.+s$`).test(word) ? word.slice(0, -1) : word;
}

function participle(word: string, r1: number): string {
  const eed = /(eedly|eed)$/.exec(word)?.[0];
  if (eed) return word.length - eed.length >= r1 ? word.slice(0, -eed.length) + 'ee' : word;
  const ending = /(ingly|edly|ing|ed)$/.exec(word)?.[0];
  if (!ending) return word;
  const rest = word.slice(0, -ending.length);
  if (!new RegExp(VOWEL).test(rest)) return word;
  if (/(at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (DOUBLE.test(rest)) return rest.slice(0, -1);
  return isShort(rest, r1) ? `${rest}e` : rest;
}

const endsShort = (word: string): boolean =>
  /^[aeiouy][^aeiouy]$/.test(word) || /[^aeiouy][aeiouy][^aeiouywxY]$/.test(word);

const isShort = (word: string, r1: number): boolean => r1 >= word.length && endsShort(word);

function replaced(word: string, r1: number, rules: Rules): string {
  for (const [ending, replacement, before] of rules) {
    if (!word.endsWith(ending)) continue;
    const rest = word.slice(0, -ending.length);
    return rest.length >= r1 && (!before || before.test(rest)) ? rest + replacement : word;
  }
  return word;
}

function withoutSuffix(word: string, r2: number): string {
  const ending = STEP_4.exec(word)?.[0];
  if (!ending || word.length - ending.length < r2) return word;
  const rest = word.slice(0, -ending.length);
  return ending === 'ion' && !/[st]$/.test(rest) ? word : rest;
}

function withoutEnd(word: string, r1: number, r2: number): string {
  const at = word.length - 1;
  if (word.endsWith('e')) {
    const rest = word.slice(0, -1);
    return at >= r2 || (at >= r1 && !endsShort(rest)) ? rest : word;
  }
  return word.endsWith('ll') && at >= r2 ? word.slice(0, -1) : word;
}
