/** Text with `code` in backticks, as pieces. */

export interface Piece {
  text: string;
  code: boolean;
}

export function piecesOf(text: string): Piece[] {
  return text
    .split('`')
    .map((piece, index) => ({ text: piece, code: index % 2 === 1 }))
    .filter(({ text: piece }) => piece !== '');
}

/** Without the backticks. */
export const plain = (text: string): string => text.replaceAll('`', '');
