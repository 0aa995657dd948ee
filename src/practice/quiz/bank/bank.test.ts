/** The questions as other pages get them. */
import { describe, expect, test } from 'vitest';
import { collectPermalinks } from '../../../sharing/permalinks/collect.ts';
import { bankPage } from './bank-page.ts';
import { bankEntries } from './entries.ts';
import { bankPath, sectionOf } from './path.ts';

const question = (id: string): string =>
  `<course-question id="${id}" data-question="1.3.${id}"><form><p>a &gt; b</p></form>` +
  `<template data-sealed="abc"></template><noscript><a href="/course/x/#y">x</a></noscript></course-question>`;
const section = { id: '1.3', title: 'JSONB & more', address: '/course/jsonb/' };

describe('the page of a section’s questions', () => {
  const page = bankPage(
    `<html><nav>menu</nav><h2>Text</h2>${question('q-a')}<p>between</p>${question('q-b')}</html>`,
    section,
  );

  test('has them as they were built, answers hidden, and nothing else of their page', () => {
    expect(page).toContain(question('q-a') + question('q-b'));
    for (const other of ['menu', 'Text', 'between']) expect(page).not.toContain(other);
  });

  test('asks search engines to leave it out, and leads people to where the questions are asked', () => {
    expect(page).toContain('<meta name="robots" content="noindex"/>');
    expect(page).toContain('<a href="/course/jsonb/#q-a">1.3 JSONB &amp; more</a>');
  });

  test('is not made of a page that asks nothing', () => {
    expect(() => bankPage('<html></html>', section)).toThrow('section 1.3 has no question');
  });
});

test('every question of the course is an entry, under its lasting id', () => {
  const lasting = collectPermalinks().filter(({ kind }) => kind === 'question');
  const entries = bankEntries();
  expect(entries.map(({ id }) => id).sort()).toEqual(lasting.map(({ id }) => id).sort());
  expect(entries.every(({ id, part }) => id.startsWith(`${part}.`))).toBe(true);
});

test('the address of a question’s section follows from its id', () => {
  expect(bankPath(sectionOf('1.2.q-null-share'))).toBe('questions/1.2/');
});
