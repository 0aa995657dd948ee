/**
 * Scripts in the language of an engine, by which `behavior.test.ts` tries on it what every engine of the course does.
 * Plain data, in `behavior.ts` of the engine's folder.
 */
export interface Behavior {
  /** Stores something. */
  store: string;
  /** One statement that shows what is stored, or that nothing is. */
  probe: string;
  /** What the probe prints where {@link store} has run, and nowhere else. */
  shows: string;
  /** One statement that fails, wherever it runs. */
  failing: string;
  /** What the engine says to it. */
  complaint: string;
  /** One statement that needs nothing stored, and prints one output. */
  plain: string;
}
