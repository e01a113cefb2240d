import type { Fact } from '../../events/all-events.ts';

/**
 * The slots of which added facts free the order's place: cancelling and expiring do. A slot that is over by then
 * stays as it was: nobody can have its place any more, and its item may be gone.
 */
export function freedSlots(before: readonly Fact[], added: readonly Fact[]): string[] {
  const [placed] = [...before, ...added];
  if (placed?.name !== 'order.placed') return [];
  const { deliverySlot } = placed.data;
  if (deliverySlot === undefined) return [];
  return added.flatMap((fact) =>
    (fact.name === 'order.cancelled' || fact.name === 'order.expired') && fact.recordedAt < deliverySlot.to
      ? [deliverySlot.slotId]
      : [],
  );
}
