/** Follows what PostgreSQL answers to one statement, and turns it into outputs. */
import type { messages } from '@electric-sql/pglite';
import type { Origin } from '../engine.ts';
import type { LimitedOutput, LimitedTable } from '../limits.ts';
import type { Statement } from '../sql/statements.ts';
import { errorOutput, noticeOutput } from './reports.ts';
import type { Session } from './session.ts';
import type { MessageHandler } from './wire.ts';

export interface Result {
  tag: string;
  /** Of a statement that returns rows. */
  returned: { fields: readonly messages.Field[]; table: LimitedTable } | null;
}

/** One statement, from its text to what came back. Notices go out as they come. */
export class Execution implements MessageHandler {
  readonly results: Result[] = [];
  error: messages.DatabaseError | null = null;
  /** Whether PostgreSQL asked for the data that a COPY reads. */
  readData = false;
  private readonly origin: Origin;
  private readonly statement: Statement;
  private readonly written: (offset: number) => number;
  private readonly script: string;
  private readonly output: LimitedOutput;
  private returned: Result['returned'] = null;
  private copied = '';
  private readonly notifications: string[] = [];

  /**
   * @param statement as it is sent.
   * @param written the offset in the statement as it stands in the script, of one in its text.
   */
  constructor(
    statement: Statement,
    written: (offset: number) => number,
    script: string,
    origin: Origin,
    output: LimitedOutput,
  ) {
    this.statement = statement;
    this.written = written;
    this.script = script;
    this.origin = origin;
    this.output = output;
  }

  async run(session: Session): Promise<void> {
    await session.send(this.statement.text, this, this.statement.copyData);
    this.sendCopied();
  }

  /** Asks what columns it would have, and does not run it. */
  async describe(session: Session): Promise<readonly messages.Field[]> {
    await session.describe(this.statement.text, this);
    return this.returned?.fields ?? [];
  }

  row(read: () => (string | null)[]): void {
    this.returned?.table.add(read);
  }

  message(message: messages.BackendMessage): void {
    const { origin, output } = this;
    switch (message.name) {
      case 'rowDescription': {
        const { fields } = message as messages.RowDescriptionMessage;
        this.returned = { fields, table: output.table(origin, []) };
        break;
      }
      case 'commandComplete': {
        const { text } = message as messages.CommandCompleteMessage;
        this.results.push({ tag: text, returned: this.returned });
        this.returned = null;
        break;
      }
      case 'notice':
        output.send(noticeOutput(message as messages.NoticeMessage, origin));
        break;
      case 'notification': {
        const { channel, payload } = message as messages.NotificationResponseMessage;
        this.notifications.push(
          `Notification on "${channel}"${payload && ` with payload "${payload}"`}`,
        );
        break;
      }
      case 'copyInResponse':
        this.readData = true;
        break;
      case 'copyData':
        if (output.hasRoom() && this.copied.length < output.characterLimit) {
          this.copied += new TextDecoder().decode((message as messages.CopyDataMessage).chunk);
        }
        break;
      case 'error':
        this.error ??= message as messages.DatabaseError;
        break;
      // The others tell of the conversation, not of the statement.
      default:
    }
  }

  /** To be called behind the results. @returns whether the statement failed. */
  sendError({ withoutPosition = false } = {}): boolean {
    for (const text of this.notifications)
      this.output.send({ kind: 'text', origin: this.origin, text });
    if (!this.error) return false;
    const { position, ...error } = errorOutput(
      this.error,
      this.origin,
      this.statement,
      this.script,
      this.written,
    );
    this.output.send(position === undefined || withoutPosition ? error : { ...error, position });
    return true;
  }

  private sendCopied(): void {
    if (!this.copied) return;
    this.output.send({ kind: 'text', origin: this.origin, text: this.copied.replace(/\n$/, '') });
  }
}
