/**
 * What everybody but the engine itself has to know of an engine. Plain data, which pages load: a descriptor imports
 * nothing of its engine.
 */
import type { Dialect } from './sql/lexer.ts';

/** Stands in an engine's folder, in `descriptor.ts`; all of them are listed in `descriptors.ts`. */
export interface EngineDescriptor {
  /** Lasting: it is in addresses of pages, in `data-engine`, and in what browsers keep. */
  readonly name: string;
  /** From the project's root, where it is not `src/engines/<name>`. */
  readonly folder?: string;
  /** As readers know it: `PostgreSQL`. */
  readonly title: string;
  /** What exactly runs, with its version: `PostgreSQL 18`. */
  readonly release: string;
  readonly language: EngineLanguage;
  /** How the files of its datasets end: `.sql`. The longest that fits says whose a file is. */
  readonly datasetSuffix: string;
  readonly runs: EngineRuns;
  readonly look: EngineLook;
  readonly console: EngineConsole;
}

/** The language of its scripts, and what can be asked about them. */
export interface EngineLanguage {
  /** The word behind a fence's backticks. */
  readonly fence: string;
  /** What the one file of a cell is called in the editor. Its ending tells the editor how to color it. */
  readonly file: string;
  /**
   * How listings are colored: a grammar of Shiki, `text` for none, `own` for the `grammar` in the engine's own
   * `grammar.ts`.
   */
  readonly grammar: string;
  /**
   * What a script's statements are, for the place of one that does not end: SQL, a line each, lines of several clients,
   * or nothing that can be known from outside.
   */
  readonly statements: 'sql' | 'lines' | 'client lines' | 'unknown';
  /** Of SQL. */
  readonly dialect?: Dialect;
  /** What a `<Compare>` can make of its answers. Without it they cannot be compared. */
  readonly answers?: 'tables' | 'documents';
  /** What stands before a statement whose plan is asked for. Without it there are no plans to check. */
  readonly explain?: string;
  /**
   * What comes first when somebody else asks after the reader's connection was lost: a script of its own, or a line
   * before the question. Without it scripts cannot be cut off.
   */
  readonly afterLoss?: { readonly script: string } | { readonly line: string };
  /** A script that prints how much the engine has done. Without it work cannot be measured. */
  readonly counters?: string;
}

/** How its databases live, on a page and while the site is built. */
export interface EngineRuns {
  /** How many may live on a page at once. */
  readonly atOnce: number;
  /** The most wasm memory of one in a browser, in bytes. */
  readonly mostMemory?: number;
  /** It runs nothing but its own language, so a reset brings back all there is, and another cell may have it. */
  readonly changesHands: boolean;
  /** Its scripts are programs in JavaScript: they get a worker or a process that nothing else is in. */
  readonly programs: boolean;
}

/** Colors as `#rrggbb`. */
export interface EngineLook {
  /** An image of 16 by 16, black, of which only the shape counts. SVG, without its outer element. */
  readonly glyph: { readonly paths: string; readonly stroked?: boolean };
  /** Lines and letters in its color. */
  readonly ink: { readonly light: string; readonly dark: string };
  /** Boxes of diagrams, behind letters of the page's own color. */
  readonly fill: { readonly light: string; readonly dark: string; readonly print: string };
  /** The class of its boxes in diagrams, where they have a class of their own. */
  readonly diagramClass?: string;
}

/** The console on pages. */
export interface EngineConsole {
  /**
   * `sql` and `mongosh` know what can be typed, and show what the database holds; `clients` is for an engine that
   * converses; `plain` runs each line and prints the answer, whatever the engine.
   */
  readonly kind: 'sql' | 'mongosh' | 'clients' | 'plain';
  /** The shell's name, which labels the prompt. */
  readonly shell: string;
  readonly prompt: string;
  /** What it is, for readers who have not opened it. */
  readonly description: string;
  /** To begin with on an empty database. */
  readonly examples: readonly string[];
}
