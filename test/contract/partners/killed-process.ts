import { startFast } from './sandbox.ts';

// A test starts this file in a separate process, and then kills the process.
const [, , dataDir = '', hooksBaseUrl = ''] = process.argv;
const partners = await startFast(hooksBaseUrl, { dataDir, pace: 1 });
process.send?.(partners.urls);
