import { describe, expect, it } from 'vitest';
import { costOf, fitting } from './text-cost.ts';

describe('what a text costs', () => {
  it('is its length for English, and for what is written with the same letters', () => {
    expect(costOf('SELECT name FROM products WHERE price < 10;')).toBe(43);
    expect(costOf('Größe, façade, ¿qué?')).toBe(20);
  });

  it('is more for what is dearer to lay out, and most where every character needs another font', () => {
    const price = (text: string) => costOf(text) / text.length;
    expect(price('مرحبا بالعالم')).toBeGreaterThan(2);
    expect(price('مرحبا بالعالم')).toBeLessThan(20);
    expect(price('漢字かな交じり文')).toBeLessThan(10);
    expect(price('สวัสดี')).toBeGreaterThan(10);
    expect(price('\u202e')).toBeGreaterThan(10);
    expect(price('อქ叠ሀԱ')).toBeGreaterThan(50);
  });

  it('is little for an emoji in a sentence', () => {
    expect(costOf('Shipped 🚚 on Monday')).toBeLessThan(100);
  });
});

describe('the beginning that fits', () => {
  it('is all of a text that is short enough', () => {
    expect(fitting('navy', 4)).toEqual({ end: 4, cost: 4 });
  });

  it('ends at the last character that can be paid', () => {
    expect(fitting('navy blue', 4)).toEqual({ end: 4, cost: 4 });
    expect(fitting('', 0)).toEqual({ end: 0, cost: 0 });
    expect(fitting('navy', 0)).toEqual({ end: 0, cost: 0 });
  });

  it('never ends within a character, nor between a letter and its mark', () => {
    const emoji = 'ab🦝cd';
    for (let room = 0; room < costOf(emoji); room += 1)
      expect(emoji.slice(0, fitting(emoji, room).end).isWellFormed()).toBe(true);
    expect(fitting('cafe\u0301s', 5).end).toBe(3);
  });

  it('ends somewhere in a letter whose marks never end', () => {
    const { end } = fitting(`a${'\u0301'.repeat(1000)}`, 100);
    expect(end).toBeGreaterThan(5);
    expect(end).toBeLessThan(20);
  });
});
