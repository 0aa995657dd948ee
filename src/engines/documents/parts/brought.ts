/** What parts bring, for whoever asks for it: nothing of it is there before they have come ({@link ./parts.ts}). */
import type { runCommand } from '../api/commands.ts';
import type { Session } from '../api/session.ts';
import type { watch } from '../changes/stream.ts';
import type { explainPipeline, explainQuery } from '../operations/explain.ts';
import type { changeExpiry, checkExpiry } from '../operations/expiry.ts';
import type { resolveView, systemViews, viewData, viewOf } from '../operations/views.ts';
import type { compileJsonSchema } from '../schema/json-schema.ts';
import type { compileValidator } from '../schema/validator.ts';
import type { helpOn } from '../shell/help-texts.ts';
import type { textCondition } from '../text/search.ts';
import type { Catalog } from '../storage/catalog.ts';
import type { expire } from '../storage/expiry.ts';
import type { parseTextIndex } from '../text/text-index.ts';
import { MongoshUnimplementedError } from '../errors.ts';

interface Brought {
  compileJsonSchema: typeof compileJsonSchema;
  compileValidator: typeof compileValidator;
  explainQuery: typeof explainQuery;
  explainPipeline: typeof explainPipeline;
  resolveView: typeof resolveView;
  systemViews: typeof systemViews;
  viewData: typeof viewData;
  viewOf: typeof viewOf;
  parseTextIndex: typeof parseTextIndex;
  textCondition: typeof textCondition;
  watch: typeof watch;
  changeExpiry: typeof changeExpiry;
  checkExpiry: typeof checkExpiry;
  expire: typeof expire;
  helpOn: typeof helpOn;
  runCommand: typeof runCommand;
  startSession: (catalog: Catalog) => Session;
}

const here: Partial<Brought> = {};

export function bring(more: Partial<Brought>): void {
  Object.assign(here, more);
}

/** @param word what a script is known by that needs it. @throws MongoshUnimplementedError if its part has not come. */
export function brought<Name extends keyof Brought>(name: Name, word: string): Brought[Name] {
  return (here[name] as Brought[Name] | undefined) ?? comesLater(word);
}

/** What a script is told that needs a part without naming it: `'$set' + 'WindowFields'`. */
export function comesLater(word: string): never {
  throw new MongoshUnimplementedError(
    `${word} is loaded when a script names it, and this one makes the name up. Write it out, in a comment if need be: // ${word}`,
  );
}
