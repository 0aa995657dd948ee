import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  deniedStorage,
  FullStorage,
  MemoryStorage,
} from '../../../foundation/kept/memory-storage.ts';
import { Journal, MOST_CHARACTERS, MOST_INPUTS } from './journal.ts';
import { PREFIX } from '../../../foundation/kept/prefix.ts';

const INPUTS = {
  read: (data: unknown) => (typeof data === 'string' ? data : undefined),
  inputs: () => 1,
  text: (input: string) => input,
};
const ID = '/console/documents/#documents//0';
const KEY = `${PREFIX}console/${ID}`;

/** As every page that is opened in a tab. */
const opened = (id = ID) => new Journal<string>(id, INPUTS);
function run(journal: Journal<string>, ...inputs: string[]): void {
  for (const input of inputs) journal.starts(input)(input);
}
const yes = () => Promise.resolve(true);
const ALICE = 'db.users.insertOne({ name: "Alice" })';
const INDEX = 'db.users.createIndex({ name: 1 }, { unique: true })';
const TWICE = 'db.users.insertOne({ name: "Alice" }) // refused';

beforeEach(() => vi.stubGlobal('sessionStorage', new MemoryStorage()));
afterEach(() => void vi.unstubAllGlobals());

describe('a journal', () => {
  it('offers the inputs of an earlier page in their order, failed ones too, and runs none by itself', () => {
    const before = opened();
    before.begins();
    run(before, ALICE, INDEX, TWICE);
    const after = opened();
    expect(after.earlier).toEqual({ steps: [ALICE, INDEX, TWICE], inputs: 3, leftOut: null });
    after.begins();
    expect(after.earlier?.inputs).toBe(3);
    expect(opened().earlier?.inputs).toBe(3);
  });

  it('offers nothing where nothing ran', () => {
    opened().begins();
    expect(opened().earlier).toBeNull();
    expect(sessionStorage.getItem(KEY)).toBeNull();
  });

  it('leaves out what ran when the page ended, and says what it was', () => {
    const before = opened();
    before.begins();
    run(before, ALICE);
    before.starts('while (true) {}');
    expect(opened().earlier).toEqual({ steps: [ALICE], inputs: 1, leftOut: 'while (true) {}' });
  });

  it('leaves out what was stopped, or what left behind what ended its database', () => {
    const journal = opened();
    journal.begins();
    run(journal, ALICE);
    journal.starts('while (true) {}');
    journal.begins();
    expect(journal.earlier?.leftOut).toBe('while (true) {}');
    run(journal, INDEX, 'setInterval(() => {}, 1)');
    journal.blame();
    journal.begins();
    expect(journal.earlier).toMatchObject({
      steps: [INDEX],
      leftOut: 'setInterval(() => {}, 1)',
    });
  });

  it('offers nothing where all that ran had not ended, and knows what that was', () => {
    const before = opened();
    before.begins();
    before.starts('while (true) {}');
    const { earlier, leftOut } = opened();
    expect(earlier).toBeNull();
    expect(leftOut).toBe('while (true) {}');
  });

  it('forgets what did not run, such as an input whose database did not come', () => {
    const before = opened();
    before.begins();
    run(before, ALICE);
    before.starts(INDEX)(null);
    expect(opened().earlier).toEqual({ steps: [ALICE], inputs: 1, leftOut: null });
  });

  it('keeps consoles apart', () => {
    const before = opened();
    before.begins();
    run(before, ALICE);
    expect(opened('/console/documents/#documents/shop/0').earlier).toBeNull();
  });

  it('forgets when it is told to: what was before, or everything', () => {
    const before = opened();
    before.begins();
    run(before, ALICE);
    const after = opened();
    after.forget();
    expect(after.earlier).toBeNull();
    expect(opened().earlier).toBeNull();
    after.begins();
    run(after, INDEX);
    after.forget({ all: true });
    after.begins();
    expect(after.earlier).toBeNull();
    expect(opened().earlier).toBeNull();
  });
});

