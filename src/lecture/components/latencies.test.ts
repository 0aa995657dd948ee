import { describe, expect, it } from 'vitest';
import { checkLatencies, inWords, onLogScale, type Latency } from './latencies.ts';

const RAM: Latency = {
  what: 'Read from RAM',
  nanoseconds: 100,
  kind: 'memory',
  source: 'https://example.org/numbers',
};

describe('a ladder of latencies', () => {
  it('has the same room for each of six powers of ten', () => {
    expect([10, 100, 10_000, 10_000_000].map((time) => onLogScale(time, 10).toFixed(1))).toEqual([
      '0.0',
      '16.7',
      '50.0',
      '100.0',
    ]);
  });

  it('says times in the unit that people say them in', () => {
    expect([100, 16_000, 10_000_000].map(inWords)).toEqual(['100 ns', '16 µs', '10 ms']);
  });

  it('refuses a rung beyond its scale, and one that names no source', () => {
    expect(checkLatencies([RAM], 10)).toEqual([RAM]);
    expect(() => checkLatencies([RAM], 1000)).toThrow(
      'rung "Read from RAM": 100 does not lie between 1000 and 1000000000',
    );
    for (const source of ['', 'a book', 'javascript:alert(1)'])
      expect(() => checkLatencies([{ ...RAM, source }], 10), source).toThrow('is no source');
  });
});
