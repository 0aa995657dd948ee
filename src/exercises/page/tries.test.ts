import { beforeEach, describe, expect, it, vi } from 'vitest';
import { parseTries, removeTries, saveTries, triesOf } from './tries.ts';

const ID = '1.2.x-eav-furniture';

describe('how a reader fared', () => {
  const stored = new Map<string, string>();
  beforeEach(() => {
    stored.clear();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    });
  });

  it('is kept for each exercise', () => {
    expect(triesOf(ID)).toEqual({ solved: false, failed: 0, hints: 0 });
    expect(saveTries(ID, { solved: false, failed: 1, hints: 2 })).toBe(true);
    expect(saveTries('4.2.x-leaderboard-climb', { solved: true, failed: 0, hints: 0 })).toBe(true);
    expect(triesOf(ID)).toEqual({ solved: false, failed: 1, hints: 2 });
  });

  it('is forgotten with the rest of the progress', () => {
    saveTries(ID, { solved: true, failed: 1, hints: 2 });
    removeTries();
    expect(triesOf(ID)).toEqual({ solved: false, failed: 0, hints: 0 });
  });

  it('lives for the visit where storage is denied', () => {
    const deny = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: deny, setItem: deny });
    expect(saveTries(ID, { solved: true, failed: 3, hints: 0 })).toBe(false);
    expect(triesOf(ID)).toEqual({ solved: true, failed: 3, hints: 0 });
  });

  it.each([
    '',
    '[',
    'null',
    '7',
    '{"a":null}',
    '{"a":{"solved":"yes","failed":0,"hints":0}}',
    '{"a":{"solved":true,"failed":-1,"hints":0}}',
  ])('is none in %j', (text) => {
    expect(parseTries(text)).toEqual({});
  });

  it('keeps of a text only what belongs to it', () => {
    const text = `{"${ID}":{"solved":true,"failed":1,"hints":0,"more":"<b>"},"other":1}`;
    expect(parseTries(text)).toEqual({ [ID]: { solved: true, failed: 1, hints: 0 } });
  });
});
