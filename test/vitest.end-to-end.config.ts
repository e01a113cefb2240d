import { defineConfig } from 'vitest/config';

/** The whole backend from its synthesised stacks: the files run in turn, because each starts a local cloud. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/end-to-end/**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    env: { TZ: 'UTC', LANG: 'C' },
  },
});
