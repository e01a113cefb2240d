import type { Fact } from '../../events/all-events.ts';
import { defined } from '../kernel/defined.ts';
import { type AttentionKey, attentionOf, keyOf, type ReasonState, reasonState } from './attention.ts';
import type { Decided } from './timeline.ts';

/**
 * The hold for this reason, parcel and carton, if nobody has released it and no fact has settled it. It counts as well
 * after a person has acknowledged it and after the order has ended, so that it is not raised again.
 */
export function activeHold(
  facts: readonly Fact[],
  reason: string,
  parcelId?: string,
  trackingNumber?: string,
): ReasonState | undefined {
  return activeReason(facts, { reason, ...defined({ parcelId, trackingNumber }) });
}

function activeReason(facts: readonly Fact[], key: AttentionKey): ReasonState | undefined {
  const hold = reasonState(facts, key);
  return hold?.endedBy === 'release' || hold?.endedBy === 'fact' ? undefined : hold;
}

/** Whether a person has to release the order before it goes on. */
export const isHeld = (facts: readonly Fact[]): boolean => attentionOf(facts).some(({ stops }) => stops);

/**
 * Holds the order for a person, unless it is already held for this reason. The reason is a code, never a value. The
 * tracking number names the carton of a parcel with several.
 */
export function holdOnce(
  facts: readonly Fact[],
  reason: string,
  parcelId?: string,
  trackingNumber?: string,
): Decided[] {
  return holdNamed(facts, { reason, ...defined({ parcelId, trackingNumber }) });
}

/** Like {@link holdOnce}, for a reason that also names its label or its dispatch order. */
export function holdNamed(facts: readonly Fact[], key: AttentionKey): Decided[] {
  return activeReason(facts, key) === undefined ? [{ name: 'order.held', data: keyOf(key) }] : [];
}
