/** Gives every listing a button that copies it. Without scripts there is nothing to press. */
for (const listing of document.querySelectorAll<HTMLElement>('.listing')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.setAttribute(
    'aria-label',
    `Copy ${listing.querySelector('figcaption')?.textContent ?? 'the code'}`,
  );
  button.addEventListener(
    'click',
    () => void copy(button, listing.querySelector('code')!.textContent),
  );
  listing.append(button);
}

async function copy(button: HTMLButtonElement, text: string): Promise<void> {
  const label = button.getAttribute('aria-label')!;
  const say = (shown: string, spoken: string): void => {
    button.textContent = shown;
    button.setAttribute('aria-label', spoken);
  };
  try {
    await navigator.clipboard.writeText(text);
    say('Copied', 'Copied');
  } catch {
    say('Select it', 'The browser does not allow copying here: select the text and copy it.');
  }
  setTimeout(() => say('Copy', label), 2000);
}
