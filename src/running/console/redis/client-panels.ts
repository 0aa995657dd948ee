/** The clients of a console: side by side where there is room, as tabs where there is not. */
import { create, createButton } from '../terminal/create.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Narrower than this, in CSS pixels, two prompts do not fit beside each other. */
const ROOM_FOR_TWO = 620;

export interface Panel {
  /** Unique in the page. */
  id: string;
  name: string;
  terminal: Terminal;
  element: HTMLElement;
  tab: HTMLButtonElement;
  badge: HTMLElement;
  interrupt: HTMLButtonElement;
  close: HTMLButtonElement;
  unread: number;
}

export interface PanelActions {
  onClose(panel: Panel): void;
  onInterrupt(panel: Panel): void;
}

let count = 0;

export class ClientPanels {
  readonly element: HTMLElement;
  readonly panels: Panel[] = [];
  readonly #tabs: HTMLElement;
  readonly #columns: HTMLElement;
  readonly #actions: PanelActions;
  #selected: Panel | null = null;
  #tabbed = false;

  /** @param add the button that adds a client; it stands beside the tabs. */
  constructor(actions: PanelActions, add: HTMLButtonElement) {
    this.#actions = actions;
    this.#tabs = create('div', { class: 'console-tabs', role: 'tablist', 'aria-label': 'Clients' });
    this.#tabs.addEventListener('keydown', (event) => this.#walk(event));
    this.#columns = create('div', { class: 'console-columns' });
    const bar = create('div', { class: 'console-tab-bar' }, this.#tabs, add);
    this.element = create('div', { class: 'console-clients' }, bar, this.#columns);
    new ResizeObserver(([entry]) => {
      const tabbed = entry!.contentRect.width < ROOM_FOR_TWO;
      if (tabbed !== this.#tabbed) this.#arrange(tabbed);
    }).observe(this.element);
  }

  add(name: string, terminal: Terminal): Panel {
    const id = `console-client-${(count += 1)}`;
    const badge = create('span', { class: 'console-badge' });
    const tab = createButton(name, () => this.select(panel), {
      role: 'tab',
      id: `${id}-tab`,
      'aria-controls': id,
    });
    tab.append(badge);
    const interrupt = createButton('Ctrl-C', () => this.#actions.onInterrupt(panel), {
      'aria-label': `Ctrl-C: stop waiting (${name})`,
    });
    const close = createButton('Close', () => this.#actions.onClose(panel), {
      'aria-label': `Close ${name}`,
    });
    const head = create(
      'div',
      { class: 'console-client-head' },
      create('span', {}, name),
      interrupt,
      close,
    );
    const element = create('div', { id, class: 'console-client' }, head, terminal.element);
    const panel = { id, name, terminal, element, tab, badge, interrupt, close, unread: 0 };
    interrupt.hidden = true;
    this.panels.push(panel);
    this.#tabs.append(tab);
    this.#columns.append(element);
    this.select(panel);
    return panel;
  }

  remove(panel: Panel): void {
    this.panels.splice(this.panels.indexOf(panel), 1);
    panel.tab.remove();
    panel.element.remove();
    if (this.#selected === panel) this.select(this.panels.at(-1)!);
    else this.#arrange(this.#tabbed);
  }

  select(panel: Panel): void {
    this.#selected = panel;
    panel.unread = 0;
    this.#arrange(this.#tabbed);
    panel.terminal.log.scrollToEnd();
  }

  /** Something arrived at a client that is not in view. */
  arrived(panel: Panel): void {
    if (!this.#tabbed || this.#selected === panel) return;
    panel.unread += 1;
    panel.badge.textContent = ` ${panel.unread} new`;
  }

  #arrange(tabbed: boolean): void {
    this.#tabbed = tabbed;
    this.#tabs.hidden = !tabbed;
    for (const panel of this.panels) {
      const chosen = panel === this.#selected;
      if (!tabbed) panel.unread = 0;
      if (panel.unread === 0) panel.badge.textContent = '';
      panel.tab.setAttribute('aria-selected', String(chosen));
      panel.tab.tabIndex = chosen ? 0 : -1;
      panel.element.hidden = tabbed && !chosen;
      panel.element.setAttribute('role', tabbed ? 'tabpanel' : 'group');
      if (tabbed) panel.element.setAttribute('aria-labelledby', panel.tab.id);
      else panel.element.removeAttribute('aria-labelledby');
      if (tabbed) panel.element.removeAttribute('aria-label');
      else panel.element.setAttribute('aria-label', panel.name);
      panel.close.hidden = this.panels.length === 1;
    }
  }

  #walk(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || !this.#selected) return;
    event.preventDefault();
    const { length } = this.panels;
    const next = this.panels[(this.panels.indexOf(this.#selected) + step + length) % length]!;
    this.select(next);
    next.tab.focus();
  }
}
