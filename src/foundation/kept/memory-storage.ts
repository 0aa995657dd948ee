/** The storage of a browser, for unit tests: what is kept are its own properties, as in `localStorage`. */
export class MemoryStorage {
  [key: string]: unknown;

  getItem(key: string): string | null {
    return Object.hasOwn(this, key) ? (this[key] as string) : null;
  }
  setItem(key: string, text: string): void {
    Object.defineProperty(this, key, {
      value: text,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  removeItem(key: string): void {
    delete this[key];
  }
}

/** As browsers that let a site keep nothing. */
export const deniedStorage = {
  getItem: refuse,
  setItem: refuse,
  removeItem: refuse,
};

/** Holds what it holds, and nothing more. */
export class FullStorage extends MemoryStorage {
  override setItem(): void {
    throw new DOMException('full', 'QuotaExceededError');
  }
}

function refuse(): never {
  throw new DOMException('denied', 'SecurityError');
}
