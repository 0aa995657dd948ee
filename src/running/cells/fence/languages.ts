/** The languages of fences that run. The page knows them too, so this imports nothing that only a build needs. */
import { ENGINES } from '../../../engines/descriptors.ts';
import type { EngineName } from '../../../engines/engine.ts';

/** A fence's language decides its engine, and how a single file is called in the editor. */
export const LANGUAGES: Readonly<Record<string, { engine: EngineName; file: string }>> =
  Object.fromEntries(
    ENGINES.map(({ name, language: { fence, file } }) => [
      fence,
      { engine: name as EngineName, file },
    ]),
  );
