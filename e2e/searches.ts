/** What readers type into the search, and where it leads: lasting ids. */
export interface Search {
  query: string;
  /** What the first link leads to; without one it is not asserted. */
  first?: string;
  /** Each is among the first four links. */
  soon?: readonly string[];
}

/** Operators and commands, as they stand in code: the card’s entry first, and where it is taught. */
export const OPERATORS: readonly Search[] = [
  { query: '$lookup', first: 'reference.lookup', soon: ['3.4.lookup'] },
  { query: '$match', first: 'reference.group', soon: ['3.3.group'] },
  { query: '$unwind', first: 'reference.lookup', soon: ['3.4.lookup'] },
  { query: '$group', first: 'reference.group', soon: ['3.3.group'] },
  { query: '$set', first: 'reference.update', soon: ['3.3.update'] },
  { query: '$elemMatch', first: 'reference.array-contains', soon: ['3.3.arrays'] },
  { query: '$jsonSchema', first: 'reference.schema', soon: ['3.2.validation'] },
  { query: '->>', first: 'reference.nested-field', soon: ['1.3.queries'] },
  { query: '->', first: 'reference.nested-field' },
  { query: '@>', first: 'reference.array-contains', soon: ['1.3.gin'] },
  { query: '@?', first: 'reference.array-contains', soon: ['1.3.expression-indexes'] },
  { query: '#>>', first: 'reference.nested-field', soon: ['1.3.nested'] },
  { query: '||', first: 'reference.update', soon: ['1.4.two-pictures'] },
  { query: '?', first: 'reference.array-contains', soon: ['1.3.expression-indexes'] },
  { query: '*', first: 'reference.count', soon: ['3.3.count'] },
  { query: 'count(*)', first: 'reference.count', soon: ['3.3.count'] },
  { query: 'what does ->> do?', first: 'reference.nested-field', soon: ['1.3.queries'] },
  { query: 'INCR', first: 'reference.incr', soon: ['4.4.counters'] },
  { query: 'set nx', first: 'reference.set', soon: ['4.1.three-commands'] },
  { query: 'SET NX', first: 'reference.set' },
  { query: 'ZADD', first: 'reference.zadd', soon: ['4.2.sorted-sets'] },
  { query: 'brpop', first: 'reference.brpop', soon: ['4.4.job-queues'] },
  { query: 'MULTI', first: 'reference.multi' },
];

/** Words, in which a section is the answer. */
export const WORDS: readonly Search[] = [
  { query: 'sorted set leaderboard', first: 'reference.sorted-sets', soon: ['4.2.sorted-sets'] },
  { query: 'ttl expire', first: 'reference.expire', soon: ['4.4.rate-limiting'] },
  { query: 'eav', soon: ['1.2', '1.2.eav'] },
  { query: 'wide table', soon: ['1.2', '1.2.wide'] },
  { query: 'gin index', soon: ['1.3.gin'] },
  { query: 'objectid', soon: ['3.1.objectid'] },
  { query: 'schema drift', soon: ['3.2.drift'] },
  { query: 'schema validation', soon: ['3.2.validation'] },
  { query: 'embed or reference', first: 'reference.decide-embed', soon: ['3.4.decide'] },
  { query: 'pipelining', soon: ['4.3.pipelining'] },
  { query: 'rate limiting', soon: ['4.4.rate-limiting'] },
  { query: 'job queue', soon: ['4.4.job-queues'] },
  { query: 'cache aside', soon: ['5.2.cache-aside'] },
  { query: 'append-only file', soon: ['4.5.aof'] },
  { query: 'snapshots rdb', soon: ['4.5.rdb'] },
  { query: 'audit log', soon: ['5.3.audit-log'] },
  { query: 'column-family', first: 'reference.column-family-store', soon: ['2.1.column-family'] },
  { query: 'nested fields', soon: ['3.3.nested'] },
  { query: 'transaction in mongodb', soon: ['3.6.transaction'] },
];
