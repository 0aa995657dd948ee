import type { messages } from '@electric-sql/pglite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageStream } from './wire.ts';

/** What PostgreSQL would send: type, length, body (https://www.postgresql.org/docs/18/protocol-message-formats.html). */
function message(type: string, ...body: Uint8Array[]): Uint8Array {
  const length = body.reduce((sum, part) => sum + part.length, 4);
  return bytes(new TextEncoder().encode(type), int32(length), ...body);
}

function dataRow(values: (string | null)[]): Uint8Array {
  const fields = values.map((value) => {
    if (value === null) return int32(-1);
    const text = new TextEncoder().encode(value);
    return bytes(int32(text.length), text);
  });
  return message('D', int16(values.length), ...fields);
}

const commandComplete = (tag: string) => message('C', new TextEncoder().encode(`${tag}\0`));
const readyForQuery = () => message('Z', new TextEncoder().encode('I'));

function int32(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setInt32(0, value);
  return new Uint8Array(view.buffer);
}

function int16(value: number): Uint8Array {
  return int32(value).subarray(2);
}

function bytes(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

/** Everything that comes out of the stream when the answer comes in pieces of these sizes. */
function received(answer: Uint8Array, pieces: number[]): unknown[] {
  const got: unknown[] = [];
  const stream = new MessageStream({
    row: (read) => got.push(read()),
    message: (it) =>
      got.push(
        it.name === 'commandComplete' ? (it as messages.CommandCompleteMessage).text : it.name,
      ),
  });
  // PostgreSQL's buffer is written over again and again: nothing may be kept of it.
  let at = 0;
  for (const size of [...pieces, answer.length]) {
    const piece = answer.slice(at, at + size);
    stream.feed(piece);
    piece.fill(0xff);
    at += piece.length;
  }
  return got;
}

describe('messages from PostgreSQL', () => {
  const row = fc.array(fc.option(fc.string({ unit: 'grapheme', maxLength: 50 })), { maxLength: 5 });

  it('come out the same, into whatever pieces their bytes were cut', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }),
        (rows, pieces) => {
          const tag = `SELECT ${rows.length}`;
          const answer = bytes(...rows.map(dataRow), commandComplete(tag), readyForQuery());
          expect(received(answer, pieces)).toEqual([...rows, tag, 'readyForQuery']);
        },
      ),
    );
  });

  it('come out byte by byte as well', () => {
    const answer = bytes(dataRow(['größe', null, '']), readyForQuery());
    const ones = Array.from(answer, () => 1);
    expect(received(answer, ones)).toEqual([['größe', null, ''], 'readyForQuery']);
  });

  it('are not read if they are rows nobody asks for', () => {
    let rows = 0;
    const stream = new MessageStream({
      row: () => {
        rows += 1;
      },
      message: () => undefined,
    });
    // The length of this field is nonsense: whoever reads it fails.
    stream.feed(bytes(message('D', int16(1), int32(1000)), dataRow(['b'])));
    expect(rows).toBe(2);
  });
});
