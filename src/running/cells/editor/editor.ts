/**
 * What a cell needs of an editor. Whatever stands behind it (Sandpack today) stays behind it.
 */
import type { EngineName, ScriptFile } from '../../../engines/engine.ts';

export interface EditorOptions {
  files: readonly ScriptFile[];
  /** Whose language the files are in. */
  engine: EngineName;
  /** What the editor is called for screen readers. */
  label: string;
  /** Whether somebody else wrote the code: it is read before it runs, so all of its lines are wrapped. */
  foreign: boolean;
  /** Called with all files after every edit of the reader's, before the next event; never for any other change. */
  onType(files: readonly ScriptFile[]): void;
  /** Called when the editor breaks off after it was opened; the listing is back by then. */
  onFail(): void;
}

/** An editor that stands in the place of a listing. */
export interface Editor {
  focus(): void;
  /** Replaces all files by others of the same names; the history of edits starts anew. */
  setFiles(files: readonly ScriptFile[], foreign: boolean): void;
  /** The listing is back. */
  close(): void;
}
