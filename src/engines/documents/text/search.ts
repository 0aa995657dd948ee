/** `$text` (manual): words any of which has to be there, phrases all of which have to, and what must not. */
import { fail, notImplemented } from '../errors.ts';
import type { Condition, FilterContext } from '../query/condition.ts';
import { truthy } from '../query/field-operators.ts';
import { describe } from '../values/describe.ts';
import { type Doc, double, isDoc, typeOf, type Value } from '../values/types.ts';
import { languageIn, type TextIndex, textsOf } from './text-index.ts';
import { type Comparing, folded, type Language, languageOf, tokensOf } from './tokens.ts';

interface Search extends Comparing {
  terms: ReadonlySet<string>;
  negatedTerms: ReadonlySet<string>;
  phrases: readonly string[];
  negatedPhrases: readonly string[];
}

/** @throws MongoServerError IndexNotFound if the collection has no text index. */
export function textCondition(operand: Value, context: FilterContext): Condition {
  const { text: index, scores } = context;
  const search = parse(operand, index?.language ?? 'english');
  if (!index || !scores) return fail(27, 'text index required for $text query');
  return {
    kind: 'document',
    operator: '$text',
    operand,
    match: (doc) => {
      const score = scoreOf(doc, index, search);
      if (score === null) return false;
      scores.set(doc, double(score) as number);
      return true;
    },
  };
}

const FIELDS = ['$search', '$language', '$caseSensitive', '$diacriticSensitive'];

function parse(operand: Value, byDefault: Language): Search {
  if (!isDoc(operand)) return fail(14, '$text expects an object');
  for (const field in operand)
    if (!FIELDS.includes(field)) fail(2, `extra fields in $text: ${field}`);
  const { $search: text, $language, $caseSensitive, $diacriticSensitive } = operand;
  if (typeof text !== 'string')
    return text === undefined
      ? fail(9, 'Missing required field $search in $text expression')
      : fail(14, `"$search" had the wrong type. Expected string, found ${typeOf(text)}`);
  let language = byDefault;
  if ($language !== undefined) {
    if (typeof $language !== 'string')
      return fail(
        14,
        `"$language" had the wrong type. Expected string, found ${typeOf($language)}`,
      );
    language =
      languageOf($language) ?? notImplemented(`The language ${describe($language)} of $text`);
  }
  const comparing: Comparing = {
    caseSensitive: truthy($caseSensitive),
    diacriticSensitive: truthy($diacriticSensitive),
  };
  return { ...partsOf(text, language, comparing), ...comparing };
}

function partsOf(text: string, language: Language, comparing: Comparing) {
  const terms = new Set<string>();
  const negatedTerms = new Set<string>();
  const phrases: string[] = [];
  const negatedPhrases: string[] = [];
  // A minus negates only at the beginning of a word.
  for (const [, minus, phrase, word] of text.matchAll(
    /(?:(?<=^|\s)(-))?(?:"([^"]*)"?|([^\s"]+))/g,
  )) {
    const tokens = tokensOf(phrase ?? word!, language, comparing);
    if (phrase !== undefined) (minus ? negatedPhrases : phrases).push(folded(phrase, comparing));
    if (minus && phrase !== undefined) continue;
    for (const token of tokens) (minus ? negatedTerms : terms).add(token);
  }
  return { terms, negatedTerms, phrases, negatedPhrases };
}

/** How well a document fits; `null` if it does not. */
function scoreOf(doc: Doc, index: TextIndex, search: Search): number | null {
  const language = languageIn(doc, index.language, index.override);
  let score = 0;
  let found = false;
  const phrases = new Set(search.phrases);
  for (const [text, weight] of textsOf(doc, index)) {
    const whole = folded(text, search);
    if (search.negatedPhrases.some((phrase) => whole.includes(phrase))) return null;
    for (const phrase of phrases) if (whole.includes(phrase)) phrases.delete(phrase);
    const tokens = tokensOf(text, language, search);
    for (const token of tokens) if (search.negatedTerms.has(token)) return null;
    const here = scoreIn(text, tokens, search.terms);
    found ||= here > 0;
    score += weight * here;
  }
  return found && phrases.size === 0 ? score : null;
}

/** A word counts by its part of the text, and each further time half as much as the time before. */
function scoreIn(text: string, tokens: readonly string[], terms: ReadonlySet<string>): number {
  const counts = new Map<string, number>();
  for (const token of tokens) if (terms.has(token)) counts.set(token, (counts.get(token) ?? 0) + 1);
  let score = 0;
  for (const [term, count] of counts) {
    const frequency = 2 - 0.5 ** (count - 1);
    const share = (0.5 * count) / tokens.length + 0.5;
    // A text that is nothing but the word counts a little more.
    score += frequency * share * (text.toLowerCase() === term ? 1.1 : 1);
  }
  return score;
}
