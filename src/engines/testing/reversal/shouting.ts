/** A part of the engine, which comes when a line first begins with `shout`: it prints a word in capitals, reversed. */
import { NoWord, reversed } from './words.ts';

/** @throws NoWord for what has no capitals. */
export function shout(text: string): string {
  const loud = text.toUpperCase();
  if (loud === text) throw new NoWord(`${text} cannot be shouted`);
  return reversed(loud);
}
