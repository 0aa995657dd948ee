import { describe, expect, it } from 'vitest';
import { presentedIn, withStep } from './address.ts';
import { commandOf, type Press } from './keys.ts';
import { stepsOf, type Block, type BlockKind } from './steps.ts';

/** A page in letters: Title, Heading, Stage, text, Note; a text has 200 characters. */
const KINDS: Record<string, BlockKind> = {
  T: 'title',
  H: 'heading',
  S: 'stage',
  t: 'text',
  N: 'note',
};
function steps(page: string): string[] {
  const blocks = [...page].map((letter): Block => ({
    kind: KINDS[letter]!,
    length: letter === 't' ? 200 : 20,
  }));
  return stepsOf(blocks).map((step) => step.map((index) => page[index]).join(''));
}

describe('the steps of a page', () => {
  it('begin with the title, alone', () => {
    expect(steps('Ttt')).toEqual(['T', 'tt']);
  });

  it('begin anew at headings, cells and diagrams', () => {
    expect(steps('TtHtSStHt')).toEqual(['T', 't', 'Ht', 'S', 'S', 't', 'Ht']);
  });

  it('keep a heading with what it announces', () => {
    expect(steps('HSHHtS')).toEqual(['HS', 'HHt', 'S']);
  });

  it('hold no more text than a screen in large type', () => {
    expect(steps('Htttt')).toEqual(['Htt', 'tt']);
  });

  it('show even a text that is too long, with its heading', () => {
    expect(
      stepsOf([
        { kind: 'heading', length: 9 },
        { kind: 'text', length: 9000 },
      ]),
    ).toEqual([[0, 1]]);
  });

  it('leave a teacher’s note with what stands before it', () => {
    expect(steps('TNtSNHNS')).toEqual(['TN', 't', 'SN', 'HNS']);
  });

  it('show every block once', () => {
    const page = 'TtttHNSHHttttSSNt';
    expect(steps(page).join('')).toBe(page);
  });
});

describe('a key in a presentation', () => {
  const press = (key: string, held: Partial<Press> = {}): Press => ({
    key,
    shiftKey: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    ...held,
  });
  const fits = { above: false, below: false };

  it.each([
    ['ArrowRight', 'next'],
    ['PageDown', 'next'],
    [' ', 'next'],
    ['ArrowLeft', 'previous'],
    ['PageUp', 'previous'],
    ['Home', 'first'],
    ['End', 'last'],
    ['Escape', 'leave'],
    ['ArrowDown', undefined],
    ['a', undefined],
  ])('%s means %s', (key, command) => {
    expect(commandOf(press(key), fits)).toBe(command);
  });

  it('shows the rest of a high step first, unless it is an arrow', () => {
    const high = { above: true, below: true };
    expect(commandOf(press('PageDown'), high)).toBeUndefined();
    expect(commandOf(press(' '), high)).toBeUndefined();
    expect(commandOf(press('PageUp'), high)).toBeUndefined();
    expect(commandOf(press('ArrowRight'), high)).toBe('next');
  });

  it('goes back with Shift and Space', () => {
    expect(commandOf(press(' ', { shiftKey: true }), fits)).toBe('previous');
  });

  it('is the browser’s with Ctrl, Alt, ⌘, or Shift and an arrow', () => {
    for (const held of ['ctrlKey', 'altKey', 'metaKey', 'shiftKey'])
      expect(commandOf(press('ArrowRight', { [held]: true }), fits)).toBeUndefined();
  });
});

describe('the address of a step', () => {
  const page = 'https://example.org/course/the-problem/';

  it('names it, and keeps what else stands there', () => {
    expect(withStep(`${page}?theme=dark#top`, 'gin')).toBe(`${page}?theme=dark&present=gin`);
    expect(presentedIn(`${page}?present=gin`)).toBe('gin');
  });

  it('without a step is the page as it is read', () => {
    expect(withStep(`${page}?present=gin#top`, undefined)).toBe(`${page}#top`);
    expect(presentedIn(page)).toBeUndefined();
    expect(presentedIn(`${page}?present`)).toBe('');
  });
});
