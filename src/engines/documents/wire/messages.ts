/**
 * Messages of the wire protocol, taken apart and put together. (MongoDB manual, "MongoDB Wire Protocol"; the driver
 * specifications' `OP_MSG`.) Everything in them is little-endian.
 */
import { MongoServerError } from '../errors.ts';
import type { Doc } from '../values/types.ts';
import { crc32c } from './crc32c.ts';
import { readDocument, writeDocument } from './documents.ts';

/** In bytes, the header included: `maxMessageSizeBytes`. */
export const MAX_MESSAGE_BYTES = 48_000_000;

/** Length, request, response to, opcode: four numbers of 32 bits. */
export const HEADER_BYTES = 16;

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

/** Bits of OP_MSG's flags. */
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 1 << 1;
const EXHAUST_ALLOWED = 1 << 16;
/** A receiver has to know those of the lower half that are set; the upper half it may ignore. */
const REQUIRED_FLAGS = 0xffff;

/** The command is in the answer to an OP_QUERY, and awaited `hello`s are understood. */
const AWAIT_CAPABLE = 8;

/** What is no message of this protocol: where the next one begins is not known, so the connection ends. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** A command that a client sent. */
export interface Request {
  id: number;
  /** OP_QUERY is how a client that does not know the server yet says `hello`. */
  kind: 'msg' | 'query';
  /** OP_QUERY's namespace: `admin.$cmd`. */
  namespace: string;
  /** Whether the client waits for an answer. It does not for `w: 0`. */
  answered: boolean;
  /** Whether one request may have many answers. */
  exhaust: boolean;
  checksum: boolean;
  /** Read when it is asked for. @throws MongoServerError InvalidBSON, … */
  command: () => Doc;
}

/** How an answer is sent. */
export interface Envelope {
  id: number;
  to: Pick<Request, 'id' | 'kind' | 'checksum'>;
  /** Whether another answer to the same request follows. */
  more?: boolean;
}

/** @param frame one message, header included. @throws ProtocolError */
export function readRequest(frame: Buffer): Request {
  const id = frame.readInt32LE(4);
  const opcode = frame.readInt32LE(12);
  if (opcode === OP_MSG) return readMsg(frame, id);
  if (opcode === OP_QUERY) return readQuery(frame, id);
  throw new ProtocolError(
    `opcode ${opcode} is not spoken here: OP_MSG is, and OP_QUERY for a first hello; nothing is compressed`,
  );
}

function readMsg(frame: Buffer, id: number): Request {
  if (frame.length < HEADER_BYTES + 4) throw new ProtocolError('OP_MSG without flags');
  const flags = frame.readUInt32LE(HEADER_BYTES);
  const unknown = flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME);
  if (unknown !== 0)
    throw new ProtocolError(`OP_MSG with flags that it does not have: 0x${flags.toString(16)}`);
  const checksum = (flags & CHECKSUM_PRESENT) !== 0;
  let end = frame.length;
  if (checksum) {
    end -= 4;
    if (end < HEADER_BYTES + 4) throw new ProtocolError('OP_MSG too short for its checksum');
    if (frame.readUInt32LE(end) !== crc32c(frame.subarray(0, end)))
      throw new ProtocolError('OP_MSG whose checksum is that of another message');
  }
  const sections = frame.subarray(HEADER_BYTES + 4, end);
  return {
    id,
    kind: 'msg',
    namespace: '',
    answered: (flags & MORE_TO_COME) === 0,
    exhaust: (flags & EXHAUST_ALLOWED) !== 0,
    checksum,
    command: () => readSections(sections),
  };
}

/** One body, and the lists of documents that were taken out of it. */
function readSections(bytes: Buffer): Doc {
  let body: Doc | null = null;
  const sequences: [name: string, docs: Doc[]][] = [];
  let at = 0;
  while (at < bytes.length) {
    const kind = bytes[at]!;
    at += 1;
    if (kind === 0) {
      if (body) throw new MongoServerError(40430, 'Multiple body sections in message');
      const size = sizeAt(bytes, at, bytes.length);
      body = readDocument(bytes.subarray(at, at + size));
      at += size;
    } else if (kind === 1) {
      const end = at + sizeAt(bytes, at, bytes.length);
      const zero = bytes.indexOf(0, at + 4);
      if (zero < 0 || zero >= end) invalid('a document sequence without a name');
      const name = bytes.toString('utf8', at + 4, zero);
      if (sequences.some(([other]) => other === name))
        throw new MongoServerError(40431, `Duplicate document sequence: ${name}`);
      const docs: Doc[] = [];
      for (let next = zero + 1; next < end;) {
        const size = sizeAt(bytes, next, end);
        docs.push(readDocument(bytes.subarray(next, next + size)));
        next += size;
      }
      sequences.push([name, docs]);
      at = end;
    } else {
      throw new MongoServerError(40432, `Unknown section kind ${kind}`);
    }
  }
  if (!body) throw new MongoServerError(40587, 'OP_MSG messages must have a body');
  for (const [name, docs] of sequences) {
    if (body[name] !== undefined)
      throw new MongoServerError(
        40433,
        `Duplicate field between body and document sequence ${name}`,
      );
    body[name] = docs;
  }
  return body;
}

/** The length that stands there, if so much is there. */
function sizeAt(bytes: Buffer, at: number, end: number): number {
  if (at + 5 > end) invalid('a section ends too early');
  const size = bytes.readInt32LE(at);
  if (size < 5 || at + size > end) invalid(`a section says that it has ${size} bytes`);
  return size;
}

function invalid(what: string): never {
  throw new MongoServerError(22, `Invalid message: ${what}`);
}

function readQuery(frame: Buffer, id: number): Request {
  const zero = frame.indexOf(0, HEADER_BYTES + 4);
  if (frame.length < HEADER_BYTES + 4 || zero < 0 || zero + 9 > frame.length)
    throw new ProtocolError('OP_QUERY that ends too early');
  const body = frame.subarray(zero + 9);
  return {
    id,
    kind: 'query',
    namespace: frame.toString('utf8', HEADER_BYTES + 4, zero),
    answered: true,
    exhaust: false,
    checksum: false,
    command: () => readDocument(body.subarray(0, sizeAt(body, 0, body.length))),
  };
}

/** @throws MongoServerError BSONObjectTooLarge, if the answer is more than a document can be. */
export function writeReply(reply: object, { id, to, more = false }: Envelope): Buffer {
  const document = writeDocument(reply);
  if (to.kind === 'query') {
    const message = header(HEADER_BYTES + 20 + document.length, id, to.id, OP_REPLY);
    message.writeInt32LE(AWAIT_CAPABLE, HEADER_BYTES);
    message.writeInt32LE(1, HEADER_BYTES + 16);
    message.set(document, HEADER_BYTES + 20);
    return message;
  }
  const size = HEADER_BYTES + 5 + document.length;
  const message = header(size + (to.checksum ? 4 : 0), id, to.id, OP_MSG);
  message.writeUInt32LE(
    (to.checksum ? CHECKSUM_PRESENT : 0) | (more ? MORE_TO_COME : 0),
    HEADER_BYTES,
  );
  message.set(document, HEADER_BYTES + 5);
  if (to.checksum) message.writeUInt32LE(crc32c(message.subarray(0, size)), size);
  return message;
}

function header(size: number, id: number, to: number, opcode: number): Buffer {
  const message = Buffer.alloc(size);
  message.writeInt32LE(size, 0);
  message.writeInt32LE(id, 4);
  message.writeInt32LE(to, 8);
  message.writeInt32LE(opcode, 12);
  return message;
}
