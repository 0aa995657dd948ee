import type { Reply } from '../../../src/engines/redis/core/reply.ts';
import { encode } from '../../../src/engines/redis/resp/encode.ts';
import { readReply } from '../../../src/engines/redis/resp/read-reply.ts';

/** A reply as a client would read it from the emulator's TCP server. */
export function wire(reply: Reply, resp: 2 | 3): Reply {
  return readReply(encode(reply, resp))!.reply;
}
