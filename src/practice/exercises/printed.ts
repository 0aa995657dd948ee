/**
 * What mongosh prints, read back: the items of a list and the fields of a document. The order of
 * fields and the breaks of lines are the printer's, and two right answers may differ in them.
 */

/** One printed item. */
export interface Printed {
  /** The same for equal values. */
  text: string;
  /** The names of a document's fields; nothing for a value. */
  fields: string[] | undefined;
}

/** @returns the items of a printed list, or the one thing that was printed. */
export function readPrinted(text: string): Printed[] {
  const source = text.trim();
  if (!source.startsWith('['))
    return [
      source.startsWith('{') ? new Reader(source).value() : { text: source, fields: undefined },
    ];
  return new Reader(source).list();
}

/** MongoDB nests 100 deep. What goes on is taken as it stands. */
const DEEPEST = 200;

class Reader {
  readonly #source: string;
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  list(): Printed[] {
    const items: Printed[] = [];
    this.#at += 1;
    for (this.#space(); !this.#ends(']'); this.#separator()) {
      const start = this.#at;
      items.push(this.value());
      this.#advance(start);
    }
    return items;
  }

  value(): Printed {
    if (this.#depth === DEEPEST) return { text: this.#rest(), fields: undefined };
    this.#depth += 1;
    const value = this.#nested();
    this.#depth -= 1;
    return value;
  }

  #nested(): Printed {
    this.#space();
    const first = this.#source[this.#at];
    if (first === '[') {
      const items = this.list().map(({ text }) => text);
      return { text: `[${items.join(', ')}]`, fields: undefined };
    }
    if (first === '{') return this.#document();
    return { text: this.#plain(), fields: undefined };
  }

  #document(): Printed {
    const fields: [string, string][] = [];
    this.#at += 1;
    for (this.#space(); !this.#ends('}'); this.#separator()) {
      const name = this.#plain(':').replace(/^(['"])(.*)\1$/s, '$2');
      this.#at += 1;
      fields.push([name, this.value().text]);
    }
    const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      text: `{ ${sorted.map(([name, value]) => `${name}: ${value}`).join(', ')} }`,
      fields: fields.map(([name]) => name),
    };
  }

  /** A number, a quoted text, a call such as `ISODate('…')`: all up to what ends it here. */
  #plain(stop = ''): string {
    const start = this.#at;
    let depth = 0;
    while (this.#at < this.#source.length) {
      const char = this.#source[this.#at]!;
      if (depth === 0 && (',]}'.includes(char) || char === stop)) break;
      if (`'"\``.includes(char)) this.#quoted(char);
      else if (char === '(') depth += 1;
      else if (char === ')') depth -= 1;
      this.#at += 1;
    }
    return this.#source.slice(start, this.#at).trim();
  }

  /** From the opening quote to the closing one. */
  #quoted(quote: string): void {
    for (this.#at += 1; this.#at < this.#source.length; this.#at += 1) {
      const char = this.#source[this.#at];
      if (char === '\\') this.#at += 1;
      else if (char === quote) return;
    }
  }

  #rest(): string {
    const start = this.#at;
    this.#at = this.#source.length;
    return this.#source.slice(start).trim();
  }

  /** A program may print anything: what is no item is stepped over, so that reading ends. */
  #advance(start: number): void {
    if (this.#at === start) this.#at += 1;
  }

  #space(): void {
    while (/\s/.test(this.#source[this.#at] ?? '')) this.#at += 1;
  }

  #separator(): void {
    this.#space();
    if (this.#source[this.#at] === ',') this.#at += 1;
    this.#space();
  }

  /** Steps over the bracket, if it is there; a text that was cut off ends everything. */
  #ends(bracket: string): boolean {
    if (this.#at >= this.#source.length) return true;
    if (this.#source[this.#at] !== bracket) return false;
    this.#at += 1;
    return true;
  }
}
