/** How long things take, by order of magnitude, each with the source that says so. */

export interface Latency {
  what: string;
  nanoseconds: number;
  kind: 'memory' | 'software' | 'disk' | 'network';
  source: { name: string; href: string };
}

const NUMBERS = {
  name: 'Latency numbers every programmer should know',
  href: 'https://gist.github.com/jboner/2841832',
};
const NUMBERS_BY_YEAR = {
  name: 'The same numbers by year',
  href: 'https://colin-scott.github.io/personal_website/research/interactive_latency.html',
};
const REDIS_LATENCY = {
  name: 'Redis documentation, latency',
  href: 'https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/latency/',
};

/** From the quickest to the slowest. */
export const LATENCIES: readonly Latency[] = [
  { what: 'Read from RAM', nanoseconds: 100, kind: 'memory', source: NUMBERS },
  {
    what: 'Redis executes a simple command',
    nanoseconds: 1000,
    kind: 'software',
    source: REDIS_LATENCY,
  },
  { what: 'Read from an NVMe SSD', nanoseconds: 16_000, kind: 'disk', source: NUMBERS_BY_YEAR },
  { what: 'Read from a SATA SSD', nanoseconds: 100_000, kind: 'disk', source: NUMBERS },
  {
    what: 'Round trip, 1 Gbit/s network',
    nanoseconds: 200_000,
    kind: 'network',
    source: REDIS_LATENCY,
  },
  {
    what: 'Round trip within a data center',
    nanoseconds: 500_000,
    kind: 'network',
    source: NUMBERS,
  },
  { what: 'Read from a hard disk', nanoseconds: 10_000_000, kind: 'disk', source: NUMBERS },
];

/** `100 ns`, `16 µs`, `10 ms`. */
export function inWords(nanoseconds: number): string {
  if (nanoseconds < 1000) return `${nanoseconds} ns`;
  if (nanoseconds < 1_000_000) return `${nanoseconds / 1000} µs`;
  return `${nanoseconds / 1_000_000} ms`;
}

/** Where a bar ends, in percent of a scale that has the same room for every power of ten. */
export function onLogScale(nanoseconds: number, from: number, to: number): number {
  return (100 * Math.log10(nanoseconds / from)) / Math.log10(to / from);
}
