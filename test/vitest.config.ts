import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    exclude: ['test/end-to-end/**', 'node_modules/**'],
    pool: 'threads',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Clock, zone and locale of the machine must not matter.
    env: { TZ: 'UTC', LANG: 'C' },
  },
});
