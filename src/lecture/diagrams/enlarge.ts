/**
 * A drawing as large as the window, in a dialog of its own, with zoom. The drawing itself moves there
 * and back: a copy would bring its ids into the page a second time.
 */
const STEP = 1.25;
/** How much larger at least, where the window is no larger than the drawing. */
const LARGER = 1.5;

/** Shows the buttons, which are hidden in a page without JavaScript, and makes drawings clickable. */
export function makeDiagramsEnlargeable(): void {
  // A frame is as high as its content: a dialog in its middle may be out of sight.
  if ('embed' in document.documentElement.dataset) return;
  for (const figure of document.querySelectorAll<HTMLElement>('figure.diagram')) {
    const button = figure.querySelector('button')!;
    const enlarge = () => {
      const shown = [...figure.querySelectorAll<SVGSVGElement>('.diagram-canvas svg')].find(
        (svg) => svg.clientWidth > 0,
      );
      if (shown) open(shown, figure.querySelector('figcaption span')!.textContent, button);
    };
    button.hidden = false;
    button.onclick = enlarge;
    figure.classList.add('diagram-can-enlarge');
    for (const svg of figure.querySelectorAll<SVGSVGElement>('.diagram-canvas svg'))
      svg.onclick = enlarge;
  }
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, name: string, text = '') {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}

function open(svg: SVGSVGElement, title: string, opener: HTMLElement): void {
  const home = svg.parentElement!;
  const dialog = document.body.appendChild(element('dialog', 'diagram-dialog'));
  const tools = dialog.appendChild(element('div', 'diagram-tools'));
  const stage = dialog.appendChild(element('div', 'diagram-stage'));
  const { width, height } = svg.viewBox.baseVal;
  let scale = 1;
  const zoom = (to: number) => {
    // What is in the middle stays there.
    const across = (stage.scrollLeft + stage.clientWidth / 2) / stage.scrollWidth;
    const down = (stage.scrollTop + stage.clientHeight / 2) / stage.scrollHeight;
    scale = Math.min(8, Math.max(0.25, to));
    svg.style.width = `${width * scale}px`;
    stage.scrollLeft = across * stage.scrollWidth - stage.clientWidth / 2;
    stage.scrollTop = down * stage.scrollHeight - stage.clientHeight / 2;
  };
  const button = (text: string, label: string, action: () => void) => {
    const made = tools.appendChild(element('button', 'diagram-button', text));
    made.type = 'button';
    made.ariaLabel = label;
    made.onclick = action;
  };
  dialog.ariaLabel = title;
  stage.tabIndex = 0;
  tools.append(element('p', '', title));
  button('−', 'Zoom out', () => zoom(scale / STEP));
  button('+', 'Zoom in', () => zoom(scale * STEP));
  button('Close', 'Close', () => dialog.close());
  dialog.onkeydown = ({ key }) => {
    if (key === '+' || key === '=') zoom(scale * STEP);
    if (key === '-') zoom(scale / STEP);
  };
  dialog.onclose = () => {
    svg.style.width = home.style.minHeight = '';
    home.append(svg);
    dialog.remove();
    opener.focus({ preventScroll: true });
  };
  const shownWidth = svg.clientWidth;
  home.style.minHeight = `${home.offsetHeight}px`;
  stage.append(svg);
  dialog.showModal();
  // For the arrow keys.
  stage.focus();
  // 32: the stage's padding. It may scroll, but is larger than it was in the page.
  const fit = Math.min((stage.clientWidth - 32) / width, (stage.clientHeight - 32) / height);
  zoom(Math.max(fit, (LARGER * shownWidth) / width));
  stage.scrollTo((stage.scrollWidth - stage.clientWidth) / 2, 0);
}
