/** Lets the course read without a network from the next page on. Waits until this page has loaded. */
import { base } from '../base.ts';
import type { Message } from './messages.ts';

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  const { serviceWorker } = navigator;
  const fill = (): void => serviceWorker.controller?.postMessage({ ask: 'fill' } satisfies Message);
  const register = (): void => {
    fill();
    serviceWorker.addEventListener('controllerchange', fill);
    serviceWorker.register(`${base}/sw.js`).catch(() => {
      // Denied in some frames and private windows: the course then needs its network.
    });
  };
  if (document.readyState === 'complete') register();
  else addEventListener('load', () => setTimeout(register, 2000));
}
