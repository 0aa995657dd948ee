/** The elements of a page with their places in its text, so that pieces can be cut out as they stand. */
import { Parser } from 'htmlparser2';

export interface Piece {
  name: string;
  attributes: Record<string, string>;
  /** Where its opening tag begins, and the place behind that tag. */
  start: number;
  inner: number;
  /** Where its closing tag begins, and the place behind that tag. */
  innerEnd: number;
  end: number;
}

/** In the order of their opening tags. */
export function elementsOf(html: string): Piece[] {
  const found: Piece[] = [];
  const open: Piece[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      const inner = parser.endIndex + 1;
      const piece = {
        name,
        attributes,
        start: parser.startIndex,
        inner,
        innerEnd: inner,
        end: inner,
      };
      found.push(piece);
      open.push(piece);
    },
    onclosetag(_name, implied) {
      const piece = open.pop()!;
      if (implied) return;
      piece.innerEnd = parser.startIndex;
      piece.end = parser.endIndex + 1;
    },
  });
  parser.end(html);
  return found;
}

export const hasClass = ({ attributes }: Piece, name: string): boolean =>
  (attributes['class'] ?? '').split(/\s+/).includes(name);

/** Whether the one stands inside the other. */
export const isInside = (piece: Piece, other: Piece): boolean =>
  other.start < piece.start && piece.end <= other.end;
