/** MULTI, EXEC and WATCH. */
import { boundedReplies } from '../core/cage.ts';
import type { Handler } from '../core/command-table.ts';
import { Several } from '../core/command-table.ts';
import { err, NULL_ARRAY, OK, ReplyError, type Reply } from '../core/reply.ts';

export const transactionCommands: Record<string, Handler> = {
  multi: (_server, client) => {
    if (client.queue) throw err('MULTI calls can not be nested');
    client.queue = [];
    return OK;
  },
  discard: (server, client) => {
    if (!client.queue) throw err('DISCARD without MULTI');
    server.discard(client);
    return OK;
  },
  exec: (server, client) => {
    const { queue } = client;
    if (!queue) throw err('EXEC without MULTI');
    const expired = client.watched.some(({ db, key, expired: before }) => {
      const value = db.dict.get(key);
      return !before && value !== undefined && value.expireAt < server.now;
    });
    if (client.transactionBroken) {
      server.discard(client);
      throw new ReplyError('EXECABORT Transaction discarded because of previous errors.');
    }
    if (client.dirty || expired) {
      server.discard(client);
      return NULL_ARRAY;
    }
    server.unwatch(client);
    client.denyBlocking = true;
    const replies: Reply[] = (client.inline = []);
    const bounded = boundedReplies();
    for (const { spec, argv } of queue) {
      const reply = bounded(spec, () => server.call(client, spec, argv));
      if (reply instanceof Several) replies.push(...reply.replies);
      else if (reply !== undefined) replies.push(reply);
    }
    client.denyBlocking = false;
    client.inline = null;
    server.discard(client);
    // Redis announces as many replies as commands; what SUBSCRIBE a b says beyond that comes after.
    const announced = replies.splice(0, queue.length);
    return replies.length === 0 ? announced : new Several([announced, ...replies]);
  },
  watch: (server, client, argv) => {
    if (client.queue) throw err('WATCH inside MULTI is not allowed');
    if (client.dirty) return OK;
    const { db } = client;
    for (const key of argv.slice(1)) {
      if (client.watched.some((watch) => watch.db === db && watch.key === key)) continue;
      const value = db.dict.get(key);
      const expired = value !== undefined && value.expireAt < server.now;
      const watch = { client, db, key, expired };
      client.watched.push(watch);
      const others = db.watched.get(key);
      if (others) others.push(watch);
      else db.watched.set(key, [watch]);
    }
    return OK;
  },
  unwatch: (server, client) => {
    server.unwatch(client);
    client.dirty = false;
    return OK;
  },
};
