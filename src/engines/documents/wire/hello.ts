/** What the server says of itself: a replica set of one node, so that drivers accept sessions and transactions. */
import { MAX_DOCUMENT_BYTES } from '../storage/collection-data.ts';
import { Long, ObjectId, Timestamp } from '../values/types.ts';
import type { Answer } from './call.ts';
import { MAX_BATCH } from './commands/write-batch.ts';
import { MAX_MESSAGE_BYTES } from './messages.ts';
import { TIMEOUT_MINUTES } from './sessions.ts';

/** The name of the replica set. */
export const SET_NAME = 'rs0';

/** That of MongoDB 8.0. */
export const MAX_WIRE_VERSION = 25;

/** Of this process. It never changes its mind, so the counter stays. */
export const topologyVersion = { processId: new ObjectId(), counter: Long.ZERO };

const electionId = new ObjectId('7fffffff0000000000000001');

/**
 * @param primary `isWritablePrimary`, or `ismaster` for who asks in the old way.
 * @param address `127.0.0.1:27018`.
 */
export function hello(
  primary: 'isWritablePrimary' | 'ismaster',
  { address, connection, now }: { address: string; connection: number; now: Date },
): Answer {
  const seconds = Math.floor(now.getTime() / 1000);
  const written = { ts: new Timestamp({ t: seconds, i: 1 }), t: Long.ONE };
  return {
    helloOk: true,
    topologyVersion,
    hosts: [address],
    setName: SET_NAME,
    setVersion: 1,
    [primary]: true,
    secondary: false,
    primary: address,
    me: address,
    electionId,
    lastWrite: {
      opTime: written,
      lastWriteDate: new Date(seconds * 1000),
      majorityOpTime: written,
      majorityWriteDate: new Date(seconds * 1000),
    },
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: MAX_BATCH,
    localTime: now,
    logicalSessionTimeoutMinutes: TIMEOUT_MINUTES,
    connectionId: connection,
    minWireVersion: 0,
    maxWireVersion: MAX_WIRE_VERSION,
    readOnly: false,
  };
}
