import { join } from 'node:path';
import sitemap from '@astrojs/sitemap';
import starlight from '@astrojs/starlight';
import { satteri } from '@astrojs/markdown-satteri';
import { defineConfig } from 'astro/config';
import { editorAlone } from './src/running/cells/editor/editor-alone.ts';
import { datasetScripts } from './src/running/cells/execute/dataset.ts';
import { engineFiles } from './src/running/runner/integration.ts';
import { liveCells } from './src/running/cells/plugin.ts';
import { diagrams } from './src/lecture/diagrams/plugin.ts';
import { judgedChallenges } from './src/practice/challenge/integration.ts';
import { challenges } from './src/practice/challenge/plugin.ts';
import { judgedExercises } from './src/practice/exercises/integration.ts';
import { exercises } from './src/practice/exercises/plugin.ts';
import { embeds } from './src/sharing/embed/integration.ts';
import { safeAddresses } from './src/foundation/markup/addresses.ts';
import { componentUse } from './src/lecture/markdown/component-use.ts';
import { componentImports } from './src/lecture/markdown/components.ts';
import { headingIds } from './src/foundation/markup/heading-ids.ts';
import { shortCode } from './src/foundation/markup/short-code.ts';
import { scrollingTables } from './src/lecture/markdown/tables.ts';
import { thirdPartyNotices } from './src/site/licenses/integration.ts';
import { listings } from './src/running/listing/plugin.ts';
import { permalinks } from './src/sharing/permalinks/integration.ts';
import { placesModule } from './src/sharing/permalinks/places.ts';
import { buildConstants, courseAlias } from './src/foundation/course/build-constants.ts';
import { courseFolder, courseRoot } from './src/foundation/content/root.ts';
import { readSettings } from './src/foundation/course/settings.ts';
import { courseWorkloads } from './src/site/first-half/workloads.ts';
import { COLORS_MODULE, courseColors } from './src/site/colors.ts';
import { courseLogo } from './src/site/logo.ts';
import { questionBank } from './src/practice/quiz/bank/integration.ts';
import { questions } from './src/practice/quiz/plugin.ts';
import { contentSecurityPolicy } from './src/site/csp/integration.ts';
import { contentUnderEdit } from './src/site/rules/dev.ts';
import { offline } from './src/site/offline/integration.ts';
import { paintFirst } from './src/site/first-paint/integration.ts';
import { noGluedWords } from './src/site/page-checks/glued-words.ts';
import { noWaitingScripts } from './src/site/page-checks/waiting-scripts.ts';
import { searchPlaces } from './src/site/search/integration.ts';
import { sidebar } from './src/site/sidebar.ts';
import { updatesNotice } from './src/foundation/updates/integration.ts';
import { ENGINE_STYLES, engineStyleSheet } from './src/site/styles/engine-styles.ts';
import { noUnusedStyles, UNUSED_STYLES } from './src/site/styles/unused.ts';

const course = readSettings();
const engines = engineFiles(datasetScripts, courseWorkloads);

export default defineConfig({
  site: process.env.SITE ?? `https://${course.id}.example`,
  base: process.env.BASE ?? '/',
  outDir: process.env.OUT_DIR ?? './dist',
  // What Astro remembers of pages is of this course's.
  ...(courseFolder() !== '' && {
    cacheDir: `./.cache/astro${courseFolder().replace(/[^\w-]+/g, '-')}`,
  }),
  trailingSlash: 'always',
  prefetch: false,
  vite: {
    plugins: [editorAlone, placesModule(), courseColors()],
    define: buildConstants(),
    resolve: { alias: courseAlias() },
    css: { lightningcss: { unusedSymbols: [...UNUSED_STYLES] } },
    environments: {
      client: {
        build: {
          rolldownOptions: {
            output: {
              codeSplitting: {
                groups: [
                  {
                    // Small modules that the scripts of every page share: a file for each would be four
                    // requests, and four times the gzip of a hundred bytes.
                    name: 'shared',
                    test: /src\/(?:foundation\/(?:addresses\/(?:base|lasting|permalink)|markup\/normalized|page\/(?:idle|done)|sealed\/(?:open|seal)|updates\/updates)|practice\/record\/(?:record|schedule))\.ts$/,
                  },
                ],
              },
            },
          },
        },
      },
    },
  },
  markdown: {
    syntaxHighlight: false,
    processor: satteri({
      mdastPlugins: [
        safeAddresses,
        componentUse,
        componentImports,
        headingIds,
        scrollingTables,
        shortCode,
        diagrams,
        liveCells,
        listings,
        challenges,
        exercises,
        questions,
      ],
    }),
  },
  integrations: [
    engines,
    engineStyleSheet(),
    contentUnderEdit(),
    judgedChallenges(),
    judgedExercises(),
    // Starlight would add one that lists the answers as well.
    sitemap({ filter: (page) => !page.includes('/answers/') }),
    starlight({
      title: course.short,
      description: course.description,
      locales: { root: { label: course.language, lang: course.language } },
      expressiveCode: false,
      // The course has one of its own: src/pages/404.astro.
      disable404Route: true,
      markdown: { processedDirs: [join(courseRoot(), 'content')] },
      sidebar: sidebar(),
      customCss: ['./src/site/styles/site.css', ENGINE_STYLES, COLORS_MODULE],
      components: {
        Footer: './src/site/overrides/Footer.astro',
        PageSidebar: './src/site/overrides/PageSidebar.astro',
        PageTitle: './src/site/overrides/PageTitle.astro',
        Search: './src/site/overrides/Search.astro',
        Sidebar: './src/site/overrides/Sidebar.astro',
        ThemeProvider: './src/site/overrides/ThemeProvider.astro',
        ThemeSelect: './src/site/overrides/ThemeSelect.astro',
      },
    }),
    searchPlaces(),
    thirdPartyNotices(course, engines.sources),
    noUnusedStyles(),
    noGluedWords(),
    noWaitingScripts(),
    embeds(course.title),
    questionBank(),
    courseLogo(),
    paintFirst(),
    contentSecurityPolicy(),
    // Behind it: these pages bring a policy of their own, and no search or sitemap shall know them.
    permalinks(),
    updatesNotice(),
    // Last: it lists what the others wrote.
    offline(),
  ],
});
