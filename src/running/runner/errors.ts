/** The ways in which running something fails that are not the database's own answers. */

interface LoadErrorOptions extends ErrorOptions {
  remedy?: string;
}

/** The engine's files did not arrive, or it did not start with them. Trying again may help. */
export class EngineLoadError extends Error {
  override readonly name = 'EngineLoadError';

  /**
   * @param title of the engine.
   * @param why in a few words, without a full stop.
   * @param remedy what the reader can do about it: a sentence.
   */
  constructor(
    title: string,
    why: string,
    { remedy = 'Check your connection and retry.', ...options }: LoadErrorOptions = {},
  ) {
    super(`Could not load ${title}: ${why}. ${remedy}`, options);
  }
}

/** The site does not have the engine's files any more: it was published anew while the page was open. */
export class CourseUpdated extends Error {
  override readonly name = 'CourseUpdated';

  /** @param title of what could not be loaded. @param notice that the course was updated: sentences. */
  constructor(title: string, notice: string, options?: ErrorOptions) {
    super(`Could not load ${title}. ${notice}`, options);
  }
}

/** Somebody stopped the run. The database's state is gone; the next call starts anew. */
export class RunStopped extends Error {
  override readonly name = 'RunStopped';

  constructor() {
    super('Stopped.');
  }
}

/** The engine broke off: out of memory, or not keeping to the protocol. The next call starts anew. */
export class EngineCrashed extends Error {
  override readonly name = 'EngineCrashed';

  /** @param title of the engine. @param why in a few words. */
  constructor(title: string, why: string, options?: ErrorOptions) {
    super(`${title} broke off (${why}). Its state is gone; the next run starts it anew.`, options);
  }
}

/** A program that a run had started went on after the run: its worker was ended. The next call starts anew. */
export class ProgramWentOn extends Error {
  override readonly name = 'ProgramWentOn';
}

/** A dataset's own script failed: its author has to mend it. */
export class DatasetFailed extends Error {
  override readonly name = 'DatasetFailed';

  constructor(dataset: string, why: string) {
    super(`The dataset ${dataset} failed: ${why}`);
  }
}
