import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHeartbeat } from './heartbeat.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A heartbeat of somebody who answers as long as they live. */
function living() {
  const asked = vi.fn();
  const life = { alive: true };
  const heartbeat = createHeartbeat(() => {
    asked();
    if (life.alive) queueMicrotask(() => heartbeat.heard());
  });
  let stopped = false;
  void heartbeat.stopped.then(() => (stopped = true));
  return { heartbeat, life, asked, stopped: () => stopped };
}

describe('a heartbeat', () => {
  it('asks nobody while nobody watches', async () => {
    const { heartbeat, asked } = living();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).not.toHaveBeenCalled();
    const unwatch = heartbeat.watch();
    await vi.advanceTimersByTimeAsync(2000);
    unwatch();
    const often = asked.mock.calls.length;
    expect(often).toBeGreaterThan(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toHaveBeenCalledTimes(often);
  });

  it('goes on while there are answers', async () => {
    const { heartbeat, stopped } = living();
    heartbeat.watch();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stopped()).toBe(false);
    expect(await heartbeat.isAlive()).toBe(true);
  });

  it('stops after three seconds without one', async () => {
    const { heartbeat, life, stopped } = living();
    heartbeat.watch();
    await vi.advanceTimersByTimeAsync(2000);
    life.alive = false;
    await vi.advanceTimersByTimeAsync(2900);
    expect(stopped()).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(stopped()).toBe(true);
  });

  it('says whether somebody is there at once, also between two questions', async () => {
    const { heartbeat, life } = living();
    heartbeat.watch();
    await vi.advanceTimersByTimeAsync(700);
    const before = Date.now();
    expect(await heartbeat.isAlive()).toBe(true);
    expect(Date.now()).toBe(before);
    life.alive = false;
    const answer = heartbeat.isAlive();
    await vi.advanceTimersByTimeAsync(4000);
    expect(await answer).toBe(false);
    expect(await heartbeat.isAlive()).toBe(false);
  });

  it('waits for a page that was held up itself: the answer is there before the next question', async () => {
    const { heartbeat, stopped } = living();
    heartbeat.watch();
    // Timers that were due are not caught up with: one question, however long the page was busy.
    vi.setSystemTime(Date.now() + 60_000);
    await vi.advanceTimersByTimeAsync(500);
    expect(stopped()).toBe(false);
  });
});
