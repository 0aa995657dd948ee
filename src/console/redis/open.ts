/** The console of the emulated Redis, assembled. */
import { usage } from '../../engines/redis/emulator.ts';
import { scriptLines } from '../../engines/redis/script.ts';
import type { ScriptFile } from '../../engines/engine.ts';
import { create, createButton } from '../terminal/create.ts';
import { History, visitStore } from '../terminal/history.ts';
import { Terminal } from '../terminal/terminal.ts';
import { ClientPanels, type Panel } from './client-panels.ts';
import { ClockControls } from './clock-controls.ts';
import { completeLine } from './completion.ts';
import { Emulation, type Console } from './emulation.ts';
import { KeyspaceView } from './keyspace-view.ts';
import { PersistenceControls } from './persistence-controls.ts';

const MOST_CLIENTS = 4;

/**
 * Puts a console into the page.
 *
 * @param dataset the script that fills it, or `null` to begin empty.
 */
export function openRedis(place: HTMLElement, dataset: ScriptFile | null): void {
  const history = new History('redis', visitStore());
  const panelOf = new Map<Console, Panel>();
  const status = create('p', { class: 'console-status', role: 'status' });
  const say = (text: string): void => {
    status.textContent = text;
  };

  const emulation = new Emulation({
    print(console, text, kind) {
      const panel = panelOf.get(console);
      panel?.terminal.log.print(text, kind);
      if (panel) panels.arrived(panel);
    },
    clear: (console) => panelOf.get(console)?.terminal.log.clear(),
  });
  const keys = new KeyspaceView();

  const addClient = createButton('Add a client', () => {
    add().terminal.focus();
    say(`There are ${panels.panels.length} clients.`);
  });
  const panels = new ClientPanels(
    {
      onClose(panel) {
        emulation.close(consoleOf(panel));
        panelOf.delete(consoleOf(panel));
        panels.remove(panel);
        refresh();
        panels.panels.at(-1)!.terminal.focus();
        say(`${panel.name} is closed.`);
      },
      onInterrupt(panel) {
        emulation.interrupt(consoleOf(panel));
        refresh();
        panel.terminal.focus();
      },
    },
    addClient,
  );
  const consoleOf = (panel: Panel): Console =>
    [...panelOf].find(([, candidate]) => candidate === panel)![0];

  function add(): Panel {
    const console = emulation.open();
    const terminal = new Terminal({
      label: console.name,
      multiline: false,
      history,
      prompt: () => emulation.prompt(console),
      isComplete: () => true,
      isBusy() {
        const waits = emulation.isWaiting(console);
        if (waits) say(`${console.name} waits for an answer: Ctrl-C ends that.`);
        return waits;
      },
      submit(text) {
        const prompt = emulation.prompt(console);
        panelOf.get(console)!.terminal.log.echo(prompt, text);
        emulation.type(console, text);
        say('');
        refresh();
      },
      complete: (text, caret) =>
        completeLine(emulation.server, console.connection, text.slice(0, caret)),
      hint: (text) => usage(emulation.server, text),
      interrupt() {
        emulation.interrupt(console);
        refresh();
      },
    });
    const panel = panels.add(console.name, terminal);
    panelOf.set(console, panel);
    refresh();
    return panel;
  }

  let drawing = 0;
  /** Shows the server as it is then, once for all that happens in a moment. */
  function refresh(): void {
    drawing ||= requestAnimationFrame(draw);
  }

  function draw(): void {
    drawing = 0;
    keys.draw(emulation.server);
    persistence.draw();
    clock.draw();
    addClient.hidden = panels.panels.length >= MOST_CLIENTS;
    for (const [console, { terminal, interrupt }] of panelOf) {
      terminal.refresh();
      const hidden = !emulation.canInterrupt(console);
      // Whoever pressed it is not left without a focus.
      if (hidden && document.activeElement === interrupt) terminal.focus();
      interrupt.hidden = hidden;
    }
  }

  const clock = new ClockControls(
    {
      get now() {
        return emulation.now;
      },
      pass(milliseconds) {
        const due = emulation.server.nextEvent() <= emulation.now + milliseconds;
        emulation.pass(milliseconds);
        if (due) refresh();
        else keys.count(emulation.now);
      },
    },
    say,
  );
  const persistence = new PersistenceControls(
    () => emulation.server,
    (kind) => {
      const report = emulation.crash(kind);
      refresh();
      return report;
    },
    say,
  );

  function fill(): void {
    if (!dataset) return;
    const lines = scriptLines([dataset]).map(({ line }) => line);
    emulation.fill(lines.flatMap((line) => (line.kind === 'command' ? [line.text] : [])));
  }

  const reset = createButton('Start over', () => {
    emulation.reset();
    fill();
    persistence.clear();
    refresh();
    say('A new, empty server.');
  });
  const section = (title: string, ...children: Node[]): HTMLElement =>
    create(
      'section',
      { 'aria-label': title },
      create('p', { class: 'console-title' }, title),
      ...children,
    );

  fill();
  const first = add();
  place.replaceChildren(
    panels.element,
    status,
    section('Clock', clock.element),
    section('Keys', keys.element),
    section('Persistence', persistence.element),
    create('div', { class: 'console-controls' }, reset),
  );
  first.terminal.log.print(
    'Type a command: SET greeting hello. HELP says how to get more.',
    'note',
  );
  refresh();
  clock.play();
  first.terminal.focus();
}
