/**
 * Makes an element. Children that are strings become text, never markup.
 *
 * @param attributes `true` stands for an attribute without a value; `false` and `undefined` leave it out.
 */
export function create<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** A button that keeps the keyboard of a phone open: pressing it does not take the focus. */
export function createButton(
  text: string,
  press: () => void,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
): HTMLButtonElement {
  const button = create('button', { type: 'button', ...attributes }, text);
  button.addEventListener('click', press);
  return button;
}
