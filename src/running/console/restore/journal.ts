/**
 * What was done to a console's database since it began, kept for the visit: a page that crashed or was loaded again
 * can do it once more. Nothing is done again by itself.
 */
import { Kept } from '../../../foundation/kept/kept.ts';

/** Inputs of one database. */
export const MOST_INPUTS = 1000;
/** In characters, as they are kept: all consoles of a visit have to fit into its storage. */
export const MOST_CHARACTERS = 200_000;

/** What a console's steps are. */
export interface Steps<Step> {
  /** A step from what anybody may have written, or nothing if it is none. It may throw. */
  read(data: unknown): Step | undefined;
  /** How many inputs of the reader are in it. */
  inputs(step: Step): number;
  /** What was typed, to be shown. */
  text(step: Step): string;
}

/** What was done before, to be offered. */
export interface Earlier<Step> {
  steps: readonly Step[];
  inputs: number;
  /** What ran when the database or the page ended: it may end them again, so it is not among the steps. */
  leftOut: Step | null;
}

/** A database from its beginning. */
interface Life<Step> {
  steps: Step[];
  /** Which of the steps runs. */
  running: number | null;
  /** It was too much to be kept. The rest would make another state. */
  full: boolean;
}

export type JournalStore = Pick<Kept<unknown>, 'get' | 'set' | 'remove'>;

const newLife = <Step>(): Life<Step> => ({ steps: [], running: null, full: false });

export class Journal<Step> {
  readonly #id: string;
  readonly #kind: Steps<Step>;
  readonly #store: JournalStore;
  #earlier: Life<Step> | null;
  #now = newLife<Step>();
  #size = 0;
  #repeats = false;
  /** Whether what an earlier page did was too much to be kept. */
  readonly wasFull: boolean;

