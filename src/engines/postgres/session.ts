/** PostgreSQL itself, spoken to in its wire protocol. */
import { protocol, type messages } from '@electric-sql/pglite';
import type { Assets } from '../engine.ts';
import type { Image } from './image.ts';
import { Rest } from './rest.ts';
import { Server, type SavedServer } from './server.ts';
import { MessageStream, type MessageHandler } from './wire.ts';

/** PostgreSQL has not answered to the end: it is not to be used any more. */
export class SessionLost extends Error {}

/** What a session was. One of these is called, once. */
export interface Kept {
  forget(): void;
  /** @throws SessionLost if the session is gone. */
  goBack(): void;
}

/** One server with its one connection. */
export class Session {
  /** For the build, which freezes it. */
  readonly pg: Server;
  private readonly rest: Rest;
  private status = 'I';

  private constructor(pg: Server, rest: Rest) {
    this.pg = pg;
    this.rest = rest;
  }

  /**
   * Starts the server in the state of the snapshot, or in the image's.
   *
   * @param rest what PostgreSQL lacks, if the assets have its first half.
   */
  static async start(
    assets: Assets,
    image: Image | null = null,
    rest = new Rest(assets),
  ): Promise<Session> {
    return new Session(await Server.start(assets, image, rest), rest);
  }

  /** Whether there is a rest of PostgreSQL that is not here. */
  get lacksRest(): boolean {
    return this.pg.isHalf && !this.rest.isHere;
  }

  /** So that a script that needs a library does not cost a new start. See {@link Server.loadLibraries}. */
  async loadLibraries(): Promise<void> {
    await this.pg.loadLibraries((name) => this.query(`LOAD '${name}'`));
  }

  /** @param like an earlier state, which has much in common with this one. */
  save(like?: SavedServer): SavedServer {
    if (this.inTransaction) throw new Error('only a session that rests can be saved');
    return this.pg.save(like);
  }

  /** Goes back to an earlier state. @returns whether that can be; if not, the session is to be closed. */
  restore(saved: SavedServer): boolean {
    const restored = this.pg.restore(saved);
    if (restored) this.status = 'I';
    return restored;
  }

  /**
   * Keeps all that the session is, open transactions included, for a script that may be given up in its middle. It does nothing
   * then that it could not be taken back from.
   *
   * @param refuse called where it would. It throws.
   * @param like an earlier state, which has much in common with this one.
   * @returns what goes back to it, or forgets it; `null` if the session has done such a thing already.
   */
  keep(refuse: () => never, like?: SavedServer): Kept | null {
    if (!this.pg.canGoBack) return null;
    const { status } = this;
    const now = this.pg.save(like);
    this.pg.beforeChange(refuse);
    return {
      forget: () => this.pg.beforeChange(null),
      goBack: () => {
        this.pg.beforeChange(null);
        if (!this.pg.restore(now, true)) throw new SessionLost('PostgreSQL broke off');
        this.status = status;
      },
    };
  }

  /**
   * Does something in an earlier state, and comes back to this one, open transactions included.
   *
   * @returns what it made, or nothing if the server cannot go back.
   */
  async inEarlier<T>(saved: SavedServer, work: () => Promise<T>): Promise<T | undefined> {
    const { status } = this;
    const now = this.pg.save(saved);
    if (!this.restore(saved)) return undefined;
    try {
      return await work();
    } finally {
      if (!this.pg.restore(now)) throw new SessionLost('PostgreSQL broke off');
      this.status = status;
    }
  }

  /** Whether a transaction block has failed: nothing is answered until it ends. */
  get hasFailed(): boolean {
    return this.status === 'E';
  }

  /** Whether a transaction block is open, failed or not. */
  get inTransaction(): boolean {
    return this.status !== 'I';
  }

  /**
   * Sends one simple query and hands on what comes back.
   *
   * @param copyData what follows a `COPY … FROM STDIN`.
   * @throws SessionLost if the server did not get ready again; RestNeeded if that is why. Whatever the handler throws.
   */
  async send(sql: string, handler: MessageHandler, copyData?: string): Promise<void> {
    await this.exchange(requestFor(sql, copyData), handler);
  }

  /**
   * Asks for the columns that a statement would return, without running it.
   *
   * @throws SessionLost as {@link send}.
   */
  async describe(sql: string, handler: MessageHandler): Promise<void> {
    const { parse, describe, sync } = protocol.serialize;
    await this.exchange(joined([parse({ text: sql }), describe({ type: 'S' }), sync()]), handler);
  }

  private async exchange(request: Uint8Array, handler: MessageHandler): Promise<void> {
    let ready = false as boolean;
    let thrown = null as { error: unknown } | null;
    // An exception would run through PostgreSQL's own frames and leave them in pieces.
    const guarded = (call: () => void): void => {
      if (thrown) return;
      try {
        call();
      } catch (error) {
        thrown = { error };
      }
    };
    const stream = new MessageStream({
      row: (read, message) => guarded(() => handler.row(read, message)),
      message: (message) => {
        if (message.name === 'readyForQuery') {
          ready = true;
          this.status = (message as messages.ReadyForQueryMessage).status;
        }
        guarded(() => handler.message(message));
      },
    });
    await this.pg.execProtocolRawStream(request, {
      syncToFs: false,
      onRawData: (bytes) => stream.feed(bytes),
    });
    if (thrown) throw thrown.error;
    if (!ready) throw new SessionLost('PostgreSQL broke off');
  }

  /**
   * Runs SQL of our own.
   *
   * @returns the rows of all its statements as text.
   * @throws DatabaseError as PostgreSQL raised it.
   */
  async query(sql: string): Promise<(string | null)[][]> {
    const rows: (string | null)[][] = [];
    let error = null as messages.DatabaseError | null;
    await this.send(sql, {
      row: (read) => rows.push(read()),
      message: (message) => {
        if (message.name === 'error') error = message as messages.DatabaseError;
      },
    });
    if (error) throw error;
    return rows;
  }

  async close(): Promise<void> {
    await this.pg.close();
  }
}

function requestFor(sql: string, copyData: string | undefined): Uint8Array {
  const query = protocol.serialize.query(sql);
  if (copyData === undefined) return query;
  const data = new TextEncoder().encode(copyData);
  const parts = [
    query,
    ...(data.length > 0 ? [protocol.serialize.copyData(data.buffer)] : []),
    protocol.serialize.copyDone(),
  ];
  return joined(parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const request = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    request.set(part, at);
    at += part.length;
  }
  return request;
}
