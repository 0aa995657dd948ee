/**
 * What the benches use of the packages that only `npm run bench` installs, so that types are checked where they are
 * not installed. The packages have more, and more exact, types of their own.
 */

declare module '@seald-io/nedb' {
  interface Cursor<T> extends PromiseLike<T[]> {
    sort(by: object): Cursor<T>;
    limit(count: number): Cursor<T>;
  }
  export default class Datastore<T> {
    constructor(options: { inMemoryOnly: boolean });
    ensureIndexAsync(options: { fieldName: string }): Promise<void>;
    insertAsync(docs: readonly T[]): Promise<unknown>;
    findAsync(filter: object): Cursor<T>;
    findOneAsync(filter: object): PromiseLike<T | null>;
  }
}

declare module 'mingo' {
  interface Cursor<T> {
    all(): T[];
    sort(by: object): Cursor<T>;
    limit(count: number): Cursor<T>;
  }
  export class Query {
    constructor(filter: object);
    find<T>(docs: readonly T[]): Cursor<T>;
  }
  export class Aggregator {
    constructor(pipeline: readonly object[]);
    run(docs: readonly object[]): object[];
  }
}

declare module 'ioredis-mock' {
  export default class RedisMock {
    incr(key: string): Promise<number>;
    hset(key: string, field: string, value: string): Promise<number>;
    lpush(key: string, item: string): Promise<number>;
    zadd(key: string, score: string, member: string): Promise<unknown>;
    zrange(key: string, from: number, to: number): Promise<string[]>;
    xadd(key: string, id: string, field: string, value: string): Promise<unknown>;
    xrange(key: string, from: string, to: string, ...limit: (string | number)[]): Promise<unknown>;
    eval(script: string, keys: number, ...words: string[]): Promise<unknown>;
    disconnect(): void;
  }
}

declare module 'lighthouse' {
  interface Audit {
    title: string;
    displayValue?: string;
    /** 0 to 1; null where there is nothing to score. */
    score: number | null;
    numericValue?: number;
  }
  interface Category {
    score: number | null;
    auditRefs: { id: string; weight: number }[];
  }
  export default function lighthouse(
    url: string,
    flags: { port: number; logLevel: 'error'; onlyCategories: string[] },
  ): Promise<
    | {
        lhr: {
          categories: Record<string, Category>;
          audits: Record<string, Audit>;
          runtimeError?: { message: string };
        };
      }
    | undefined
  >;
}