describe('a repetition', () => {
  function withThree(): Journal<string> {
    const before = opened();
    before.begins();
    run(before, ALICE, INDEX, TWICE);
    return opened();
  }

  it('does every step in its order, and goes on from there', async () => {
    const journal = withThree();
    const done: string[] = [];
    const act = (step: string) => {
      // What it does is not noted once more.
      journal.begins();
      journal.starts(step)(step);
      done.push(step);
      return Promise.resolve(true);
    };
    expect(await journal.repeat(yes, act)).toBe(true);
    expect(done).toEqual([ALICE, INDEX, TWICE]);
    expect(journal.earlier).toBeNull();
    run(journal, 'db.users.find()');
    expect(opened().earlier?.steps).toEqual([ALICE, INDEX, TWICE, 'db.users.find()']);
  });

  it('that is stopped, fails or has no database leaves all of it to be done again', async () => {
    const journal = withThree();
    expect(await journal.repeat(yes, (_, at) => Promise.resolve(at < 1))).toBe(false);
    expect(await journal.repeat(yes, () => Promise.reject(new Error('broke off')))).toBe(false);
    expect(await journal.repeat(() => Promise.resolve(false), yes)).toBe(false);
    journal.begins();
    expect(journal.earlier).toEqual({ steps: [ALICE, INDEX, TWICE], inputs: 3, leftOut: null });
    expect(opened().earlier?.inputs).toBe(3);
  });

  it('in which the page crashes leaves out what ran then, and nothing if the reader left', async () => {
    const journal = withThree();
    void journal.repeat(yes, (_, at) => (at < 1 ? yes() : new Promise(() => undefined)));
    await new Promise((resolve) => setTimeout(resolve));
    expect(opened().earlier).toEqual({ steps: [ALICE, TWICE], inputs: 2, leftOut: INDEX });
    journal.leave();
    expect(opened().earlier?.steps).toEqual([ALICE, INDEX, TWICE]);
  });

  it('ends when everything is forgotten meanwhile', async () => {
    const journal = withThree();
    const done: string[] = [];
    const going = journal.repeat(yes, (step) => {
      done.push(step);
      journal.forget({ all: true });
      return Promise.resolve(true);
    });
    expect(await going).toBe(false);
    expect(done).toEqual([ALICE]);
    expect(journal.earlier).toBeNull();
    expect(opened().earlier).toBeNull();
  });
});

describe('more than is kept', () => {
  it.each([
    ['inputs', Array.from({ length: MOST_INPUTS + 1 }, (_, n) => `db.a.insertOne({ n: ${n} })`)],
    ['characters', ['x'.repeat(MOST_CHARACTERS / 2), 'y'.repeat(MOST_CHARACTERS / 2), 'z']],
  ])('of %s is not offered, as it would make another state, and it is said', (_, inputs) => {
    const before = opened();
    before.begins();
    run(before, ...inputs);
    expect(before.isFull).toBe(true);
    run(before, ALICE);
    const after = opened();
    expect(after.wasFull).toBe(true);
    expect(after.earlier).toBeNull();
    after.begins();
    expect(opened().wasFull).toBe(false);
    before.begins();
    expect(before.isFull).toBe(false);
    expect(before.earlier).toBeNull();
  });

  it(`is not ${MOST_INPUTS} inputs`, () => {
    const before = opened();
    before.begins();
    run(before, ...Array.from({ length: MOST_INPUTS }, (_, n) => `SELECT ${n};`));
    expect(opened().earlier?.inputs).toBe(MOST_INPUTS);
  });
});

describe('where the storage', () => {
  it.each([
    ['is denied', deniedStorage],
    ['is full', new FullStorage()],
  ])('%s, a database that was lost can still be made again on the page', async (_, storage) => {
    vi.stubGlobal('sessionStorage', storage);
    const journal = opened(`/${_}/`);
    journal.begins();
    run(journal, ALICE);
    journal.begins();
    expect(await journal.repeat(yes, yes)).toBe(true);
    journal.forget({ all: true });
  });

  it.each([
    '{"now":{"steps":[1],"running":null,"full":false}}',
    '{"now":{"steps":{"length":3}}}',
    '{"now":7,"earlier":{"steps":["SELECT 1;",null]}}',
    '{"now":{"steps":["SELECT 1;"],"running":"x"},"earlier":1}',
    '"x"',
  ])('holds %s, nothing breaks, and no part of a state is offered', (data) => {
    sessionStorage.setItem(KEY, `[1,${data}]`);
    const { earlier } = opened();
    expect(earlier?.steps ?? ['SELECT 1;']).toEqual(['SELECT 1;']);
  });
});
