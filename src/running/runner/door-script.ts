/**
 * The program of the door: a worker that stands between an engine's worker and the page. A message is
 * read where it arrives, all of it, before anybody can tell how large it is: five million objects would
 * stop a page for seconds. So they arrive here, on a thread that nobody waits for, and only what a page
 * reads in no time goes on. What it means is the page's business (`readAnswer`).
 *
 * A plain string, as the broker's script, of which it is a part. It gets two ports: the page's and the
 * engine's. The largest that a run may print has some thousand values and a quarter of a million letters. In the
 * place of a message that is too large the page gets `null`, which no engine may say.
 */
export const doorScript = `'use strict';
onmessage = ({ ports: [page, engine] }) => {
  onmessage = null;
  const small = (data) => {
    let characters = 4e6, values = 1e5;
    const waiting = [data];
    while (waiting.length > 0) {
      const value = waiting.pop();
      if (typeof value === 'string') characters -= value.length;
      else if (typeof value === 'bigint') return false;
      else if (typeof value === 'object' && value !== null) {
        const plain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
        if (!plain || value.length > values) return false;
        for (const name in value) {
          characters -= name.length;
          if (--values < 0) return false;
          waiting.push(value[name]);
        }
      }
      if (characters < 0 || --values < 0) return false;
    }
    return true;
  };
  const refuse = () => {
    engine.close();
    page.postMessage(null);
  };
  engine.onmessage = ({ data }) => (small(data) ? page.postMessage(data) : refuse());
  engine.onmessageerror = refuse;
  page.onmessage = ({ data }) => engine.postMessage(data);
};`;
