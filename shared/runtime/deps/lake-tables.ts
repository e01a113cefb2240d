import { s3Store } from '../../aws/lake/s3-store.ts';
import { compactInTime } from '../../lake/engine/compact-in-time.ts';
import { functionLimits } from '../../lake/engine/function-limits.ts';
import { readSettings } from '../settings.ts';

/** For making the tables of the lake. */
export const lakeTablesDeps = () => ({
  store: s3Store(readSettings().lakeBucket()),
  limits: functionLimits(readSettings().memoryMb()),
  clock: () => new Date(),
  compactInTime,
});
