import { compactInTime } from '../../lake/engine/compact-in-time.ts';
import { functionLimits } from '../../lake/engine/function-limits.ts';
import { readSettings } from '../settings.ts';
import { lakeFiles } from './lake-files.ts';

/** For making the tables of the lake. */
export const lakeTablesDeps = () => ({
  store: lakeFiles(),
  limits: functionLimits(readSettings().memoryMb()),
  clock: () => new Date(),
  compactInTime,
});
