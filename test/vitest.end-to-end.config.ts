import { defineConfig } from 'vitest/config';
import { SlowFirst } from './slow-first.ts';

/**
 * The whole backend from its synthesised stacks. Each file starts local clouds of its own, on free ports, and waits for
 * most of its time, so that two files run at a time. The stacks and functions are built once before.
 */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/end-to-end/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: SlowFirst },
    globalSetup: 'test/end-to-end/build-once.ts',
    testTimeout: 180_000,
    hookTimeout: 180_000,
    env: { TZ: 'UTC', LANG: 'C' },
  },
});
