/**
 * Keeps what the memory of a WebAssembly instance holds at one moment, and brings it back later. All
 * that compiled C knows, its memory holds: whatever a script did to it is undone by this, known or not.
 */

/** In bytes. Smaller ones would share more, larger ones are looked at in fewer steps. */
const PAGE = 4096;
/** A word has four bytes. */
const WORDS = PAGE / 4;

/** The content of a memory at one moment. Pages of zeros take no room. */
export class SavedMemory {
  private readonly memory: WebAssembly.Memory;
  private readonly size: number;
  private readonly used: number;
  private readonly pages: (Int32Array | undefined)[] = [];

  /**
   * @param used in bytes: nothing has been written from there on.
   * @param like an earlier one of the same memory: pages that are the same are kept once.
   */
  constructor(memory: WebAssembly.Memory, used = memory.buffer.byteLength, like?: SavedMemory) {
    this.memory = memory;
    this.size = memory.buffer.byteLength;
    this.used = used;
    const words = new Int32Array(memory.buffer);
    for (let start = 0; start * 4 < used; start += WORDS) {
      const known = like?.pages[start / WORDS];
      if (known && isSame(words, start, known)) this.pages.push(known);
      else if (isEmpty(words, start)) this.pages.push(undefined);
      else this.pages.push(words.slice(start, start + WORDS));
    }
  }

  /** Whether {@link restore} can bring the memory back: one that has grown cannot be made smaller. */
  get fits(): boolean {
    return this.memory.buffer.byteLength === this.size;
  }

  /**
   * What the memory has grown by is emptied.
   *
   * @param used in bytes: nothing has been written from there on, by whomever, since the saving.
   */
  restore(used = this.memory.buffer.byteLength): void {
    const words = new Int32Array(this.memory.buffer);
    for (let start = 0; start * 4 < Math.max(used, this.used); start += WORDS) {
      const page = this.pages[start / WORDS];
      if (page) words.set(page, start);
      // A page of zeros that is not written to costs the machine nothing.
      else if (!isEmpty(words, start)) words.fill(0, start, start + WORDS);
    }
  }
}

function isEmpty(words: Int32Array, start: number): boolean {
  for (let at = start; at < start + WORDS; at += 4)
    if ((words[at]! | words[at + 1]! | words[at + 2]! | words[at + 3]!) !== 0) return false;
  return true;
}

function isSame(words: Int32Array, start: number, page: Int32Array): boolean {
  for (let at = 0; at < WORDS; at++) if (words[start + at] !== page[at]) return false;
  return true;
}
