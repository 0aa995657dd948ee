/**
 * In `astro dev`: whatever is saved in `content/` shows at once, and every mistake is told in the terminal and over the
 * page, by the rules of `npm run check`. Astro itself watches the pages alone, and not what they are made of besides.
 */
import { join, sep } from 'node:path';
import type { AstroIntegration } from 'astro';
import type { HotPayload } from 'vite';
import type { AuthoringError } from '../../foundation/mistakes/authoring-error.ts';
import { courseRoot } from '../../foundation/content/root.ts';
import { checkCourse, lineOfMistake } from './check.ts';

/** Several files are saved at once when a branch is changed, in milliseconds. */
const TOGETHER = 150;

export function contentUnderEdit(): AstroIntegration {
  return {
    name: 'content-under-edit',
    hooks: {
      'astro:server:setup'({ server, logger }) {
        const folder = join(courseRoot(), 'content') + sep;
        server.watcher.add(folder);
        const { hot } = server.environments.client;
        /** What is told over a page; a page that is being loaded meanwhile hears it when it is there. */
        let told: HotPayload | null = null;
        hot.on('vite:client:connect', () => {
          if (told) hot.send(told);
        });
        let checks = 0;
        const tell = async (): Promise<void> => {
          const check = (checks += 1);
          told = null;
          try {
            const mistakes = await checkCourse();
            // Something was saved meanwhile.
            if (check !== checks) return;
            for (const mistake of mistakes) logger.error(lineOfMistake(mistake));
            told = overPage(mistakes);
            if (told) hot.send(told);
          } catch (error) {
            logger.error(
              `This is a bug of the site, not a mistake in your text. Please report it with these lines:\n${error instanceof Error ? error.stack : String(error)}`,
            );
          }
        };
        const show = (): void => {
          for (const environment of Object.values(server.environments)) {
            for (const module of environment.moduleGraph.idToModuleMap.values())
              if (/\.mdx|virtual:places|\?judged/.test(module.id ?? ''))
                environment.moduleGraph.invalidateModule(module);
            environment.hot.send({ type: 'full-reload' });
          }
        };
        let waiting: ReturnType<typeof setTimeout> | undefined;
        const changed = (file: string): void => {
          if (!file.startsWith(folder)) return;
          clearTimeout(waiting);
          waiting = setTimeout(() => {
            show();
            void tell();
          }, TOGETHER);
        };
        for (const event of ['add', 'change', 'unlink'] as const) server.watcher.on(event, changed);
        void tell();
      },
    },
  };
}

/** All mistakes, over the page, with the place of the first. */
function overPage(mistakes: readonly AuthoringError[]): HotPayload | null {
  const [first] = mistakes;
  if (!first) return null;
  const file = join(courseRoot(), first.file);
  return {
    type: 'error',
    err: {
      message: mistakes.map(lineOfMistake).join('\n\n'),
      stack: '',
      id: file,
      loc: { file, line: first.line, column: first.column },
    },
  };
}
