/** A command that was sent: what it says, who sent it, and the way to the data. */
import { Database } from '../api/database.ts';
import { fail } from '../errors.ts';
import type { Clock, Target } from '../operations/environment.ts';
import type { Access, Catalog } from '../storage/catalog.ts';
import type { ExpiryMonitor } from '../storage/expiry-monitor.ts';
import { type Doc, typeOf } from '../values/types.ts';
import { Arguments, type Fields } from './arguments.ts';
import type { Cursors } from './cursors.ts';
import type { Session, Sessions } from './sessions.ts';

/** What all connections share. */
export interface Service {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly expiry: ExpiryMonitor;
  readonly cursors: Cursors;
  readonly sessions: Sessions;
  /** `127.0.0.1:27018`. */
  readonly address: string;
  /** When it began, of a clock that only goes on, in milliseconds. */
  readonly began: number;
  /** How many connections there are. */
  connections(): number;
}

export class Call {
  readonly service: Service;
  /** The command's name, as the table of commands has it. */
  readonly name: string;
  readonly command: Doc;
  readonly args: Arguments;
  readonly database: string;
  /** The number of the client's connection. */
  readonly connection: number;
  /** The session that it is a part of, if it is of one. */
  readonly session: Session | null;
  /** Within a transaction, the way to its own data. */
  readonly access: Access;

  constructor(
    service: Service,
    given: Pick<Call, 'name' | 'command' | 'database' | 'connection' | 'session' | 'access'>,
  ) {
    this.service = service;
    this.name = given.name;
    this.command = given.command;
    this.args = new Arguments(given.name, given.command);
    this.database = given.database;
    this.connection = given.connection;
    this.session = given.session;
    this.access = given.access;
  }

  /** The collection that the command names. @throws MongoServerError BadValue, InvalidNamespace. */
  get collection(): string {
    // The name may have been written another way: `findandmodify`.
    const value = Object.values(this.command)[0];
    if (typeof value !== 'string')
      return fail(2, `collection name has invalid type ${typeOf(value)}`);
    if (value === '' || value.includes('\0'))
      return fail(73, `Invalid namespace specified '${this.database}.${value}'`);
    return value;
  }

  get target(): Target {
    return this.targetOf(this.collection);
  }

  targetOf(name: string): Target {
    const { access, database } = this;
    return { access, clock: this.service.clock, database, name };
  }

  /** The database, for what changes its collections. */
  get db(): Database {
    const { catalog, clock, expiry } = this.service;
    return new Database({ catalog, clock, expiry, session: null }, this.database);
  }
}

/** An answer without its `ok`: plain objects, with stored documents and values in them. */
export type Answer = Record<string, unknown>;

export interface Command extends Fields {
  run: (call: Call) => Answer;
  /** Whether it can be a part of a transaction. */
  inTransaction?: true;
  /** Whether it is sent to `admin` only. */
  admin?: true;
  /** Whether it changes data: then it can be repeated by its number, and has a write concern. */
  writes?: true;
  /** Whether it makes the store larger, so that there has to be room. */
  grows?: true;
}
