import type { NewFact } from '../../events/all-events.ts';
import { type Decided, deliveriesDue, orderEndDue } from '../../shared/timeline/index.ts';
import {
  booked,
  cleared,
  dispatched,
  dispatchRequested,
  otherParcelId,
  parcelId,
  paymentId,
  scanned,
  untilReleased,
} from './facts.ts';
import { timelineOf } from './timeline.ts';
import { forTwoParcels } from './two-parcels.ts';

const cash = {
  ...{ paymentId, method: 'cash-on-delivery', provider: 'cash-on-delivery' },
  ...({ isCash: true, captureAt: 'delivery' } as const),
};
export const labels = { [parcelId]: 'CASH1', [otherParcelId]: 'CASH2' } as const;

/** A released order of two parcels whose carrier collects 39.27 and 34.51: the second is within the customs union. */
export function untilCashReleased(): NewFact[] {
  return forTwoParcels(untilReleased()).map((fact) => {
    if (fact.name === 'order.placed') return { ...fact, data: { ...fact.data, payment: cash } };
    if (fact.name !== 'payment.started') return fact;
    return { ...fact, data: { ...fact.data, provider: cash.provider, providerPaymentId: paymentId } };
  });
}

/** Both parcels have left. */
export const untilCashSent = (): Decided[] => [
  ...untilCashReleased(),
  ...[parcelId, otherParcelId].flatMap((of) => [
    booked({ parcelId: of, trackingNumber: labels[of] ?? '' }),
    cleared({ parcelId: of }),
    dispatchRequested({ parcelId: of }),
    dispatched({ parcelId: of }),
  ]),
];

/** The facts with the delivery of a parcel, and what follows from it. */
export function deliver(facts: readonly Decided[], of: string): Decided[] {
  const arrived = scanned({
    ...{ parcelId: of, status: 'delivered', carrierStatus: 'delivered', scanId: `delivered-${of}` },
    scannedAt: '2026-11-26T09:00:00.000Z',
  });
  return [...facts, arrived, ...deliveriesDue(timelineOf(facts).facts, [arrived])];
}

/** The facts with a parcel that its consignee refused, that is back, and that a person closed. */
export function refuse(
  facts: readonly Decided[],
  of: string,
  outcome: 'returned' | 'lost' = 'returned',
): Decided[] {
  const back = scanned({
    ...{ parcelId: of, status: 'returned', carrierStatus: 'return_to_sender/refused', scanId: `back-${of}` },
  });
  const closed: NewFact = { name: 'parcel.closed', data: { parcelId: of, outcome, refund: 'none' } };
  return [...facts, back, closed, ...orderEndDue(timelineOf([...facts, back]).facts, [closed])];
}
