/** Rules throw at the first mistake. Who wants to tell all of them catches each, and goes on. */
import { AuthoringError } from './authoring-error.ts';

/** Takes note of a mistake; where it returns, the reading goes on behind it. */
export type Tell = (mistake: AuthoringError) => void;

/** The mistakes of a piece of work, in the order in which they were found. */
export class Notes {
  readonly mistakes: AuthoringError[] = [];

  readonly tell: Tell = (mistake) => void this.mistakes.push(mistake);

  /** @returns what the task gives; nothing if it found a mistake, which is noted then. */
  of<T>(task: () => T): T | undefined {
    try {
      return task();
    } catch (error) {
      this.#note(error);
      return undefined;
    }
  }

  /** The same for a task that takes time. */
  async ofLater<T>(task: () => Promise<T>): Promise<T | undefined> {
    try {
      return await task();
    } catch (error) {
      this.#note(error);
      return undefined;
    }
  }

  #note(error: unknown): void {
    if (!(error instanceof AuthoringError)) throw error;
    this.mistakes.push(error);
  }
}