  /** @param id which console it is, see {@link consoleId}. */
  constructor(id: string, kind: Steps<Step>, store: JournalStore = visitJournals()) {
    this.#id = id;
    this.#kind = kind;
    this.#store = store;
    const { earlier, now } = (store.get(id) ?? {}) as Record<string, unknown>;
    const last = readLife(now, kind);
    this.wasFull = last?.full ?? false;
    const wasDone = last !== null && (last.full || this.#inputs(last) > 0);
    this.#earlier = wasDone ? last : readLife(earlier, kind);
    if (this.#earlier?.full) this.#earlier = null;
  }

  /** What can be done again, if anything. */
  get earlier(): Earlier<Step> | null {
    const life = this.#earlier;
    if (!life) return null;
    const steps = life.steps.filter((_, at) => at !== life.running);
    const inputs = this.#inputs({ steps });
    return inputs === 0 ? null : { steps, inputs, leftOut: this.leftOut };
  }

  /** What had not ended when the database or the page did, also if nothing else can be done again. */
  get leftOut(): Step | null {
    return this.#earlier?.steps[this.#earlier.running ?? -1] ?? null;
  }

  /** Whether more was done to this database than is kept. */
  get isFull(): boolean {
    return this.#now.full;
  }

  /** A new database. What was done to the one before becomes {@link earlier}. */
  begins(...steps: readonly Step[]): void {
    if (this.#repeats) return;
    if (this.#now.full) this.#earlier = null;
    else if (this.#inputs(this.#now) > 0) this.#earlier = this.#now;
    this.#now = { ...newLife<Step>(), steps: [...steps] };
    this.#size = sizeOf(steps);
    this.#write();
  }

  /**
   * A step is about to be done.
   *
   * @returns to be called when it has ended, with what of it was done; `null`: nothing. It is not called if the
   * database ended by it.
   */
  starts(step: Step): (done: Step | null) => void {
    if (this.#repeats || this.#now.full) return () => undefined;
    const life = this.#now;
    const at = life.steps.push(step) - 1;
    life.running = at;
    this.#count(sizeOf(step));
    return (done) => {
      if (life.full || life.running !== at) return;
      life.running = null;
      life.steps.splice(at, 1, ...(done === null ? [] : [done]));
      if (life === this.#now) this.#count(sizeOf(done) - sizeOf(step));
    };
  }

  /** The database ended by what its last step left behind. */
  blame(): void {
    if (!this.#repeats && this.#now.steps.length > 0)
      this.#now.running = this.#now.steps.length - 1;
  }

  /** Forgets what was done before, or everything. */
  forget({ all = false } = {}): void {
    this.#earlier = null;
    if (all) {
      this.#now = newLife();
      this.#size = 0;
    }
    this.#write();
  }

  /**
   * Does the earlier steps again, one after the other.
   *
   * @param begin makes a new database. Resolves with whether there is one.
   * @param act resolves when the step is done, with whether the next can be. What it does is not noted once more.
   * @returns whether all of them were done. Otherwise they are still {@link earlier}.
   */
  async repeat(
    begin: () => Promise<boolean>,
    act: (step: Step, at: number) => Promise<boolean>,
  ): Promise<boolean> {
    const again = this.#earlier;
    if (!again || this.#repeats) return false;
    this.#repeats = true;
    again.steps = [...(this.earlier?.steps ?? [])];
    this.#now = newLife();
    let done = await begin().catch(() => false);
    for (let at = 0; done && at < again.steps.length; at += 1) {
      again.running = at;
      this.#write();
      done = await act(again.steps[at]!, at).catch(() => false);
      if (this.#earlier !== again) done = false;
    }
    again.running = null;
    this.#repeats = false;
    if (done) {
      this.#now = again;
      this.#earlier = null;
      this.#size = sizeOf(again.steps);
    }
    this.#write();
    return done;
  }

  /** The page goes by the reader's will: nothing that is being repeated is to blame. */
  leave(): void {
    if (!this.#repeats || !this.#earlier) return;
    this.#earlier.running = null;
    this.#write();
  }

  #inputs({ steps }: Pick<Life<Step>, 'steps'>): number {
    return steps.reduce((sum, step) => sum + this.#kind.inputs(step), 0);
  }

  #count(characters: number): void {
    this.#size += characters;
    if (this.#size > MOST_CHARACTERS || this.#inputs(this.#now) > MOST_INPUTS) {
      this.#now = { ...newLife<Step>(), full: true };
    }
    this.#write();
  }

  #write(): void {
    const now = this.#now;
    if (this.#earlier || now.full || now.steps.length > 0)
      this.#store.set(this.#id, { earlier: this.#earlier, now });
    else this.#store.remove(this.#id);
  }
}

const sizeOf = (value: unknown): number => JSON.stringify(value).length;

/** Which console of a page it is, with the data it starts from: on other data the inputs make another state. */
export function consoleId(place: Element, engine: string, dataset: string | null): string {
  const all = [...document.querySelectorAll('course-console')];
  const at = all.findIndex((element) => element.contains(place));
  return `${location.pathname}#${engine}/${dataset ?? ''}/${at}`;
}

/** Whatever stands there is looked at by whoever reads it: what steps are is the console's business. */
export const visitJournals = (): JournalStore =>
  new Kept<unknown>('console', 1, (data) => data ?? undefined, 'visit');

/** @returns `null` if it is none, or a step is none: what is left would make another state. */
function readLife<Step>(data: unknown, kind: Steps<Step>): Life<Step> | null {
  try {
    const { steps, running, full } = data as Life<unknown>;
    if (full === true) return { ...newLife<Step>(), full };
    if (!Array.isArray(steps) || sizeOf(steps) > 2 * MOST_CHARACTERS) return null;
    const read = steps.map((step) => kind.read(step));
    return read.some((step) => step === undefined)
      ? null
      : {
          steps: read as Step[],
          running: Number.isSafeInteger(running) ? running : null,
          full: false,
        };
  } catch {
    return null;
  }
}
