/**
 * A console on a database that runs apart from the page: what the reader types may be a program, so
 * it runs where a cell's does, and can be stopped.
 */
import { renderOutputs } from '../../cells/output/render.ts';
import { brief } from '../../cells/output/text.ts';
import { toDom } from '../../cells/output/tree.ts';
import { ENGINE_TITLES } from '../../cells/engine-titles.ts';
import {
  CourseUpdated,
  EngineLoadError,
  RunStopped,
  runner,
  type Progress,
} from '../../cells/page/databases.ts';
import type { EngineName, Output, ScriptFile } from '../../../engines/engine.ts';
import type { Loss } from '../../runner/client.ts';
import { create, createButton } from '../terminal/create.ts';
import { History, visitStore } from '../terminal/history.ts';
import { Terminal } from '../terminal/terminal.ts';
import { CatalogView } from './catalog-view.ts';
import { EMPTY_CATALOG, type Language } from './language.ts';

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

/** Puts a console into the page. */
export function openSession(place: HTMLElement, setup: SessionConsole): void {
  const { engine, language, dataset } = setup;
  const session = runner.session(engine);
  const history = new History(engine, visitStore());
  const status = create('p', { class: 'console-status', role: 'status' });
  const progress = create('progress', { 'aria-label': 'Loading the database' });
  progress.hidden = true;
  const view = new CatalogView(language.words);
  let catalog = EMPTY_CATALOG;
  let running = false;
  /** The life of the session that the reader's data lives in. */
  let life: number | null = null;

  const say = (text: string): void => {
    status.textContent = text;
  };

  /** The database begins with its data, and again so when it had to give way or was stopped. */
  const start = (epoch: number) => {
    if (epoch === life) return null;
    if (life !== null && !stopped) terminal.log.print(BEGINS_ANEW[session.loss ?? 'ended'], 'note');
    stopped = false;
    life = epoch;
    return { dataset };
  };
  let stopped = false;

  async function ask(code: string): Promise<Output[]> {
    const outputs: Output[] = [];
    await session.run(
      { files: [{ name: 'catalog', code }] },
      { start, onProgress: showProgress, onOutput: (output) => outputs.push(output) },
    );
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
    view.draw(catalog);
    terminal.refresh();
  }

  async function run(code: string): Promise<void> {
    running = true;
    say('');
    terminal.log.echo(language.prompt(catalog), code);
    const outputs: Output[] = [];
    const slow = setTimeout(() => running && say('Running. Stop ends it.'), 500);
    try {
      await session.run(
        { files: [{ name: 'input', code }] },
        { start, onProgress: showProgress, onOutput: (output) => outputs.push(output) },
      );
      print(outputs, code);
      if (status.textContent.startsWith('Running')) say('');
    } catch (error) {
      print(outputs, code);
      if (error instanceof RunStopped)
        terminal.log.print('Stopped. The database begins anew.', 'note');
      else terminal.log.print((error as Error).message, 'error');
    } finally {
      clearTimeout(slow);
      running = false;
      showProgress(null);
    }
    if (language.mayChange(code) || life !== session.epoch) await inspect();
  }

  function print(outputs: readonly Output[], code: string): void {
    const files = [{ name: 'input', code }];
    const rendered: Output[] = [];
    const flush = (): void => {
      const elements = renderOutputs(rendered.splice(0), files);
      for (const element of elements) {
        const node = toDom(element, document);
        terminal.log.add([node], (node as HTMLElement).querySelectorAll('tr').length + 1);
        for (const scroller of (node as HTMLElement).querySelectorAll('.out-scroll'))
          unfocusUnlessWide(scroller as HTMLElement);
      }
    };
    for (const output of outputs) {
      const text =
        output.kind === 'limit' ? { text: output.message, failed: false } : language.asText(output);
      if (text === null) rendered.push(output);
      else {
        flush();
        terminal.log.print(
          text.text,
          text.failed ? 'error' : output.kind === 'limit' ? 'note' : 'reply',
        );
      }
    }
    flush();
  }

  function showProgress(now: Progress | null): void {
    const loading = now?.stage === 'download' || now?.stage === 'wait' || now?.stage === 'start';
    progress.hidden = !loading;
    if (now?.stage === 'download' && now.total > 0) progress.value = now.loaded / now.total;
    else progress.removeAttribute('value');
    const title = ENGINE_TITLES[engine];
    if (now?.stage === 'download')
      say(`Loading ${title}: ${(now.total / 1e6).toFixed(1)} MB, once per visit.`);
    else if (now?.stage === 'wait') say('Waiting for another cell to end.');
    else if (now?.stage === 'start') say(`Starting ${title}.`);
    else if (/^(Loading|Waiting|Starting) /.test(status.textContent)) say('');
  }

  const terminal: Terminal = new Terminal({
    label: language.shell,
    multiline: true,
    history,
    prompt: () => brief(language.prompt(catalog)),
    isComplete: (text) => language.isComplete(text),
    isBusy() {
      if (running) say('The last input still runs. Stop ends it.');
      return running;
    },
    submit: (text) => void run(text),
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

  function stop(): void {
    if (!session.busy) return say('Nothing runs.');
    stopped = true;
    session.stop();
    terminal.focus();
  }

  const greet = (): void => {
    const [example] = language.examples;
    terminal.log.print(
      dataset
        ? `The data of the course is here: ${language.words.relations.toLowerCase()} are listed below.`
        : `The database is empty. Begin with: ${example}`,
      'note',
    );
  };
  const reset = createButton('Start over', () => {
    stopped = true;
    if (session.busy) session.stop();
    life = null;
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
    create('div', { class: 'console-wide' }, terminal.element),
    create(
      'div',
      { class: 'console-controls' },
      createButton('Stop', stop),
      reset,
      progress,
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
    create(
      'section',
      { 'aria-label': language.words.relations },
      create('p', { class: 'console-title' }, language.words.relations),
      view.element,
    ),
  );
  greet();
  terminal.focus();
  void inspect();
}

/** A table that fits is no stop for the Tab key. */
function unfocusUnlessWide(scroller: HTMLElement): void {
  if (scroller.scrollWidth > scroller.clientWidth) return;
  scroller.removeAttribute('tabindex');
  scroller.removeAttribute('role');
  scroller.removeAttribute('aria-label');
}
