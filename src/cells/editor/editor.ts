/**
 * What a cell needs of an editor. Whatever stands behind it (Sandpack today) stays behind it.
 */
import type { EngineName, ScriptFile } from '../../engines/engine.ts';

export interface EditorOptions {
  files: readonly ScriptFile[];
  /** Whose language the files are in. */
  engine: EngineName;
  /** What the editor is called for screen readers. */
  label: string;
  /** Called after every edit with all files. */
  onChange(files: ScriptFile[]): void;
}

/** An editor that stands in the place of a listing. */
export interface Editor {
  focus(): void;
  /** Replaces all files; the history of edits starts anew. */
  setFiles(files: readonly ScriptFile[]): void;
}
