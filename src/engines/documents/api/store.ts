/**
 * The store: databases in memory that behave like MongoDB's. Synchronous, without a network.
 *
 * ```ts
 * const store = createStore();
 * const products = store.db('shop').collection('products');
 * products.insertOne({ name: 'ThinkPad X1 Carbon', price: 1299.99 });
 * products.find({ price: { $gt: 100 } }).toArray();
 * ```
 */
import { Catalog } from '../storage/catalog.ts';
import { ExpiryMonitor } from '../storage/expiry-monitor.ts';
import type { ChangeStream } from '../changes/stream.ts';
import { brought } from '../parts/brought.ts';
import { type Input, ObjectId } from '../values/types.ts';
import type { Connection } from './collection.ts';
import { Database } from './database.ts';
import type { Session } from './session.ts';

export interface StoreOptions {
  /** The time, for `$$NOW`, `$currentDate` and new ObjectIds. Default: the machine's. */
  now?: () => Date;
  /** Makes the `_id` of documents that have none. Default: `new ObjectId()`. */
  newId?: () => ObjectId;
}

export class Store {
  private readonly connection: Connection;

  constructor(options: StoreOptions = {}) {
    const now = options.now ?? (() => new Date());
    const newId = options.newId ?? (() => new ObjectId());
    const catalog = new Catalog();
    const expiry = new ExpiryMonitor(catalog, now);
    this.connection = { catalog, clock: { now, newId }, session: null, expiry };
  }

  /** A database; it exists once it has a collection. */
  db(name: string): Database {
    return new Database(this.connection, name);
  }

  /** A database all of whose operations belong to a session. */
  dbIn(session: Session, name: string): Database {
    return new Database({ ...this.connection, session }, name);
  }

  /** Databases that hold a collection, with the size of their documents as BSON, in bytes. */
  listDatabases(): { name: string; sizeOnDisk: number; empty: boolean }[] {
    return this.connection.catalog.databaseNames().map((name) => {
      const sizeOnDisk = this.db(name).stats().dataSize as number;
      return { name, sizeOnDisk, empty: sizeOnDisk === 0 };
    });
  }

  /** @returns a stream of what changes in any database from here on. */
  watch(pipeline?: unknown, options?: Input): ChangeStream {
    return brought('watch', 'watch')(this.connection, {}, pipeline, options);
  }

  startSession(): Session {
    return brought('startSession', 'startSession')(this.connection.catalog);
  }
}

/** A new, empty store. */
export function createStore(options: StoreOptions = {}): Store {
  return new Store(options);
}

/**
 * ObjectIds that come out the same in every run: they count up, from a fixed machine and a given time.
 *
 * @param now the time their first four bytes tell.
 */
export function countingIds(now: () => Date): () => ObjectId {
  let counter = 0;
  return () => {
    counter += 1;
    const seconds = Math.floor(now().getTime() / 1000);
    return new ObjectId(
      `${seconds.toString(16).padStart(8, '0')}a1b2c3d4e5${counter.toString(16).padStart(6, '0')}`,
    );
  };
}
