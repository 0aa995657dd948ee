/** Which operators and `$words` the sections of a built page have in their code. */
import { Parser } from 'htmlparser2';
import { signsInCode, signsInText } from './signs.ts';

/** A heading and the code below it, up to the next. */
export interface SignedSection {
  /** The id of the heading; empty before the first. */
  id: string;
  title: string;
  /** Sign → how much of the section is about it. */
  signs: Map<string, number>;
}

/** What a sign is worth in a heading, in a sentence, and in a listing or a cell. */
const WORTH = { heading: 20, sentence: 4, listing: 1 } as const;
/** However often it stands there: a long listing does not teach more. */
const MOST = { heading: 20, sentence: 12, listing: 4 } as const;

/** Not what a section teaches: what a query printed, what is asked, drawings, and what the search leaves out. */
const isLeftOut = (name: string, attributes: Record<string, string>): boolean =>
  name === 'svg' ||
  name === 'noscript' ||
  'data-pagefind-ignore' in attributes ||
  /(^|\s)(cell-results|exercise|challenge)(\s|$)/.test(attributes['class'] ?? '');

type Where = keyof typeof WORTH;

/** @param html a built page of the lecture. */
export function signedSections(html: string): SignedSection[] {
  const found: SignedSection[] = [{ id: '', title: '', signs: new Map() }];
  const seen = new Map<string, number>();
  /** Opening tags that are open, by whether their content counts and as what. */
  const open: { leftOut: boolean; content: boolean; where: Where | undefined }[] = [];
  let code = '';

  const note = (where: Where): void => {
    const section = found.at(-1)!;
    for (const sign of where === 'heading' ? signsInText(code) : signsInCode(code)) {
      const key = `${found.length} ${where} ${sign}`;
      const before = seen.get(key) ?? 0;
      const worth = Math.min(MOST[where] - before, WORTH[where]);
      seen.set(key, before + worth);
      section.signs.set(sign, (section.signs.get(sign) ?? 0) + worth);
    }
    code = '';
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      const outer = open.at(-1) ?? { leftOut: false, content: false, where: undefined };
      const leftOut = outer.leftOut || isLeftOut(name, attributes);
      const content =
        outer.content || /(^|\s)sl-markdown-content(\s|$)/.test(attributes['class'] ?? '');
      const counts = content && !leftOut;
      let { where } = outer;
      if (counts && where === undefined)
        where = /^h[23]$/.test(name)
          ? 'heading'
          : name === 'pre'
            ? 'listing'
            : name === 'code'
              ? 'sentence'
              : undefined;
      if (where === 'heading' && outer.where === undefined) {
        // One without an id cannot be linked: what is below it belongs to the section.
        if (attributes['id'] === undefined) where = undefined;
        else found.push({ id: attributes['id'], title: '', signs: new Map() });
      }
      open.push({ leftOut, content, where });
    },
    ontext(text) {
      const { leftOut, where } = open.at(-1) ?? {};
      if (leftOut || where === undefined) return;
      code += text;
      if (where === 'heading') found.at(-1)!.title += text;
    },
    onclosetag() {
      const closed = open.pop();
      if (closed?.where !== undefined && open.at(-1)?.where === undefined && !closed.leftOut)
        note(closed.where);
    },
  });
  parser.end(html);
  return found.map((section) => ({ ...section, title: section.title.trim() }));
}
