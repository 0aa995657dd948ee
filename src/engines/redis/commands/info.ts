/** INFO. */
import type { Bytes } from '../core/bytes.ts';
import type { CommandSpec } from '../core/command-table.ts';
import { usedMemory } from '../core/eviction.ts';
import { VerbatimReply, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import { REDIS_VERSION } from '../core/version.ts';

type Line = [string, string | number];
type Section = (server: Server) => Line[];

/** Bytes as INFO's `_human` fields write them. */
function human(bytes: number): string {
  const units = ['B', 'K', 'M', 'G'];
  let i = 0;
  let n = bytes;
  while (n >= 1024 && i < 3) {
    n /= 1024;
    i++;
  }
  return i === 0 ? `${n}B` : `${n.toFixed(2)}${units[i]!}`;
}

function everyCommand(server: Server): CommandSpec[] {
  return [...server.commands.values()].flatMap((spec) =>
    spec.subcommands ? [spec, ...spec.subcommands.values()] : [spec],
  );
}

const SECTIONS: Record<string, Section> = {
  server: (s) => {
    const uptime = Math.floor((s.now - s.startedAt) / 1000);
    return [
      ['redis_version', REDIS_VERSION],
      ['redis_mode', 'standalone'],
      ['os', 'emulator'],
      ['arch_bits', 64],
      ['run_id', s.runId],
      ['tcp_port', 6379],
      ['server_time_usec', Math.floor(s.clock() * 1000)],
      ['uptime_in_seconds', uptime],
      ['uptime_in_days', Math.floor(uptime / 86400)],
      ['hz', s.config.get('hz')],
      ['executable', ''],
      ['config_file', ''],
    ];
  },
  clients: (s) => [
    ['connected_clients', s.clients.size],
    ['maxclients', s.config.get('maxclients')],
    ['blocked_clients', s.blockedClients],
    ['tracking_clients', 0],
  ],
  memory: (s) => {
    const used = usedMemory(s);
    return [
      ['used_memory', used],
      ['used_memory_human', human(used)],
      ['maxmemory', s.config.maxmemory],
      ['maxmemory_human', human(s.config.maxmemory)],
      ['maxmemory_policy', s.config.get('maxmemory-policy')],
    ];
  },
  persistence: (s) => [
    ['loading', 0],
    ['rdb_changes_since_last_save', s.persistence.unsaved],
    ['rdb_bgsave_in_progress', 0],
    ['rdb_last_save_time', Math.floor(s.persistence.lastSave / 1000)],
    ['rdb_last_bgsave_status', 'ok'],
    ['aof_enabled', s.persistence.aofEnabled ? 1 : 0],
    ['aof_rewrite_in_progress', 0],
    ['aof_last_bgrewrite_status', 'ok'],
    ['aof_last_write_status', 'ok'],
  ],
  stats: (s) => [
    ['total_connections_received', s.stats.connections],
    ['total_commands_processed', s.stats.commands],
    ['expired_keys', s.stats.expired],
    ['evicted_keys', s.stats.evicted],
    ['keyspace_hits', s.stats.hits],
    ['keyspace_misses', s.stats.misses],
    ['pubsub_channels', s.channels.size],
    ['pubsub_patterns', s.patterns.size],
    ['pubsubshard_channels', s.shardChannels.size],
    ['total_error_replies', [...s.stats.errors.values()].reduce((a, b) => a + b, 0)],
  ],
  replication: (s) => [
    ['role', 'master'],
    ['connected_slaves', 0],
    ['master_failover_state', 'no-failover'],
    ['master_replid', s.runId],
    ['master_replid2', '0'.repeat(40)],
    ['master_repl_offset', 0],
    ['second_repl_offset', -1],
    ['repl_backlog_active', 0],
    ['repl_backlog_size', 1048576],
    ['repl_backlog_first_byte_offset', 0],
    ['repl_backlog_histlen', 0],
  ],
  cpu: () => [
    ['used_cpu_sys', '0.000000'],
    ['used_cpu_user', '0.000000'],
  ],
  modules: () => [],
  // A command's time is 0: the emulator's clock stands still while it runs.
  commandstats: (s) =>
    everyCommand(s)
      .filter((spec) => spec.calls > 0 || spec.rejected > 0 || spec.failed > 0)
      .map((spec) => [
        `cmdstat_${spec.name}`,
        `calls=${spec.calls},usec=0,usec_per_call=0.00,rejected_calls=${spec.rejected},failed_calls=${spec.failed}`,
      ]),
  errorstats: (s) => [...s.stats.errors].map(([code, n]) => [`errorstat_${code}`, `count=${n}`]),
  cluster: () => [['cluster_enabled', 0]],
  keyspace: (s) =>
    s.databases
      .filter((db) => db.dict.size > 0)
      .map((db) => {
        const left = [...db.volatile].map((key) => Math.max(0, db.dict.get(key)!.expireAt - s.now));
        const average = left.length ? Math.floor(left.reduce((a, b) => a + b) / left.length) : 0;
        return [`db${db.id}`, `keys=${db.dict.size},expires=${left.length},avg_ttl=${average}`];
      }),
};
const TITLES: Record<string, string> = { cpu: 'CPU' };
const DEFAULT = Object.keys(SECTIONS).filter((name) => name !== 'commandstats');

export function info(server: Server, argv: Bytes[]): Reply {
  const asked = new Set<string>();
  for (const word of argv.slice(1).map((w) => w.toLowerCase())) {
    if (word === 'all' || word === 'everything') Object.keys(SECTIONS).forEach((s) => asked.add(s));
    else if (word === 'default') DEFAULT.forEach((s) => asked.add(s));
    else asked.add(word);
  }
  if (argv.length === 1) DEFAULT.forEach((s) => asked.add(s));
  const parts: string[] = [];
  for (const [name, section] of Object.entries(SECTIONS)) {
    if (!asked.has(name)) continue;
    const title = TITLES[name] ?? name[0]!.toUpperCase() + name.slice(1);
    const lines = section(server).map(([key, value]) => `${key}:${value}\r\n`);
    parts.push(`# ${title}\r\n${lines.join('')}`);
  }
  return new VerbatimReply(parts.join('\r\n'));
}
