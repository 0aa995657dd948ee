import { describe, expect, it } from 'vitest';
import { ranked, type Page } from './sections.ts';

const content = 'SET stores a string Sorted sets a leaderboard is a sorted set TTL expires';
const section = (title: string, ...places: [word: string, score: number][]) => ({
  title,
  url: `/#${title}`,
  excerpt: '',
  weighted_locations: places.map(([word, balanced_score]) => ({
    location: content.split(' ').indexOf(word),
    balanced_score,
  })),
});
const page = (url: string, score: number, ...sub_results: Page['sub_results'][number][]): Page => ({
  url,
  content,
  score,
  sub_results,
});

describe('found sections', () => {
  it('come in the order of their match, not of their page', () => {
    const strings = section('Strings', ['SET', 512]);
    const sets = section('Sets', ['sets', 15_000], ['sorted', 512]);
    const sorted = section(
      'Sorted sets',
      ['Sorted', 15_000],
      ['sets', 15_000],
      ['leaderboard', 512],
    );
    const [found] = ranked([page('/4.2/', 1, strings, sets, sorted)], 'sorted set leaderboard');
    expect(found!.sub_results.map(({ title }) => title)).toEqual([
      'Sorted sets',
      'Sets',
      'Strings',
    ]);
  });

  it('count every word, in any form: one that has both is before one that has one of them often', () => {
    const often = section('Often', ['TTL', 512], ['TTL', 512], ['TTL', 512]);
    const both = section('Both', ['TTL', 512], ['expires', 512]);
    const [found] = ranked([page('/', 1, often, both)], 'ttl expire');
    expect(found!.sub_results[0]!.title).toBe('Both');
  });

  it('take their page along', () => {
    const passing = page('/5.3/', 10, section('Passing', ['TTL', 300]));
    const taught = page('/4.4/', 9, section('Taught', ['TTL', 15_000], ['expires', 5_000]));
    expect(ranked([passing, taught], 'ttl expire').map(({ url }) => url)).toEqual([
      '/4.4/',
      '/5.3/',
    ]);
  });

  it('are about the words of their title, however often another has them', () => {
    const often = section('Months', ['sorted', 9_000], ['sets', 9_000]);
    const titled = section('Sorted sets', ['Sorted', 15_000], ['sets', 15_000]);
    const pages = [page('/1.1/', 10, often), page('/1.2/', 8, titled)];
    expect(ranked(pages, 'sorted sets').map(({ url }) => url)).toEqual(['/1.2/', '/1.1/']);
  });

  it('are none of no page', () => {
    expect(ranked([], 'ttl')).toEqual([]);
  });
});
