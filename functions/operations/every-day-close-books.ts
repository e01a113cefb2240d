import { reconcileDaily } from '../../shared/payment/settlement/index.ts';
import { countUsage } from '../../shared/runtime/count-usage.ts';
import { reconcileDailyDeps } from '../../shared/runtime/deps/reconciliation.ts';
import { usageDeps } from '../../shared/runtime/deps/usage.ts';
import { schedule } from '../../shared/runtime/schedule.ts';

const deps = () => ({ usage: usageDeps(), settlements: reconcileDailyDeps() });

export const handler = schedule(deps, async ({ usage, settlements }) => {
  // Both run, also if one of them fails.
  const [counted, reconciled] = await Promise.allSettled([countUsage(usage), reconcileDaily(settlements)]);
  if (counted.status === 'rejected') throw counted.reason;
  if (reconciled.status === 'rejected') throw reconciled.reason;
  // The run counts as failed, so that its alarm rings. The other providers were reconciled.
  if (reconciled.value.failed > 0)
    throw new Error(`${reconciled.value.failed} payment providers gave no answer`);
  return { ...counted.value, ...reconciled.value };
});
