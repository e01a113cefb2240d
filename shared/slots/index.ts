export {
  bookableSlot,
  decideBooking,
  type SlotBooking,
} from './book-slot.ts';
export { slotNamed, slotsOn } from './calendar.ts';
export { freedSlots } from './freed-slots.ts';
export { decideHold, type HoldRefusal, holdSlot } from './hold-slot.ts';
export { listSlots, type SlotSearchRefusal } from './list-slots.ts';
export {
  decideWhenFull,
  emptySlot,
  expiredHolds,
  freePlaces,
  type LiveHold,
  type Occupancy,
  settle,
} from './occupancy.ts';
export type {
  HoldOutcome,
  HoldRecord,
  SlotHold,
  SlotStore,
  ZoneStore,
} from './ports.ts';
export { slotToQuote } from './quotable-slot.ts';
export {
  type Slot,
  slotIdSchema,
  slotView,
  slotViewSchema,
} from './slot.ts';
export { slotProblem } from './slot-problem.ts';
export { sweepSlots } from './sweep-slots.ts';
export { checkZone, type SlotZone, slotZoneSchema, zoneIdSchema, zoneShape } from './zone.ts';
