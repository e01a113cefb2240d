import { eraseExpired } from '../../shared/privacy/index.ts';
import { eraseExpiredDeps } from '../../shared/runtime/deps/privacy.ts';
import { schedule } from '../../shared/runtime/schedule.ts';

export const handler = schedule(eraseExpiredDeps, async (deps) => {
  const outcome = await eraseExpired(deps);
  // The run counts as failed, so that its alarm rings. Everything else was erased.
  if (outcome.failed > 0) throw new Error(`${outcome.failed} orders were not erased`);
  return outcome;
});
