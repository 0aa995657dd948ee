import { defineConfig } from 'vitest/config';
import { buildConstants, courseAlias } from './src/foundation/course/build-constants.ts';

/** Unit tests stand beside the code they test; journeys (`e2e/`) are Playwright's. */
export default defineConfig({
  define: buildConstants(),
  resolve: { alias: courseAlias() },
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'content/**/*.test.ts'],
    testTimeout: 30_000,
    // Files share their modules: to load them anew for each would be two fifths of the whole.
    isolate: false,
    // One fewer is its default, which on two processors is half.
    maxWorkers: '100%',
    // So what a test puts in a global's place is taken back.
    unstubGlobals: true,
    restoreMocks: true,
  },
});
