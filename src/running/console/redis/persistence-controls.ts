/** What is kept on disk, a crash, and what it cost. */
import type {
  CrashReport,
  Fate,
  ModeName,
  ServerState,
} from '../../../engines/redis/console/messages.ts';
import { create, createButton } from '../terminal/create.ts';
import { MODES } from './modes.ts';

const isModeName = (name: string): name is ModeName => Object.hasOwn(MODES, name);

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

export interface PersistenceActions {
  /** @returns whether that can be done now. */
  persist(mode: ModeName): boolean;
  crash(kind: CrashReport['kind']): void;
}

export class PersistenceControls {
  readonly element: HTMLElement;
  readonly #select: HTMLSelectElement;
  readonly #custom = create('option', { value: 'custom' }, 'As set by CONFIG SET');
  readonly #risk = create('p', { class: 'console-note' });
  readonly #report = create('div', { class: 'console-view console-report' });
  #mode: ModeName | null = 'rdb';

  /** @param say tells everybody, screen readers included. */
  constructor(actions: PersistenceActions, say: (text: string) => void) {
    const id = `console-persistence-${(count += 1)}`;
    this.#select = create(
      'select',
      { id },
      ...Object.entries(MODES).map(([name, { title }]) => create('option', { value: name }, title)),
      this.#custom,
    );
    this.#select.addEventListener('change', () => {
      const { value } = this.#select;
      if (!isModeName(value) || !actions.persist(value)) return this.draw(this.#mode);
      this.draw(value);
      say(this.#risk.textContent);
    });
    const press = (kind: CrashReport['kind']) => () => actions.crash(kind);
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
    this.draw(this.#mode);
  }

  /** @param mode what the settings amount to, or `null` if that is none of the choices. */
  draw(mode: ServerState['mode']): void {
    this.#mode = mode;
    this.#custom.hidden = mode !== null;
    this.#select.value = mode ?? 'custom';
    this.#risk.textContent = mode
      ? MODES[mode].risk
      : 'Settings of your own: CONFIG GET save appendonly appendfsync shows them.';
  }

  clear(): void {
    this.#report.replaceChildren();
  }

  /** @returns the outcome in words. */
  show({ kind, source, summary, rows: fates, count: all }: CrashReport): string {
    const what = kind === 'power' ? 'The power failed' : 'The Redis process was killed';
    const mode = this.#mode ? MODES[this.#mode].title : 'as set by CONFIG SET';
    const outcome = `${summary} ${SOURCES[source]}`;
    const rows = fates.map(({ name, fate, before, after }) =>
      create(
        'tr',
        {},
        create('th', { scope: 'row' }, name),
        create('td', { class: `console-fate-${fate}` }, FATES[fate]),
        create('td', { class: 'console-value' }, before ?? 'not there'),
        create('td', { class: 'console-value' }, after ?? 'not there'),
      ),
    );
    const head = ['Key', 'Outcome', 'Before', 'After'].map((name) =>
      create('th', { scope: 'col' }, name),
    );
    const left = all - rows.length;
    this.#report.replaceChildren(
      create('p', {}, create('b', {}, `${what} (${mode}). `), outcome),
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
      ...(left > 0 ? [create('p', {}, `… and ${left.toLocaleString('en-US')} more keys.`)] : []),
    );
    return outcome;
  }
}
