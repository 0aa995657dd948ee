/** On every page, so it is small: opens the presentation when asked to, by the button or the address. */
import { whyNotLoaded } from '../../../foundation/updates/updates.ts';
import { presentedIn } from './address.ts';

const button = document.querySelector<HTMLButtonElement>('.present-open');

async function open(fullScreen: boolean): Promise<void> {
  try {
    const { present } = await import('./present.ts');
    await present(fullScreen);
  } catch {
    button!.textContent = await whyNotLoaded(
      'Could not be loaded. Check your connection and press again.',
    );
  }
}

if (button) {
  button.hidden = false;
  button.addEventListener('click', () => void open(true));
  if (presentedIn(location.href) !== undefined) void open(false);
}
