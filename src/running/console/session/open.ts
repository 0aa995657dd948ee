/**
 * A console on a database that runs apart from the page: what the reader types may be a program, so
 * it runs where a cell's does, and can be stopped.
 */
import { brief } from '../../cells/output/text.ts';
import { titleOf } from '../../../engines/descriptors.ts';
import {
  CourseUpdated,
  EngineCrashed,
  EngineLoadError,
  RunStopped,
  runner,
  type Progress,
} from '../../cells/page/databases.ts';
import type { EngineName, Output, ScriptFile } from '../../../engines/engine.ts';
import type { Loss } from '../../runner/client.ts';
import { consoleId, Journal } from '../restore/journal.ts';
import { Restoring } from '../restore/restoring.ts';
import { create, createButton } from '../terminal/create.ts';
import { promptDraft } from '../terminal/draft.ts';
import { History, visitStore } from '../terminal/history.ts';
import { LoadingView } from '../terminal/loading.ts';
import { Terminal } from '../terminal/terminal.ts';
import { printAnswer } from './answer-view.ts';
import { CatalogView } from './catalog-view.ts';
import { EMPTY_CATALOG, type Language } from './language.ts';
import { TypeAhead } from './type-ahead.ts';

export interface SessionConsole {
  engine: EngineName;
  language: Language;
  /** The script that fills the database, or `null` to begin empty. */
  dataset: ScriptFile | null;
}

const BEGINS_ANEW: Readonly<Record<Loss, string>> = {
  'gave way': 'Another cell needed this database: it begins anew.',
  'a program went on':
    'A program still ran after its end, and was stopped: the database begins anew.',
  ended: 'The database begins anew.',
};

const INPUTS = {
  read: (data: unknown) => (typeof data === 'string' ? data : undefined),
  inputs: () => 1,
  text: (input: string) => input,
};

const WAITS = 'What you enter runs when it is there.';
const SLOW = 'Running. Stop ends it.';

