import { type Clock, toInstant } from '../kernel/time.ts';
import type { SlotStore } from './ports.ts';

const MAX_AT_ONCE = 100;
const MAX_ROUNDS = 5;

/**
 * Removes expired holds from their slots. No request waits for it, because an expired hold does not count and its place
 * can be taken at once. It keeps the operators' counters correct, and the items small.
 */
export async function sweepSlots({
  slots,
  clock,
}: {
  readonly slots: Pick<SlotStore, 'due' | 'settle'>;
  readonly clock: Clock;
}): Promise<{ slotHoldsFreed: number }> {
  let freed = 0;
  const seen = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const now = toInstant(clock());
    const fresh = (await slots.due(now, MAX_AT_ONCE)).filter((slotId) => !seen.has(slotId));
    if (fresh.length === 0) break;
    for (const slotId of fresh) {
      seen.add(slotId);
      freed += await slots.settle(slotId, now);
    }
  }
  return { slotHoldsFreed: freed };
}
