import type { Fact } from '../../events/all-events.ts';
import { defined } from '../kernel/defined.ts';
import { isReleasedSince } from './order-state.ts';
import type { Decided } from './timeline.ts';

/** The hold that stands for this reason, parcel and carton: none after somebody released the order. */
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
 * Holds the order for a person, unless it is held for this already. The reason is a code, never a value; of a parcel
 * of several cartons the tracking number says which one it is about.
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
