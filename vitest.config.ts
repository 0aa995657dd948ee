import { defineConfig } from 'vitest/config';

/** Unit tests stand beside the code they test; journeys (`e2e/`) are Playwright's. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'content/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
