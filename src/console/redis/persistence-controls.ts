/** What is kept on disk, a crash, and what it cost. */
import type { Crash, Server } from '../../engines/redis/emulator.ts';
import { create, createButton } from '../terminal/create.ts';
import type { CrashReport } from './emulation.ts';
import { nameOf, previewOf } from './keyspace-view.ts';
import { summarize, type Fate } from './losses.ts';
import { currentMode, MODES, setMode, type ModeName } from './modes.ts';

const MOST_ROWS = 50;

const FATES: Readonly<Record<Fate, string>> = {
  survived: 'survived',
  lost: 'lost',
  older: 'older value',
  back: 'there again',
};

const SOURCES: Readonly<Record<CrashReport['source'], string>> = {
  aof: 'It started from the append-only file.',
  rdb: 'It started from the snapshot, dump.rdb.',
  nothing: 'There was nothing on disk to start from.',
};

let count = 0;

export class PersistenceControls {
  readonly element: HTMLElement;
  readonly #server: () => Server;
  readonly #select: HTMLSelectElement;
  readonly #custom = create('option', { value: 'custom' }, 'As set by CONFIG SET');
  readonly #risk = create('p', { class: 'console-note' });
  readonly #report = create('div', { class: 'console-view console-report' });

  /**
   * @param crash does it.
   * @param say tells everybody, screen readers included.
   */
  constructor(
    server: () => Server,
    crash: (kind: Crash) => CrashReport,
    say: (text: string) => void,
  ) {
    this.#server = server;
    const id = `console-persistence-${(count += 1)}`;
    this.#select = create(
      'select',
      { id },
      ...MODES.map(({ name, title }) => create('option', { value: name }, title)),
      this.#custom,
    );
    this.#select.addEventListener('change', () => {
      if (this.#select.value === 'custom') return this.draw();
      setMode(server(), this.#select.value as ModeName);
      this.draw();
      say(this.#risk.textContent);
    });
    const press = (kind: Crash) => () => {
      const mode = currentMode(server())?.title ?? 'as set by CONFIG SET';
      const report = crash(kind);
      this.#show(report, mode);
      say(`${summarize(report.fates)} ${SOURCES[report.source]}`);
    };
    this.element = create(
      'div',
      {},
      create(
        'div',
        { class: 'console-controls', role: 'group', 'aria-label': 'Persistence' },
        create('label', { for: id }, 'Kept on disk'),
        this.#select,
        createButton('Crash: power failure', press('power'), { class: 'console-danger' }),
        createButton('Crash: process killed', press('process'), { class: 'console-danger' }),
      ),
      this.#risk,
      this.#report,
    );
    this.draw();
  }

  /** Reads the configuration again: it may have been typed. */
  draw(): void {
    const mode = currentMode(this.#server());
    this.#custom.hidden = mode !== null;
    this.#select.value = mode?.name ?? 'custom';
    this.#risk.textContent =
      mode?.risk ?? 'Settings of your own: CONFIG GET save appendonly appendfsync shows them.';
  }

  clear(): void {
    this.#report.replaceChildren();
  }

  #show({ kind, source, fates }: CrashReport, mode: string): void {
    const what = kind === 'power' ? 'The power failed' : 'The Redis process was killed';
    const rows = fates
      .slice(0, MOST_ROWS)
      .map((each) =>
        create(
          'tr',
          {},
          create('th', { scope: 'row' }, nameOf(each)),
          create('td', { class: `console-fate-${each.fate}` }, FATES[each.fate]),
          create(
            'td',
            { class: 'console-value' },
            each.before ? previewOf(each.before) : 'not there',
          ),
          create(
            'td',
            { class: 'console-value' },
            each.after ? previewOf(each.after) : 'not there',
          ),
        ),
      );
    const head = ['Key', 'Outcome', 'Before', 'After'].map((name) =>
      create('th', { scope: 'col' }, name),
    );
    const left = fates.length - rows.length;
    this.#report.replaceChildren(
      create(
        'p',
        {},
        create('b', {}, `${what} (${mode}). `),
        `${summarize(fates)} ${SOURCES[source]}`,
      ),
      ...(rows.length === 0
        ? []
        : [
            create(
              'div',
              {
                class: 'console-scroll',
                role: 'group',
                'aria-label': 'What the crash did',
                tabindex: '0',
              },
              create(
                'table',
                {},
                create('thead', {}, create('tr', {}, ...head)),
                create('tbody', {}, ...rows),
              ),
            ),
          ]),
      ...(left > 0 ? [create('p', {}, `${left.toLocaleString('en-US')} more keys.`)] : []),
    );
  }
}
