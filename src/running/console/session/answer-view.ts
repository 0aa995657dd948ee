/** What a shell answered, in its log: as the shell prints it, or as cells draw it. */
import { renderOutputs } from '../../cells/output/render.ts';
import { toDom } from '../../cells/output/tree.ts';
import type { Output } from '../../../engines/engine.ts';
import type { Log } from '../terminal/log.ts';
import type { Language } from './language.ts';

/** @param code the input that was answered. */
export function printAnswer(
  log: Log,
  language: Language,
  outputs: readonly Output[],
  code: string,
): void {
  const files = [{ name: 'input', code }];
  const rendered: Output[] = [];
  const flush = (): void => {
    for (const element of renderOutputs(rendered.splice(0), files)) {
      const node = toDom(element, document) as HTMLElement;
      log.add([node], node.querySelectorAll('tr').length + 1);
      for (const scroller of node.querySelectorAll<HTMLElement>('.out-scroll'))
        unfocusUnlessWide(scroller);
    }
  };
  for (const output of outputs) {
    const text =
      output.kind === 'limit' ? { text: output.message, failed: false } : language.asText(output);
    if (text === null) rendered.push(output);
    else {
      flush();
      log.print(text.text, text.failed ? 'error' : output.kind === 'limit' ? 'note' : 'reply');
    }
  }
  flush();
}

/** A table that fits is no stop for the Tab key. */
function unfocusUnlessWide(scroller: HTMLElement): void {
  if (scroller.scrollWidth > scroller.clientWidth) return;
  scroller.removeAttribute('tabindex');
  scroller.removeAttribute('role');
  scroller.removeAttribute('aria-label');
}
