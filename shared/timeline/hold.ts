import type { Fact } from '../../events/all-events.ts';
import { defined } from '../kernel/defined.ts';
import { isReleasedSince } from './order-state.ts';
import type { Decided } from './timeline.ts';

/** The active hold for this reason, parcel and carton; undefined after somebody released the order. */
export function activeHold(
  facts: readonly Fact[],
  reason: string,
  parcelId?: string,
  trackingNumber?: string,
): Fact<'order.held'> | undefined {
  const held = facts.findLast(
    (fact): fact is Fact<'order.held'> =>
      fact.name === 'order.held' &&
      fact.data.reason === reason &&
      fact.data.parcelId === parcelId &&
      fact.data.trackingNumber === trackingNumber,
  );
  return held === undefined || isReleasedSince(facts, held.sequence) ? undefined : held;
}

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
  if (activeHold(facts, reason, parcelId, trackingNumber) !== undefined) return [];
  const about = {
    ...defined({ parcelId, trackingNumber }),
  };
  return [{ name: 'order.held', data: { reason, ...about } }];
}
