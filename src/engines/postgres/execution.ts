/** Follows what PostgreSQL answers to one statement, and turns it into outputs. */
import type { messages } from '@electric-sql/pglite';
import type { Origin } from '../engine.ts';
import type { LimitedOutput, LimitedTable } from '../limits.ts';
import type { Statement } from '../sql/statements.ts';
import { errorOutput, noticeOutput } from './reports.ts';
import type { Session } from './session.ts';
import type { TypeNames } from './types.ts';
import type { MessageHandler } from './wire.ts';

interface Result {
  tag: string;
  /** Of a statement that returns rows. */
  returned: { fields: readonly messages.Field[]; table: LimitedTable } | null;
}

/** The handler of one statement's messages. Notices go out as they come, results by {@link send}. */
export class Execution implements MessageHandler {
  private readonly origin: Origin;
  private readonly statement: Statement;
  private readonly script: string;
  private readonly output: LimitedOutput;
  private readonly results: Result[] = [];
  private returned: Result['returned'] = null;
  private error: messages.DatabaseError | null = null;
  private copied = '';

  constructor(statement: Statement, script: string, origin: Origin, output: LimitedOutput) {
    this.statement = statement;
    this.script = script;
    this.origin = origin;
    this.output = output;
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
        const text = `Notification on "${channel}"${payload && ` with payload "${payload}"`}`;
        output.send({ kind: 'text', origin, text });
        break;
      }
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

  /**
   * To be called when the statement has ended: sends its results, or its error, in whose place
   * PostgreSQL's shell prints no rows either.
   *
   * @returns whether the statement succeeded.
   */
  async send(types: TypeNames, session: Session): Promise<boolean> {
    const { origin, output } = this;
    if (this.copied) output.send({ kind: 'text', origin, text: this.copied.replace(/\n$/, '') });
    for (const { tag, returned } of this.results) {
      if (!returned) output.send({ kind: 'command', origin, tag });
      else if (tag === 'EXPLAIN') returned.table.sendPlan();
      else returned.table.send(tag, await types.columns(returned.fields, session));
    }
    if (this.error) output.send(errorOutput(this.error, origin, this.statement, this.script));
    return this.error === null;
  }
}
