/** `MEMORY USAGE` of a stream, as redis-server 7.0 estimates it. */
import { allocated } from '../core/eviction.ts';
import { radixNodes } from './layout.ts';
import { nodeBytes, type StreamNode } from './node.ts';
import type { StreamId } from './stream-id.ts';
import type { StreamValue } from './stream-value.ts';

/** A listpack that is still written to has room ahead. */
const AHEAD = 4096;
/** Of so many nodes the mean is taken. */
const SAMPLES = 5;

function tree(size: number, ids: Iterable<StreamId>): number {
  const nodes = radixNodes(ids);
  return size * 16 + nodes * (4 + 8 * 30);
}

export function streamMemory({ nodes, groups }: StreamValue): number {
  const size = (node: StreamNode): number => {
    const bytes = nodeBytes(node);
    return allocated(node === nodes.at(-1) ? Math.max(bytes, AHEAD) : bytes);
  };
  let bytes = 16 + 80 + tree(nodes.length, nodes);
  let sampled = 0;
  for (const node of nodes.slice(0, SAMPLES)) sampled += size(node);
  if (nodes.length <= SAMPLES) bytes += sampled;
  else bytes += Math.floor(sampled / SAMPLES) * (nodes.length - 1) + size(nodes.at(-1)!);
  for (const { pending, consumers } of groups.values()) {
    bytes += 40 + tree(pending.size, pending) + 24 * pending.size;
    for (const consumer of consumers.values()) {
      bytes += 24 + consumer.name.length + tree(consumer.pending.size, consumer.pending);
    }
  }
  return bytes;
}
