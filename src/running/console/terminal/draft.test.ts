import { afterEach, describe, expect, it, vi } from 'vitest';
import { deniedStorage, MemoryStorage } from '../../../foundation/kept/memory-storage.ts';
import { promptDraft } from './draft.ts';
import { PREFIX } from '../../../foundation/kept/prefix.ts';

afterEach(() => void vi.unstubAllGlobals());

describe('what stands at a prompt', () => {
  it('is there on the next page of the tab, each prompt its own, until it runs', () => {
    vi.stubGlobal('sessionStorage', new MemoryStorage());
    promptDraft('/console/redis/1').keep('SET a ');
    promptDraft('/console/redis/2').keep('GET a');
    expect(promptDraft('/console/redis/1').text).toBe('SET a ');
    promptDraft('/console/redis/1').keep('');
    expect(promptDraft('/console/redis/1').text).toBe('');
    expect(promptDraft('/console/redis/2').text).toBe('GET a');
  });

  it('is nothing where something else stands, and nothing breaks where storage is denied', () => {
    const storage = new MemoryStorage();
    vi.stubGlobal('sessionStorage', storage);
    storage.setItem(`${PREFIX}prompt/broken`, '[1,{"text":"GET a"}]');
    expect(promptDraft('broken').text).toBe('');
    vi.stubGlobal('sessionStorage', deniedStorage);
    promptDraft('denied').keep('GET a');
    expect(promptDraft('denied').text).toBe('GET a');
  });
});
