import type { FactName } from './all-events.ts';

/**
 * The facts for which a function waits, as `triggers.ts` says it: the relay gets no others. Every function that writes
 * facts knows them, and none of these needs the whole table of triggers. A test compares the two.
 */
export const awaitedFacts: ReadonlySet<FactName> = new Set<FactName>([
  'intent.captured',
  'order.cancellation_requested',
  'order.cancelled',
  'order.expired',
  'parcel.booked',
  'parcel.cleared',
  'parcel.closed',
  'payment.authorised',
  'payment.captured',
  'payment.moved',
  'refund.requested',
  'screening.released',
]);
