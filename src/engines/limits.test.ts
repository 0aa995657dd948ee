import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type Limits, type Output } from './engine.ts';
import { LimitedOutput } from './limits.ts';

const origin = { file: 0, line: 1, statement: 0 };

function sent(limits: Limits, outputs: Output[]): Output[] {
  const passed: Output[] = [];
  const output = new LimitedOutput((one) => passed.push(one), limits);
  outputs.forEach((one) => output.send(one));
  output.finish();
  return passed;
}

describe('what a run prints', () => {
  it('is passed on as it is while there is room, and nothing is said', () => {
    const outputs: Output[] = [
      { kind: 'text', origin, text: 'Café' },
      { kind: 'command', origin, tag: 'CREATE TABLE' },
    ];
    expect(sent(DEFAULT_LIMITS, outputs)).toEqual(outputs);
  });

  it.each<[string, Output]>([
    ['a text', { kind: 'text', origin, text: 'x'.repeat(1e6) }],
    ['a text of marks', { kind: 'text', origin, text: `a${'\u0301'.repeat(1e5)}` }],
    [
      'a reply',
      {
        kind: 'transcript',
        origin,
        client: '',
        prompt: '> ',
        input: 'GET a',
        reply: 'x'.repeat(1e6),
        failed: false,
      },
    ],
    ['a hint', { kind: 'notice', origin, severity: 'NOTICE', message: 'm', hint: 'x'.repeat(1e6) }],
    ['a tag', { kind: 'command', origin, tag: 'x'.repeat(1e6) }],
  ])('is cut where there is no more room, and the end says so: %s', (_, output) => {
    const [cut, note, ...rest] = sent(DEFAULT_LIMITS, [output]);
    expect(JSON.stringify(cut)).toContain('…"');
    expect(JSON.stringify(cut).length).toBeLessThan(300_000);
    expect(note).toEqual({
      kind: 'limit',
      origin,
      message: 'Some text was cut: this run printed as much as one run may.',
    });
    expect(rest).toEqual([]);
  });

  it('still tells what went wrong when all room is used up', () => {
    const error: Output = {
      kind: 'error',
      origin,
      severity: 'ERROR',
      code: '',
      message: 'no table',
    };
    const [, last] = sent(DEFAULT_LIMITS, [{ kind: 'text', origin, text: 'x'.repeat(1e6) }, error]);
    expect(last).toEqual(error);
  });
});
