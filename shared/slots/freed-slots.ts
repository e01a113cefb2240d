import type { Fact } from '../../events/all-events.ts';

/**
 * The slots whose place new facts release: cancelling and expiring do. A slot in the past stays unchanged: nobody can
 * book its place any more, and its item may be deleted.
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
