/** What a reader wrote on a case, kept in this browser. */
import { Kept } from '../../foundation/kept/kept.ts';

export interface Written {
  /** By the name of the part. */
  texts: Readonly<Record<string, string>>;
  /** Names of what the reader found in their record. */
  met: readonly string[];
}

/** The most characters of a part. A record is short; a book is none. */
export const LONGEST = 20_000;
const MOST_PARTS = 50;

const written = new Kept('case', 1, writtenFrom);

/** By the name of the case. */
export const writtenOn = (name: string): Written => written.get(name) ?? { texts: {}, met: [] };

/** @returns whether it will survive a reload. */
export const saveWritten = (name: string, now: Written): boolean => written.set(name, now);

/** @param tell gets the name of the case that another tab wrote on; nothing if that may be any. */
export const whenWritten = (tell: (name?: string) => void): void => written.whenChanged(tell);

/** @returns nothing if what anybody may have put there is not what a reader wrote. */
function writtenFrom(data: unknown): Written | undefined {
  const { texts, met } = data as Written;
  const parts = Object.entries(texts);
  const fits =
    parts.length <= MOST_PARTS &&
    parts.every(([, text]) => typeof text === 'string' && text.length <= LONGEST) &&
    Array.isArray(met) &&
    met.length <= MOST_PARTS &&
    met.every((one) => typeof one === 'string');
  return fits ? { texts: Object.fromEntries(parts), met } : undefined;
}
