import type { ReconciliationRun, Reconciliations } from '../../shared/payment/settlement/index.ts';
import type { Difference } from '../../shared/payment/settlement/reconcile.ts';

/** Keeps differences and runs as the table does: each difference once, while it is open. */
export function createMemoryReconciliations(): Reconciliations & {
  readonly open: ReadonlyMap<string, Difference>;
  readonly runs: readonly ReconciliationRun[];
} {
  const open = new Map<string, Difference>();
  const runs: ReconciliationRun[] = [];
  const days = new Set<string>();
  const read = new Map<string, string>();
  return {
    open,
    runs,
    openIds: async () => new Set(open.keys()),
    keep: async (_provider, difference) => {
      const isNew = !open.has(difference.id);
      if (isNew) open.set(difference.id, difference);
      return isNew;
    },
    change: async (_provider, difference) => {
      if (open.has(difference.id)) open.set(difference.id, difference);
    },
    resolve: async (_provider, id) => {
      open.delete(id);
    },
    keepRun: async (run) => {
      runs.push(run);
    },
    latestRun: async (provider) => runs.findLast((run) => run.provider === provider)?.at,
    readUntil: async (provider) => read.get(provider),
    setReadUntil: async (provider, until) => {
      read.set(provider, until);
    },
    isDone: async (day) => days.has(day),
    setDone: async (day) => {
      days.add(day);
    },
  };
}
