/** An author's mistake, told with its place and its remedy. */
export class AuthoringError extends Error {
  override readonly name = 'AuthoringError';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong, and what would be right, without the place. */
  readonly what: string;

  /**
   * @param file path from the project's root.
   * @param line from 1.
   * @param message what is wrong, and what would be right.
   * @param column from 1: where in the line, if that is known.
   */
  constructor(file: string, line: number, message: string, column = 1) {
    super(`${file}:${line}: ${message}`);
    this.file = file;
    this.line = line;
    this.column = column;
    this.what = message;
  }
}
