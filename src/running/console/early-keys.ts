/**
 * Keys that are pressed while a console is on its way: they are kept, and come to its prompt as soon as there is one.
 */

/** @returns hands what was typed meanwhile to the field that has the focus, and ends. */
export function keepEarlyKeys(): () => void {
  let typed = '';
  const keep = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, altKey, isComposing, repeat } = event;
    if (ctrlKey || metaKey || altKey || isComposing) return;
    // Held down, it is still the key that opened the console.
    if (key === 'Enter' && !repeat) typed += '\n';
    else if (key === 'Backspace') typed = typed.slice(0, -1);
    else if ([...key].length === 1) typed += key;
    else if (key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('keydown', keep, true);
  return () => {
    document.removeEventListener('keydown', keep, true);
    const field = document.activeElement;
    if (
      typed === '' ||
      !(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
    )
      return;
    const write = (text: string): void => {
      field.setRangeText(text, field.value.length, field.value.length, 'end');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    for (const [index, line] of typed.split('\n').entries()) {
      if (index > 0) {
        const enter = new KeyboardEvent('keydown', {
          key: 'Enter',
          bubbles: true,
          cancelable: true,
        });
        // What it does by itself, a made key does not: it begins a line.
        if (field.dispatchEvent(enter) && field instanceof HTMLTextAreaElement) write('\n');
      }
      if (line !== '') write(line);
    }
  };
}
