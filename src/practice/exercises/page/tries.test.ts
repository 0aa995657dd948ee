import { beforeEach, describe, expect, it, vi } from 'vitest';
import { deniedStorage, MemoryStorage } from '../../../foundation/kept/memory-storage.ts';
import { saveTries, tries, triesOf } from './tries.ts';
import { PREFIX } from '../../../foundation/kept/prefix.ts';

const ID = '1.2.x-eav-furniture';

describe('how a reader fared', () => {
  const stored = new MemoryStorage();
  beforeEach(() => {
    vi.stubGlobal('localStorage', stored);
    tries.clear();
  });

  it('is kept for each exercise', () => {
    expect(triesOf(ID)).toEqual({ solved: false, failed: 0, hints: 0 });
    expect(saveTries(ID, { solved: false, failed: 1, hints: 2 })).toBe(true);
    expect(saveTries('4.2.x-leaderboard-climb', { solved: true, failed: 0, hints: 0 })).toBe(true);
    expect(triesOf(ID)).toEqual({ solved: false, failed: 1, hints: 2 });
  });

  it('is forgotten with the rest of the progress', () => {
    saveTries(ID, { solved: true, failed: 1, hints: 2 });
    tries.clear();
    expect(triesOf(ID)).toEqual({ solved: false, failed: 0, hints: 0 });
  });

  it('lives for the visit where storage is denied', () => {
    vi.stubGlobal('localStorage', deniedStorage);
    expect(saveTries(ID, { solved: true, failed: 3, hints: 0 })).toBe(false);
    expect(triesOf(ID)).toEqual({ solved: true, failed: 3, hints: 0 });
  });

  it.each([
    'null',
    '7',
    '{"solved":"yes","failed":0,"hints":0}',
    '{"solved":true,"failed":-1,"hints":0}',
    '{"solved":true,"failed":1e400,"hints":0}',
  ])('is not known from %s', (data) => {
    stored.setItem(`${PREFIX}tries/${ID}`, `[1,${data}]`);
    expect(triesOf(ID)).toEqual({ solved: false, failed: 0, hints: 0 });
  });

  it('keeps of an entry only what belongs to it', () => {
    const data = '{"solved":true,"failed":1,"hints":0,"more":"<b>"}';
    stored.setItem(`${PREFIX}tries/${ID}`, `[1,${data}]`);
    expect(triesOf(ID)).toEqual({ solved: true, failed: 1, hints: 0 });
  });
});
