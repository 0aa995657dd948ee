/** What a process that holds a database says, besides what a worker does (`protocol.ts`). */
import type { Called } from '../../../engines/called.ts';
import type { Output, Script, ScriptFile } from '../../../engines/engine.ts';
import type { Answer, Request } from '../protocol.ts';

/** A statement of a script. */
export interface Statement {
  /** Index of its file in the script. */
  file: number;
  /** Line of its first token, from 1. */
  line: number;
  text: string;
}

export type ProcessRequest =
  | Request
  /** The program of the shell, before anything else: only the document store is sent one. */
  | { type: 'program'; code: string }
  /** Asks for what {@link Engine.open} takes as an image of the dataset. */
  | { type: 'image'; id: number; dataset: ScriptFile }
  /** Asks what is called of the engine: for scripts, or for having a dataset. */
  | { type: 'watch'; id: number; dataset: ScriptFile | null; scripts: readonly Script[] | null };

export type ProcessAnswer =
  | Answer
  | { type: 'image'; id: number; bytes: Uint8Array }
  | { type: 'watched'; id: number; outputs: Output[][]; called: Called }
  /** A dataset's script has come past a statement. */
  | { type: 'passed'; id: number; statement: number }
  /** The script ran for too long. The process is of no use afterwards. */
  | { type: 'overdue'; id: number; at: Statement | null };
