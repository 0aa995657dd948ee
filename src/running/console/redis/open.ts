/** The console of the emulated Redis, assembled. The server itself runs apart from the page. */
import { titleOf } from '../../../engines/descriptors.ts';
import { runner } from '../../cells/page/databases.ts';
import type { ScriptFile } from '../../../engines/engine.ts';
import { consoleId, Journal } from '../restore/journal.ts';
import { Restoring } from '../restore/restoring.ts';
import { create, createButton } from '../terminal/create.ts';
import { LoadingView } from '../terminal/loading.ts';
import { again } from './again.ts';
import { ClockControls } from './clock-controls.ts';
import { Dialogue, type Loss } from './dialogue.ts';
import { KeyspaceView } from './keyspace-view.ts';
import { PersistenceControls } from './persistence-controls.ts';
import { Prompts } from './prompts.ts';
import { recorded, REDIS_STEPS, type RedisStep } from './recorded.ts';

/** 1 January 2026, 12:00 UTC: where the clock of the course's Redis starts. */
const START = Date.UTC(2026, 0, 1, 12);
/** How often what pasted lines print is drawn while more of them are left, in milliseconds. */
const PAUSE = 500;

const LOSSES = {
  stopped: 'Stopped.',
  'too long': 'This took longer than 30 seconds, and was ended.',
  'given away': 'The server gave way: another cell needed its place, or the browser its memory.',
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
  /** What goes on, the most important first. It is said while it does, and taken back then. */
  const going: Record<'loading' | 'slow' | 'left', string | null> = {
    loading: null,
    slow: null,
    left: null,
  };
  let said: string | null = null;
  const sayForNow = (what: keyof typeof going, text: string | null): void => {
    going[what] = text;
    const now = going.loading ?? going.slow ?? going.left;
    if (now !== null) say(now);
    else if (status.textContent === said) say('');
    said = now;
  };
  let drawnAt = 0;

  const loading = new LoadingView(titleOf('redis'));
  const keys = new KeyspaceView();
  const id = consoleId(place, 'redis', dataset?.name ?? null);
  const journal = new Journal<RedisStep>(id, REDIS_STEPS);
  const session = recorded(runner.session('redis'), journal, () => restoring.draw());
  const dialogue: Dialogue = new Dialogue(session, dataset, () => prompts.clients, {
    heard({ entries, state, report }) {
      prompts.hear(entries);
      const { note } = restoring;
      if (note !== null) prompts.announce(note, 'note');
      if (state) persistence.draw(state.mode);
      if (report) say(persistence.show(report));
      const left = dialogue.linesLeft;
      if (left === 0) sayForNow('left', null);
      // What hurries by needs no drawing, and a page that draws all the time answers to no key.
      else if (performance.now() - drawnAt < PAUSE) return;
      else
        sayForNow('left', `Running: ${left.toLocaleString('en-US')} lines are left. Stop ends it.`);
      drawnAt = performance.now();
      prompts.print();
      refresh();
    },
    progress: (now) => sayForNow('loading', loading.show(now)),
    slow: (runs) => sayForNow('slow', runs ? 'Running. Stop ends it.' : null),
    lost(loss) {
      sayForNow('left', null);
      const rest = `A new server was started. What was written is gone${dataset ? ', and the data of the course is there again' : ''}.`;
      prompts.announce(`${sayLoss(loss)} ${rest}`, loss === 'stopped' ? 'note' : 'error');
      persistence.clear();
    },
    failed(message) {
      sayForNow('left', null);
      say(`${message} Type a command to try again.`);
    },
    dropped(client, lines) {
      // What was to be run again is still offered.
      if (!restoring.isGoing) prompts.dropped(client, lines);
    },
  });

  function stop(): void {
    if (!dialogue.busy && !restoring.isGoing) return say('Nothing runs.');
    restoring.end();
    dialogue.stop();
  }
  const whyNot = (): string | null => restoring.whyNot;
  const prompts: Prompts = new Prompts(dialogue, id, { say, stop, whyNot });
  const restoring = new Restoring<RedisStep>(journal, {
    words: { one: 'command', more: 'commands', place: 'server' },
    steps: REDIS_STEPS,
    ...again(dialogue, prompts, journal),
    say,
    focus: () => prompts.focus(),
  });

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
        // Time passes as it did before, until everything has been done again.
        if (restoring.isGoing) return;
        dialogue.beat(milliseconds);
        if (dialogue.now !== null) keys.count(dialogue.now);
      },
      leap: async (milliseconds) =>
        prompts.mayAct()
          ? ((await dialogue.ask({ type: 'pass', milliseconds }))?.state?.now ?? null)
          : null,
    },
    say,
  );
  const persistence = new PersistenceControls(
    {
      persist(mode) {
        const may = prompts.mayAct();
        if (may) void dialogue.ask({ type: 'persist', mode });
        return may;
      },
      crash(kind) {
        if (prompts.mayAct()) void dialogue.ask({ type: 'crash', kind });
      },
    },
    say,
  );

  async function startOver(): Promise<void> {
    restoring.forgetAll();
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
    restoring.element,
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
  if (restoring.loss !== null) first.log.print(restoring.loss, 'note');
  clock.play();
  if (restoring.whyNot === null) first.focus();
  else restoring.element.focus();
}
