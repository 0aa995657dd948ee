/**
 * The document of the broker frame: the one place from which workers are started.
 *
 * The frame is sandboxed without `allow-same-origin`, so it and its workers have an opaque origin: no
 * storage, no cookies, no way to the page but the ports they were given. Its policy, which blob
 * workers inherit, shuts off the network. It is a `srcdoc`, because a sandboxed navigation would
 * bypass a service worker and fail offline; a `srcdoc` inherits the page's policy too, so that has to
 * allow this script by its hash, `'wasm-unsafe-eval'`, and `blob:`.
 *
 * Wasm is compiled here, once, while it comes: a `WebAssembly.Module` cannot cross from the page into another origin,
 * but a frame shares it with its workers. The first worker of an engine starts as soon as its program
 * is there, and gets the other files as they come: gzip, as small as they were fetched, since each
 * copy of what is in them costs as much as a tenth of the start. What it is told reaches it by way of
 * this thread, also that it has started: so the wasm is uncompressed in pieces of a few milliseconds,
 * and whatever else has come gets its turn after each.
 *
 * A browser that runs out of memory may end the frame alone, and whoever embeds the page may lead it elsewhere: the
 * page asks now and then whether it is there.
 */

import { doorScript } from './door-script.ts';

/**
 * The frame's program. A plain string, written as it runs: a policy names it by the hash of exactly
 * these characters, so nothing may format or minify it. Messages: `BrokerCommand`, `BrokerReport`.
 */
export const brokerScript = `(() => {
  'use strict';
  /* In bytes, compressed. */
  const PIECE = 65536;
  let page;
  const engines = {};
  const workers = new Map();
  const close = ({ session }) => {
    const { worker, door } = workers.get(session) ?? {};
    worker?.terminate();
    door?.terminate();
    workers.delete(session);
  };
  const start = (url) => {
    const worker = new Worker(url);
    worker.onerror = (event) => {
      event.preventDefault();
      worker.fault = event.message || 'its program did not start';
      worker.died?.(worker.fault);
    };
    worker.onmessage = worker.onmessageerror = () => worker.died?.('it spoke out of turn');
    return worker;
  };
  let doorUrl;
  /* A way from the page to a worker, on which nothing large gets through. */
  const openDoor = (page) => {
    doorUrl ??= URL.createObjectURL(new Blob([${JSON.stringify(doorScript)}]));
    const door = new Worker(doorUrl);
    const { port1, port2: port } = new MessageChannel();
    door.postMessage(null, [page, port1]);
    return { door, port };
  };
  const supply = (worker, name, content) => worker?.postMessage({ type: 'file', name, content });
  const heldOf = (engine) => (engines[engine] ??= { modules: {}, bytes: {}, images: {} });
  const asset = ({ engine, name, kind, bytes }) => {
    const held = heldOf(engine);
    if (kind === 'bytes') {
      held.bytes[name] = bytes;
      supply(held.spare, name, bytes);
    } else if (kind === 'image') held.images[name] = bytes;
    else {
      held.url = URL.createObjectURL(new Blob([bytes], { type: 'text/javascript' }));
      held.spare = startSupplied(held);
    }
  };
  const startSupplied = ({ url, bytes }) => {
    const worker = start(url);
    for (const name of Object.keys(bytes)) supply(worker, name, bytes[name]);
    return worker;
  };
  const { port1: turn, port2: turned } = new MessageChannel();
  const turns = [];
  turned.onmessage = () => turns.shift()();
  const nextTurn = () =>
    new Promise((resolve) => {
      turns.push(resolve);
      turn.postMessage(null);
    });
  const wasm = ({ engine, name, gzip }, [port]) => {
    const { readable, writable } = gzip ? new DecompressionStream('gzip') : new TransformStream();
    const writer = writable.getWriter();
    let last = Promise.resolve();
    const next = (step) => {
      last = last.then(step);
      last.catch(() => {});
    };
    const take = {
      piece: ({ piece }) => {
        for (let at = 0; at < piece.length; at += PIECE) {
          next(() => writer.write(piece.subarray(at, at + PIECE)));
          next(nextTurn);
        }
      },
      end: () => next(() => writer.close()),
      abort: () => writer.abort().catch(() => {}),
    };
    port.onmessage = ({ data }) => take[data.type](data);
    const response = new Response(readable, { headers: { 'Content-Type': 'application/wasm' } });
    const compiled = (heldOf(engine).modules[name] = WebAssembly.compileStreaming(response));
    const report = (compiled) => port.postMessage({ compiled });
    compiled.then(() => report(true), () => report(false));
  };
  const open = async ({ session, engine, image }, [toPage]) => {
    const held = engines[engine];
    const { modules, images } = held;
    const { door, port } = openDoor(toPage);
    const entry = { door };
    workers.set(session, entry);
    const died = (message) => {
      if (!workers.has(session)) return;
      close({ session });
      page.postMessage({ type: 'died', session, message: String(message).slice(0, 2000) });
    };
    door.onerror = () => died('it said what nobody can read');
    try {
      const worker = (entry.worker = held.spare ?? startSupplied(held));
      held.spare = null;
      worker.died = died;
      if (worker.fault) return died(worker.fault);
      const boot = { type: 'boot', port, modules: Object.keys(modules), image: images[image] };
      worker.postMessage(boot, [port]);
      for (const [name, compiled] of Object.entries(modules)) {
        const module = await compiled;
        worker.postMessage({ type: 'module', name, module });
      }
    } catch (error) {
      died(error.message);
    }
  };
  const beat = () => page.postMessage({ type: 'beat' });
  const commands = { asset, wasm, open, close, beat };
  addEventListener('message', (event) => {
    if (page || event.source !== parent) return;
    page = event.ports[0];
    page.onmessage = ({ data, ports }) => commands[data.type](data, ports);
    page.postMessage({ type: 'ready' });
  });
})();`;

/** What the frame and its workers may do, on top of what the page's own policy says. */
export const brokerPolicy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:",
  'worker-src blob:',
  "connect-src 'none'",
].join('; ');

/** The frame's `srcdoc`. */
export const brokerDocument = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${brokerPolicy}"><title>Engines</title><script>${brokerScript}</script>`;
