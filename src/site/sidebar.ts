/**
 * Starlight's sidebar from the lecture's outline. (Starlight's own autogeneration gives empty groups
 * for content outside `src/content`.)
 */
import type { StarlightUserConfig } from '@astrojs/starlight/types';
import { readOutline } from '../lecture/outline.ts';

export const sidebar = (): NonNullable<StarlightUserConfig['sidebar']> =>
  readOutline().map((part) => ({
    label: `${part.id}. ${part.title}`,
    items: [
      { label: 'Overview', slug: part.slug },
      ...part.sections.map(({ id, title, slug }) => ({ label: `${id} ${title}`, slug })),
    ],
  }));
