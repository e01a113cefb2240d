import { countUsage } from '../../shared/runtime/count-usage.ts';
import { usageDeps } from '../../shared/runtime/deps/usage.ts';
import { schedule } from '../../shared/runtime/schedule.ts';

export const handler = schedule(usageDeps, (deps) => countUsage(deps));
