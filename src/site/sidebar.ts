/**
 * Starlight's sidebar from the lecture's outline. (Starlight's own autogeneration gives empty groups
 * for content outside `src/content`.)
 */
import type { StarlightUserConfig } from '@astrojs/starlight/types';
import { CARD_PATH, CARD_TITLE } from '../lecture/reference/entry.ts';
import {
  labelOf,
  readClosingPages,
  readOutline,
  type LecturePage,
} from '../foundation/course/outline.ts';
import { PROGRESS_PATH, PROGRESS_TITLE } from '../practice/progress/page.ts';
import { SELF_TEST_PATH, SELF_TEST_TITLE } from '../practice/self-test/page.ts';

export const sidebar = (): NonNullable<StarlightUserConfig['sidebar']> => [
  ...readOutline().map((part) => ({
    label: `${part.id}. ${part.title}`,
    items: [link(part, 'Overview'), ...part.sections.map((section) => link(section))],
  })),
  ...readClosingPages().map((page) => link(page)),
  { label: CARD_TITLE, link: `/${CARD_PATH}` },
  { label: SELF_TEST_TITLE, link: `/${SELF_TEST_PATH}` },
  { label: PROGRESS_TITLE, link: `/${PROGRESS_PATH}` },
];

/** Marked as read by its id (`src/practice/progress/marks.ts`). */
const link = (page: LecturePage, label = labelOf(page)) => ({
  label,
  slug: page.slug,
  attrs: { 'data-section': page.id },
});