/** Puts a console into the page. */
export function openSession(place: HTMLElement, setup: SessionConsole): void {
  const { engine, language, dataset } = setup;
  const session = runner.session(engine);
  const history = new History(engine, visitStore());
  const status = create('p', { class: 'console-status', role: 'status' });
  const loading = new LoadingView(titleOf(engine));
  let onItsWay: string | null = null;
  const id = consoleId(place, engine, dataset?.name ?? null);
  const waiting = new TypeAhead(promptDraft(id));
  const journal = new Journal(id, INPUTS);
  const { words } = language;
  const view = words && new CatalogView(words);
  let catalog = EMPTY_CATALOG;
  let running = false;
  /** Whether the database has answered since it began. */
  let answers = false;
  /** The life of the session that the reader's data lives in. */
  let life: number | null = null;

  const say = (text: string): void => {
    status.textContent = text;
  };

  /** The database begins with its data, and again so when it had to give way or was stopped. */
  const start = (epoch: number) => {
    if (epoch === life) return null;
    if (life !== null && !stopped) terminal.log.print(BEGINS_ANEW[session.loss ?? 'ended'], 'note');
    if (session.loss === 'a program went on') journal.blame();
    stopped = false;
    life = epoch;
    journal.begins();
    restoring.draw();
    return { dataset };
  };
  let stopped = false;

  async function ask(code: string): Promise<Output[]> {
    const outputs: Output[] = [];
    await session.run(
      { files: [{ name: 'catalog', code }], aside: true },
      { start, onProgress: showProgress, onOutput: (output) => outputs.push(output) },
    );
    answers = true;
    return outputs;
  }

  async function inspect(): Promise<void> {
    const found = await language.inspect(ask).catch((error: unknown) => {
      if (error instanceof EngineLoadError) say(`${error.message} Run something to try again.`);
      if (error instanceof CourseUpdated) say(error.message);
      return null;
    });
    showProgress(null);
    if (found === null) return;
    catalog = found;
    view?.draw(catalog);
    terminal.refresh();
  }

  /** @returns whether the database is the one that it was. */
  async function run(code: string): Promise<boolean> {
    running = true;
    if (!restoring.isGoing) say('');
    terminal.log.echo(language.prompt(catalog), code);
    const began = life;
    const outputs: Output[] = [];
    let ended: (input: string | null) => void = () => undefined;
    const slow = setTimeout(() => answers && running && !restoring.isGoing && say(SLOW), 500);
    try {
      await session.run(
        { files: [{ name: 'input', code }] },
        {
          start(epoch) {
            const state = start(epoch);
            ended = journal.starts(code);
            return state;
          },
          onProgress: showProgress,
          onOutput: (output) => outputs.push(output),
        },
      );
      answers = true;
      ended(code);
      printAnswer(terminal.log, language, outputs, code);
      if (status.textContent === SLOW) say('');
    } catch (error) {
      printAnswer(terminal.log, language, outputs, code);
      if (error instanceof RunStopped)
        terminal.log.print('Stopped. The database begins anew.', 'note');
      else terminal.log.print((error as Error).message, 'error');
      answers = false;
      // What was entered and has not run is at the prompt again.
      if (!waiting.isEmpty) terminal.fill(waiting.giveBack());
      // What ended the database is left out when the others run again.
      if (!(error instanceof RunStopped || error instanceof EngineCrashed)) ended(null);
    } finally {
      clearTimeout(slow);
      running = false;
      showProgress(null);
    }
    const { note } = restoring;
    if (note !== null) terminal.log.print(note, 'note');
    const isSame = life === session.epoch && (began === null || began === life);
    const next = waiting.next();
    if (next !== undefined) void run(next);
    else if (language.mayChange(code) || life !== session.epoch) await inspect();
    return isSame;
  }

  function showProgress(now: Progress | null): void {
    const text = loading.show(now?.stage === 'run' || now?.stage === 'dataset' ? null : now);
    const said = text === null || waiting.isEmpty ? text : `${text} ${WAITS}`;
    if (said !== null) say(said);
    else if (status.textContent === onItsWay || status.textContent === WAITS) say('');
    onItsWay = said;
  }

  const terminal: Terminal = new Terminal({
    label: language.shell,
    multiline: true,
    history,
    draft: waiting.draft,
    prompt: () => brief(language.prompt(catalog)),
    isComplete: (text) => language.isComplete(text),
    isBusy() {
      const isRunning = running && answers && waiting.isEmpty;
      const why =
        restoring.whyNot ?? (isRunning ? 'The last input still runs. Stop ends it.' : null);
      if (why !== null) say(why);
      return why !== null;
    },
    submit(text) {
      if (!running) return void run(text);
      waiting.add(text);
      say(WAITS);
    },
    complete: (text, caret) =>
      language.complete(
        text,
        caret,
        catalog,
        Array.from({ length: history.length }, (_, index) => history.at(index)!),
      ),
    hint: (text) => language.hint(text),
    interrupt: () => stop(),
  });

  const restoring = new Restoring<string>(journal, {
    words: { one: 'input', more: 'inputs', place: 'database' },
    steps: INPUTS,
    begin() {
      begin();
      return Promise.resolve(true);
    },
    act: run,
    abandon() {
      begin();
      void inspect();
    },
    say,
    focus: () => terminal.focus(),
  });

  /** The next input begins the database, of which nobody has to be told. */
  function begin(): void {
    stopped = true;
    life = null;
  }

  function stop(): void {
    if (!session.busy && !restoring.isGoing) return say('Nothing runs.');
    stopped = true;
    restoring.end();
    session.stop();
    terminal.focus();
  }

  const greet = (): void => {
    const [example] = language.examples;
    terminal.log.print(
      dataset
        ? `The data of the course is here${words ? `: ${words.relations.toLowerCase()} are listed below` : ''}.`
        : `The database is empty. Begin with: ${example}`,
      'note',
    );
  };
  const reset = createButton('Start over', () => {
    waiting.clear();
    if (session.busy) session.stop();
    begin();
    restoring.forgetAll();
    terminal.log.clear();
    greet();
    terminal.focus();
    say(dataset ? 'The data of the course again.' : 'An empty database again.');
    void inspect();
  });
  // They are about tables and collections of their own: where there is data, it is the better example.
  const examples = (dataset ? [] : language.examples).map((example) =>
    createButton(example, () => terminal.fill(example), { class: 'console-example' }),
  );
  place.replaceChildren(
    restoring.element,
    create('div', { class: 'console-wide' }, terminal.element),
    create(
      'div',
      { class: 'console-controls' },
      createButton('Stop', stop),
      reset,
      loading.element,
      status,
    ),
    ...(examples.length > 0
      ? [
          create(
            'div',
            { class: 'console-controls', role: 'group', 'aria-label': 'To begin with' },
            ...examples,
          ),
        ]
      : []),
    ...(words && view
      ? [
          create(
            'section',
            { 'aria-label': words.relations },
            create('p', { class: 'console-title' }, words.relations),
            view.element,
          ),
        ]
      : []),
  );
  greet();
  if (restoring.loss !== null) terminal.log.print(restoring.loss, 'note');
  if (restoring.whyNot === null) terminal.focus();
  else restoring.element.focus();
  void inspect();
}
