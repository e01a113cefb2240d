export { bookableSlot, type SlotBooking } from './book-slot.ts';
export { freedSlots } from './freed-slots.ts';
export { countHeld, type HoldToCount } from './held-slots.ts';
export { type HoldRefusal, holdSlot } from './hold-slot.ts';
export { listSlots, type SlotSearchRefusal } from './list-slots.ts';
export { decideWhenFull, emptySlot, type LiveHold, type Occupancy, settle } from './occupancy.ts';
export type { HoldOutcome, HoldRecord, SlotHold, SlotStore, ZoneStore } from './ports.ts';
export { slotToQuote } from './quotable-slot.ts';
export { slotIdSchema, slotView, slotViewSchema } from './slot.ts';
export { slotProblem } from './slot-problem.ts';
export { sweepSlots } from './sweep-slots.ts';
export {
  checkZone,
  type SlotZone,
  slotZoneSchema,
  withCanonicalPrefixes,
  zoneIdSchema,
  zoneShape,
} from './zone.ts';
