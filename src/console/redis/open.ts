/** The console of the emulated Redis, assembled. The server itself runs apart from the page. */
import { ENGINE_TITLES } from '../../cells/engine-titles.ts';
import { runner } from '../../cells/page/databases.ts';
import type { ScriptFile } from '../../engines/engine.ts';
import { create, createButton } from '../terminal/create.ts';
import { LoadingView } from '../terminal/loading.ts';
import { ClockControls } from './clock-controls.ts';
import { Dialogue, type Loss } from './dialogue.ts';
import { KeyspaceView } from './keyspace-view.ts';
import { PersistenceControls } from './persistence-controls.ts';
import { Prompts } from './prompts.ts';

/** 1 January 2026, 12:00 UTC: where the clock of the course's Redis starts. */
const START = Date.UTC(2026, 0, 1, 12);
/** How often the reader is told how many pasted lines are left, in milliseconds. */
const REMINDER = 1000;

const LOSSES = {
  stopped: 'Stopped.',
  'too long': 'This took longer than 30 seconds, and was ended.',
  'given away': 'Another cell needed the place of this server.',
} as const;

const sayLoss = (loss: Loss): string =>
  typeof loss === 'string' ? LOSSES[loss] : `Redis broke off (${loss.broken}).`;

/**
 * Puts a console into the page.
 *
 * @param dataset the script that fills it, or `null` to begin empty.
 */
export function openRedis(place: HTMLElement, dataset: ScriptFile | null): void {
  const status = create('p', { class: 'console-status', role: 'status' });
  const say = (text: string): void => {
    if (status.textContent !== text) status.textContent = text;
  };
  /** What was said of something that goes on; it is taken back when that ends. */
  let passing: string | null = null;
  const sayForNow = (text: string | null): void => {
    if (text !== null) say(text);
    else if (status.textContent === passing) say('');
    passing = text;
  };
  let remindedAt = 0;

  const loading = new LoadingView(ENGINE_TITLES.redis);
  const keys = new KeyspaceView();
  const dialogue: Dialogue = new Dialogue(runner.session('redis'), dataset, () => prompts.clients, {
    heard({ entries, state, report }) {
      for (const entry of entries) prompts.print(entry);
      if (state) persistence.draw(state.mode);
      if (report) say(persistence.show(report));
      remind();
      refresh();
    },
    progress: (now) => sayForNow(loading.show(now)),
    slow: (runs) => sayForNow(runs ? 'Running. Stop ends it.' : null),
    lost(loss) {
      const rest = `A new server was started. What was written is gone${dataset ? ', and the data of the course is there again' : ''}.`;
      prompts.announce(`${sayLoss(loss)} ${rest}`, loss === 'stopped' ? 'note' : 'error');
      persistence.clear();
    },
    failed: (message) => say(`${message} Type a command to try again.`),
    dropped: (client, lines) => prompts.dropped(client, lines),
  });

  /** Says how many pasted lines are left, now and then. */
  function remind(): void {
    const left = dialogue.linesLeft;
    if (left === 0) return sayForNow(null);
    if (performance.now() - remindedAt < REMINDER) return;
    remindedAt = performance.now();
    sayForNow(`Running: ${left.toLocaleString('en-US')} lines are left. Stop ends it.`);
  }

  function stop(): void {
    if (dialogue.busy) dialogue.stop();
    else say('Nothing runs.');
  }
  const prompts: Prompts = new Prompts(dialogue, say, stop);

  let drawing = 0;
  /** Shows the server as it is then, once for all that happens in a moment. */
  function refresh(): void {
    drawing ||= requestAnimationFrame(() => {
      drawing = 0;
      if (dialogue.state) keys.draw(dialogue.state);
      clock.draw();
      prompts.refresh();
    });
  }

  const clock = new ClockControls(
    {
      get now() {
        return dialogue.now ?? START;
      },
      beat(milliseconds) {
        dialogue.beat(milliseconds);
        if (dialogue.now !== null) keys.count(dialogue.now);
      },
      leap: async (milliseconds) =>
        (await dialogue.ask({ type: 'pass', milliseconds }))?.state?.now ?? null,
    },
    say,
  );
  const persistence = new PersistenceControls(
    {
      persist: (mode) => void dialogue.ask({ type: 'persist', mode }),
      crash: (kind) => void dialogue.ask({ type: 'crash', kind }),
    },
    say,
  );

  async function startOver(): Promise<void> {
    prompts.clear();
    persistence.clear();
    prompts.focus();
    if (await dialogue.startOver())
      say(dataset ? 'A new server, with the data of the course.' : 'A new, empty server.');
  }

  const section = (title: string, ...children: Node[]): HTMLElement =>
    create(
      'section',
      { 'aria-label': title },
      create('p', { class: 'console-title' }, title),
      ...children,
    );
  const first = prompts.add();
  place.replaceChildren(
    prompts.element,
    create(
      'div',
      { class: 'console-controls' },
      createButton('Stop', () => {
        stop();
        prompts.focus();
      }),
      createButton('Start over', () => void startOver()),
      loading.element,
      status,
    ),
    section('Clock', clock.element),
    section('Keys', keys.element),
    section('Persistence', persistence.element),
  );
  first.log.print('Type a command: SET greeting hello. HELP says how to get more.', 'note');
  clock.play();
  first.focus();
}
