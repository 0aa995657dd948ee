/**
 * What is known of a drawing while it is being flattened: how far it reaches, how small its text gets,
 * and which ids are still referred to.
 */

export const NAMESPACE = 'http://www.w3.org/2000/svg';

/** A tenth of a unit is less than anybody sees. */
export const round = (value: number): string => String(Math.round(value * 10) / 10);

/** Whether a computed paint leaves no trace. */
export const isNothing = (paint: string): boolean =>
  paint === 'none' || paint === 'rgba(0, 0, 0, 0)';

/** Whether a matrix only moves. */
export const isMove = (m: DOMMatrix): boolean => m.a === 1 && m.b === 0 && m.c === 0 && m.d === 1;

/** Leaves out the transform that does nothing. */
export function setTransform(target: Element, m: DOMMatrix): void {
  if (isMove(m) && m.e === 0 && m.f === 0) return;
  if (isMove(m)) return target.setAttribute('transform', `translate(${round(m.e)} ${round(m.f)})`);
  const numbers = [m.a, m.b, m.c, m.d, m.e, m.f].map((n) => Math.round(n * 1000) / 1000);
  target.setAttribute('transform', `matrix(${numbers.join(' ')})`);
}

export class Drawing {
  /** What Mermaid lets be seen of it; some lines run on far beyond. */
  readonly clip: DOMRect;
  /** Ids that are referred to → their new, short names. */
  readonly ids = new Map<string, string>();
  smallestText = 0;

  readonly #svg: SVGSVGElement;
  readonly #prefix: string;
  #left = Infinity;
  #top = Infinity;
  #right = -Infinity;
  #bottom = -Infinity;

  constructor(svg: SVGSVGElement, prefix: string) {
    this.#svg = svg;
    this.#prefix = prefix;
    const { x, y, width, height } = svg.viewBox.baseVal;
    this.clip = new DOMRect(x, y, width, height);
  }

  /** The new name of what `url("#…")` refers to. */
  rename(reference: string): string {
    const id = /#([^"')]+)/.exec(reference)![1]!;
    if (!this.ids.has(id)) this.ids.set(id, `${this.#prefix}-${this.ids.size}`);
    return this.ids.get(id)!;
  }

  /** From the element's own coordinates to the drawing's. */
  placeOf(element: Element): DOMMatrix {
    let matrix = new DOMMatrix();
    for (let at: Element | null = element; at && at !== this.#svg; at = at.parentElement) {
      if (at.tagName === 'marker') break;
      const own = (at as Partial<SVGGraphicsElement>).transform?.baseVal.consolidate()?.matrix;
      if (own) matrix = new DOMMatrix([own.a, own.b, own.c, own.d, own.e, own.f]).multiply(matrix);
    }
    return matrix;
  }

  /** Grows the drawing so that it holds the box, as far as it can be seen. */
  reach(box: SVGRect, place: DOMMatrix): void {
    for (const x of [box.x, box.x + box.width])
      for (const y of [box.y, box.y + box.height]) {
        const point = place.transformPoint(new DOMPoint(x, y));
        this.#left = Math.min(this.#left, Math.max(point.x, this.clip.left));
        this.#right = Math.max(this.#right, Math.min(point.x, this.clip.right));
        this.#top = Math.min(this.#top, Math.max(point.y, this.clip.top));
        this.#bottom = Math.max(this.#bottom, Math.min(point.y, this.clip.bottom));
      }
  }

  viewBox(padding: number): [x: number, y: number, width: number, height: number] {
    const x = Math.floor(this.#left - padding);
    const y = Math.floor(this.#top - padding);
    return [x, y, Math.ceil(this.#right + padding) - x, Math.ceil(this.#bottom + padding) - y];
  }
}
