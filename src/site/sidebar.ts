/**
 * Starlight's sidebar from the lecture's outline. (Starlight's own autogeneration gives empty groups
 * for content outside `src/content`.)
 */
import type { StarlightUserConfig } from '@astrojs/starlight/types';
import { CARD_PATH, CARD_TITLE } from '../reference/entry.ts';
import { SELF_TEST_PATH, SELF_TEST_TITLE } from '../self-test/page.ts';
import { labelOf, readClosingPages, readOutline } from '../lecture/outline.ts';

export const sidebar = (): NonNullable<StarlightUserConfig['sidebar']> => [
  ...readOutline().map((part) => ({
    label: `${part.id}. ${part.title}`,
    items: [
      { label: 'Overview', slug: part.slug },
      ...part.sections.map((section) => ({ label: labelOf(section), slug: section.slug })),
    ],
  })),
  ...readClosingPages().map((page) => ({ label: labelOf(page), slug: page.slug })),
  { label: CARD_TITLE, link: `/${CARD_PATH}` },
  { label: SELF_TEST_TITLE, link: `/${SELF_TEST_PATH}` },
];
