import { defineConfig } from 'vitest/config';
import { SlowFirst } from './slow-first.ts';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    exclude: ['test/end-to-end/**', 'node_modules/**'],
    setupFiles: ['test/property-seed.ts'],
    pool: 'threads',
    // Both processors of the smallest machine that is supported. One worker took eight minutes.
    maxWorkers: 2,
    sequence: { sequencer: SlowFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Tests must not depend on the clock, time zone and locale of the machine.
    env: { TZ: 'UTC', LANG: 'C' },
  },
});
