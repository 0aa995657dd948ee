/** A browser in which the course is visited, whichever way it is driven. */
export interface Visitor {
  /** What it calls itself: `Firefox 153.0`. */
  name: string;
  /** Opens a page, and is back when it has loaded. */
  open(url: string): Promise<void>;
  /**
   * Runs an expression in the page.
   *
   * @returns what it, or its promise, comes to
   * @throws Error if it throws
   */
  evaluate<T>(expression: string): Promise<T>;
  /** Errors that pages left uncaught since the last call; empty where the browser tells of none. */
  errors(): string[];
  close(): Promise<void>;
}
