import { startFast } from './sandbox.ts';

// Started by a test in a process of its own, which the test then kills.
const [, , dataDir = '', hooksBaseUrl = ''] = process.argv;
const partners = await startFast(hooksBaseUrl, { dataDir, pace: 1 });
process.send?.(partners.urls);
