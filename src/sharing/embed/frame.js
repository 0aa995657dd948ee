/**
 * What every embedded page does first. The theme is the address's (`?theme=dark`) or the system's. The
 * page tells whoever embeds it how high it is, whenever that changes: by the message that Canvas
 * honors, and that `/lms/` shows how to receive elsewhere. It carries nothing but the height, so any
 * page may get it. Nothing is read from storage, which may be denied in a frame.
 */
(() => {
  const root = document.documentElement;
  const wanted = new URLSearchParams(location.search).get('theme');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paint = () => {
    const system = dark.matches ? 'dark' : 'light';
    root.dataset.theme = wanted === 'dark' || wanted === 'light' ? wanted : system;
  };
  paint();
  dark.addEventListener('change', paint);
  root.dataset.js = '';
  if (parent === self) return;
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    parent.postMessage(JSON.stringify({ subject: 'lti.frameResize', height }), '*');
  };
  addEventListener('DOMContentLoaded', () => new ResizeObserver(tell).observe(document.body));
})();
