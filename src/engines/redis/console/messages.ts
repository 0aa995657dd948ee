/** What a console's page and its server say to each other: JSON, one question and one answer at a time. */
import type { ScriptFile } from '../../engine.ts';
import type { Crash } from '../core/persistence.ts';
import type { ValueType } from '../core/values.ts';

/** What a server is told to keep on disk. */
export const MODE_NAMES = ['none', 'rdb', 'aof-always', 'aof-everysec', 'aof-no', 'both'] as const;
export type ModeName = (typeof MODE_NAMES)[number];

/** A new server. Clients are known by numbers, which the page gives them. */
export interface Beginning {
  /** The script that fills it, or `null` to begin empty. */
  dataset: ScriptFile | null;
  clients: readonly number[];
}

export type Action =
  /** Nothing: only the state is asked for. */
  | { type: 'look' }
  | { type: 'open' | 'close'; client: number }
  /** Ctrl-C. */
  | { type: 'interrupt'; client: number }
  /** Lines at a client's prompt, one after another, as many as there is time for. */
  | {
      type: 'type';
      client: number;
      lines: readonly string[];
      /** Whether the answer repeats them with their prompts. */
      echo: boolean;
    }
  /** A leap of the clock. */
  | { type: 'pass'; milliseconds: number }
  | { type: 'crash'; kind: Crash }
  | { type: 'persist'; mode: ModeName }
  /** What a line may go on with. */
  | { type: 'assist'; client: number; text: string; caret: number };

export interface Question {
  /** If there, a new server is begun before anything else. */
  begin?: Beginning | undefined;
  /** Milliseconds that have passed since the last question. */
  passed: number;
  action: Action;
}

/** Something that is said at a client's prompt. */
export interface Entry {
  client: number;
  kind: 'echo' | 'reply' | 'error' | 'note' | 'clear';
  text: string;
  /** What stood before a typed line; otherwise empty. */
  prompt: string;
  /** In words, what of it is missing; otherwise empty. */
  rest: string;
}

export interface ClientState {
  number: number;
  /** `127.0.0.1:6379>`, `(waiting)`, `not connected>`. */
  prompt: string;
  /** It waits for the answer of a blocking command: nothing can be typed. */
  waiting: boolean;
  /** Whether Ctrl-C has something to end. */
  interruptible: boolean;
}

/** A key as the view shows it. */
export interface KeyRow {
  name: string;
  type: ValueType;
  encoding: string;
  /** Milliseconds left, or `null` without an expiry. */
  ttl: number | null;
  /** The first elements. */
  value: string;
}

export interface ServerState {
  /** Unix time in milliseconds. */
  now: number;
  /** In how many milliseconds something happens by itself, or `null`. */
  next: number | null;
  clients: ClientState[];
  /** The first keys. */
  keys: KeyRow[];
  /** How many there are. */
  keyCount: number;
  /** What is kept on disk, or `null` if that is none of the choices. */
  mode: ModeName | null;
}

/** `older`: there again with an earlier value or expiry. `back`: deleted before the crash, and there again. */
export const FATES = ['survived', 'lost', 'older', 'back'] as const;
export type Fate = (typeof FATES)[number];

export interface FateRow {
  name: string;
  fate: Fate;
  /** The value in short, or `null` if the key was not there. */
  before: string | null;
  after: string | null;
}

/** What a crash did. */
export interface CrashReport {
  kind: Crash;
  /** What the server started from. */
  source: 'aof' | 'rdb' | 'nothing';
  /** The outcome in a sentence. */
  summary: string;
  /** The first keys. */
  rows: FateRow[];
  /** How many there are. */
  count: number;
}

/** What a line may go on with, and what it takes. */
export interface Assistance {
  completion: {
    /** Where the word begins that a suggestion takes the place of. */
    from: number;
    suggestions: { text: string; label: string; detail: string }[];
  } | null;
  hint: { syntax: string; summary: string } | null;
}

export interface Answer {
  entries: Entry[];
  /** Everything that is shown; `null` in answer to `assist`, which changes nothing. */
  state: ServerState | null;
  /** How many of the lines were typed. */
  ran: number;
  report: CrashReport | null;
  assistance: Assistance | null;
}
