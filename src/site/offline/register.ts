/** Lets the course read without a network from the next page on. Waits until this page has loaded. */
import { base } from '../../foundation/addresses/base.ts';
import type { Message } from './messages.ts';

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  const { serviceWorker } = navigator;
  const ask = (message: Message): void => serviceWorker.controller?.postMessage(message);
  // What came before there was a worker, or by one of another build, this one has not seen.
  const takenOver = (): void => {
    ask({
      ask: 'keep all',
      addresses: performance.getEntriesByType('resource').map((r) => r.name),
    });
    ask({ ask: 'fill' });
  };
  const register = (): void => {
    ask({ ask: 'fill' });
    serviceWorker.addEventListener('controllerchange', takenOver);
    serviceWorker.register(`${base}/sw.js`).catch(() => {
      // Denied in some frames and private windows: the course then needs its network.
    });
  };
  if (document.readyState === 'complete') register();
  else addEventListener('load', () => setTimeout(register, 2000));
}
