/** Outputs that come while others stand there already: drawn once each, and no faster than a page can take. */
import { toDom, type Element, type Node } from './tree.ts';

/** What was drawn, so that only what is new has to be. */
export class Drawing {
  readonly #document: Document;
  #elements: readonly Element[] = [];
  #nodes: globalThis.Node[] = [];

  constructor(document: Document) {
    this.#document = document;
  }

  /** The elements as nodes: the same ones as last time from the first on, up to what is another element now. */
  nodesOf(elements: readonly Element[]): globalThis.Node[] {
    const changed = elements.findIndex((element, index) => !isSame(element, this.#elements[index]));
    const kept = changed === -1 ? elements.length : changed;
    this.#nodes = [
      ...this.#nodes.slice(0, kept),
      ...elements.slice(kept).map((element) => toDom(element, this.#document)),
    ];
    this.#elements = elements;
    return this.#nodes;
  }
}

function isSame(one: Node, other: Node | undefined): boolean {
  if (typeof one === 'string' || typeof other !== 'object') return one === other;
  const names = Object.keys(one.attributes);
  return (
    one.tag === other.tag &&
    names.length === Object.keys(other.attributes).length &&
    names.every((name) => one.attributes[name] === other.attributes[name]) &&
    one.children.length === other.children.length &&
    one.children.every((child, index) => isSame(child, other.children[index]))
  );
}

/** Of its time, what a page gives to drawing. The rest is the reader's. */
const SHARE = 1 / 4;

/**
 * Draws in the next frame after it was asked to, once for all that asked; after a drawing that took
 * long, later.
 */
export function unhurried(draw: () => void): { ask(): void; cancel(): void } {
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let free = 0;
  const next = (): void => {
    timer = undefined;
    frame = requestAnimationFrame((began) => {
      frame = 0;
      draw();
      // By then it is laid out and painted.
      setTimeout(() => {
        const now = performance.now();
        free = now + (now - began) * (1 / SHARE - 1);
      });
    });
  };
  return {
    ask() {
      if (frame !== 0 || timer !== undefined) return;
      const rest = free - performance.now();
      if (rest > 0) timer = setTimeout(next, rest);
      else next();
    },
    cancel() {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      frame = 0;
      timer = undefined;
    },
  };
}
