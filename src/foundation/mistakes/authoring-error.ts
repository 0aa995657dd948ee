/** An author's mistake, told with its place and its remedy. */
export class AuthoringError extends Error {
  override readonly name = 'AuthoringError';
  readonly file: string;
  readonly line: number;

  /**
   * @param file path from the project's root.
   * @param line from 1.
   * @param message what is wrong, and what would be right.
   */
  constructor(file: string, line: number, message: string) {
    super(`${file}:${line}: ${message}`);
    this.file = file;
    this.line = line;
  }
}
