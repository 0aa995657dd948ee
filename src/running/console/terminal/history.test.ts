import { afterEach, describe, expect, it, vi } from 'vitest';
import { deniedStorage, MemoryStorage } from '../../../foundation/kept/memory-storage.ts';
import { History, HistoryCursor, visitStore } from './history.ts';
import { PREFIX } from '../../../foundation/kept/prefix.ts';

afterEach(() => void vi.unstubAllGlobals());

describe('a history', () => {
  it('walks back and forth, and ends at what was being typed', () => {
    const history = new History('redis', null);
    for (const line of ['SET a 1', 'INCR a', 'GET a']) history.add(line);
    const cursor = new HistoryCursor(history);
    expect(cursor.previous('ZADD bo')).toBe('GET a');
    expect(cursor.previous('GET a')).toBe('INCR a');
    expect(cursor.previous('INCR a')).toBe('SET a 1');
    expect(cursor.previous('SET a 1')).toBeNull();
    expect(cursor.next()).toBe('INCR a');
    expect(cursor.next()).toBe('GET a');
    expect(cursor.next()).toBe('ZADD bo');
    expect(cursor.next()).toBeNull();
  });

  it('keeps a repeated input once, and no empty one', () => {
    const history = new History('redis', null);
    for (const line of ['GET a', 'GET a', '  ', 'GET b', 'GET a']) history.add(line);
    expect(history.length).toBe(3);
  });

  it('takes many inputs at once, the last of them, and none that nobody could look at', () => {
    const history = new History('redis', null);
    history.add(
      'PING',
      ...Array.from({ length: 1000 }, (_, n) => `SET k ${n}`),
      'x'.repeat(20_000),
    );
    expect(history.length).toBeLessThanOrEqual(200);
    expect(history.at(history.length - 1)).toBe('SET k 999');
  });

  it('is shared by prompts, each of which goes its own way through it', () => {
    const history = new History('redis', null);
    const [first, second] = [new HistoryCursor(history), new HistoryCursor(history)];
    history.add('SUBSCRIBE news');
    first.leave();
    history.add('PUBLISH news hi');
    second.leave();
    expect(first.previous('')).toBe('SUBSCRIBE news');
    expect(second.previous('')).toBe('PUBLISH news hi');
  });

  it('lasts for the visit, a name apart from another, and at most 200 inputs', () => {
    vi.stubGlobal('sessionStorage', new MemoryStorage());
    const before = new History('redis', visitStore());
    for (let n = 0; n < 250; n += 1) before.add(`GET key-${n}`);
    const after = new History('redis', visitStore());
    expect(after.length).toBe(200);
    expect(after.at(199)).toBe('GET key-249');
    expect(new History('documents', visitStore()).length).toBe(0);
  });

  it('begins empty where the storage holds something else, and goes on where it is denied', () => {
    const storage = new MemoryStorage();
    vi.stubGlobal('sessionStorage', storage);
    storage.setItem(`${PREFIX}history/broken`, '[1,{"a":1}]');
    expect(new History('broken', visitStore()).length).toBe(0);
    vi.stubGlobal('sessionStorage', deniedStorage);
    const history = new History('denied', visitStore());
    history.add('GET a');
    expect(history.at(0)).toBe('GET a');
  });
});
