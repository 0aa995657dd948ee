/**
 * Measures look-ups by key on both engines of the page: the median over rounds, and what is left of
 * the difference when a network is added to both.
 */
import type { EngineName } from '../../engines/engine.ts';
import { whyNotLoaded } from '../../foundation/updates/updates.ts';

const KEYS = 10_000;
const ROUNDS = 7;
/** A round trip in a 1 Gbit/s network, as Redis documents it. */
const NETWORK = 200;

interface Contender {
  engine: EngineName;
  name: string;
  file: string;
  setup: string;
  lookup: (key: string) => string;
  /** As many per round as make it long enough for a browser's clock. */
  perRound: number;
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const CONTENDERS: readonly Contender[] = [
  {
    engine: 'redis',
    name: 'Redis, emulated',
    file: 'commands.redis',
    setup: numbers(KEYS)
      .map((i) => `SET key:${i} value-${i}`)
      .join('\n'),
    lookup: (key) => `GET ${key}`,
    perRound: 10_000,
  },
  {
    engine: 'postgres',
    name: 'PostgreSQL, WebAssembly',
    file: 'query.sql',
    setup: `CREATE TABLE kv (key TEXT PRIMARY KEY, value TEXT NOT NULL);
      INSERT INTO kv SELECT 'key:' || i, 'value-' || i FROM generate_series(0, ${KEYS - 1}) AS i;
      ANALYZE kv;`,
    lookup: (key) => `SELECT value FROM kv WHERE key = '${key}';`,
    perRound: 300,
  },
];

class CourseMeasure extends HTMLElement {
  #running: AbortController | undefined;

  connectedCallback(): void {
    this.querySelector('.measure-static')?.remove();
    this.querySelector<HTMLElement>('.measure-bar')!.hidden = false;
    this.#button('measure').addEventListener('click', () => void this.#measure());
    this.#button('stop').addEventListener('click', () => this.#running?.abort());
  }

  #button = (action: string): HTMLButtonElement =>
    this.querySelector<HTMLButtonElement>(`[data-action="${action}"]`)!;

  #say(text: string): void {
    this.querySelector('[role="status"]')!.textContent = text;
  }

  async #measure(): Promise<void> {
    if (this.#running) return;
    this.#running = new AbortController();
    this.#button('measure').disabled = true;
    this.#button('stop').hidden = false;
    try {
      const medians = [];
      for (const contender of CONTENDERS)
        medians.push({ contender, micros: await this.#median(contender, this.#running.signal) });
      this.#show(medians);
      this.#say(`Measured: ${ROUNDS} rounds on each.`);
    } catch (error) {
      this.#say(
        this.#running.signal.aborted ? 'Stopped.' : await whyNotLoaded((error as Error).message),
      );
    } finally {
      this.#running = undefined;
      this.#button('measure').disabled = false;
      this.#button('stop').hidden = true;
    }
  }

  /** @returns microseconds for one look-up. */
  async #median(contender: Contender, signal: AbortSignal): Promise<number> {
    const { run } = await import('../../running/cells/page/databases.ts');
    const { engine, name, file, perRound } = contender;
    const script = (code: string) => ({ files: [{ name: file, code }] });
    // 7919 has no factor in common with the number of keys: every key comes, in no order.
    const lookups = numbers(perRound).map((i) => contender.lookup(`key:${(i * 7919) % KEYS}`));
    const before = [script(contender.setup)];
    const times = [];
    for (let round = 0; round < ROUNDS; round++) {
      const step = script(lookups.join('\n'));
      const { milliseconds, errors } = await run({
        engine,
        dataset: null,
        // What ran stays, so that a round needs no new setup.
        before: [...before],
        step,
        signal,
        onOutput: () => undefined,
        onProgress: ({ stage }) =>
          this.#say(
            stage === 'download' || stage === 'start'
              ? `Starting ${name}.`
              : `${name}: round ${round + 1} of ${ROUNDS}.`,
          ),
      });
      if (errors > 0) throw new Error(`${name}: ${errors} look-ups failed.`);
      before.push(step);
      times.push((1000 * milliseconds) / perRound);
    }
    return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
  }

  #show(medians: { contender: Contender; micros: number }[]): void {
    const rows = medians.map(({ contender, micros }) => {
      const row = document.createElement('tr');
      for (const [i, text] of [contender.name, micros, micros + NETWORK].entries()) {
        const cell = row.appendChild(document.createElement(i === 0 ? 'th' : 'td'));
        if (i === 0) cell.setAttribute('scope', 'row');
        else cell.className = 'num';
        cell.textContent = typeof text === 'number' ? inMicroseconds(text) : text;
      }
      return row;
    });
    this.querySelector('tbody')!.replaceChildren(...rows);
    this.querySelector<HTMLElement>('.table-scroll')!.hidden = false;
    const [redis, postgres] = medians.map(({ micros }) => micros) as [number, number];
    this.querySelector('.measure-sum')!.textContent =
      `Without a network, PostgreSQL takes ${factor(postgres / redis)} times as long. ` +
      `With one, ${factor((postgres + NETWORK) / (redis + NETWORK))} times.`;
  }
}

const inMicroseconds = (micros: number): string =>
  `${micros < 10 ? micros.toFixed(1) : Math.round(micros).toLocaleString('en-US')}\u00a0µs`;

const factor = (ratio: number): string =>
  ratio < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString('en-US');

customElements.define('course-measure', CourseMeasure);
