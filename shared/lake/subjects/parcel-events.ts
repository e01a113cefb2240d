import type { FactName } from '../../../events/all-events.ts';
import { factIn } from '../fact-in.ts';
import type { FactRecord } from '../record.ts';
import { defineSubject, instant, text, whole } from '../subject.ts';

/** The facts of parcels and of their dispatch orders, and what the table calls them. */
const events = {
  'parcel.booked': 'booked',
  'parcel.cleared': 'cleared',
  'parcel.packed': 'packed',
  'parcel.dispatched': 'dispatched',
  'parcel.delivered': 'delivered',
  'parcel.promise_broken': 'promise_broken',
  'parcel.closed': 'closed',
  'parcel.label_voided': 'label_voided',
  'parcel.undeclared': 'undeclared',
  'dispatch.requested': 'dispatch_requested',
  'dispatch.accepted': 'dispatch_accepted',
  'dispatch.short': 'dispatch_short',
  'dispatch.cancelled': 'dispatch_cancelled',
} as const satisfies Partial<Record<FactName, string>>;

type EventName = keyof typeof events;
const names = Object.keys(events) as EventName[];

/** What happened to the parcels, besides scans and declarations. */
export const parcelEvents = defineSubject({
  name: 'parcel_events',
  says: 'A step of a parcel, besides its scans and its declaration.',
  columns: {
    order_id: text('The order.'),
    parcel_id: text('The parcel.'),
    event: text(`The step: ${Object.values(events).join(', ')}.`),
    happened_at: instant(
      'When it happened by the partner: handed over, delivered. Otherwise occurred_at. UTC.',
    ),
    carrier: text('The carrier that was booked.'),
    service: text('The service that was booked.'),
    cost_minor: whole('What the labels cost.'),
    currency: text('The currency of the cost.'),
    weight_grams: whole('The weight that the warehouse measured.'),
    outcome: text('How a closed parcel ended: lost, returned or stopped.'),
    promised_by: instant('The promise that was broken, UTC.'),
  },
  rowsOf: (record) => {
    const fact = factIn(record, ...names);
    if (fact === undefined) return [];
    const booked = fact.name === 'parcel.booked' ? fact.data : undefined;
    return [
      {
        order_id: fact.orderId,
        parcel_id: fact.data.parcelId,
        event: events[fact.name],
        happened_at: happenedAt(fact) ?? fact.occurredAt,
        carrier: booked?.carrier,
        service: booked?.service,
        cost_minor: booked?.cost.amount,
        currency: booked?.cost.currency,
        weight_grams: fact.name === 'parcel.packed' ? fact.data.weightGrams : undefined,
        outcome: fact.name === 'parcel.closed' ? fact.data.outcome : undefined,
        promised_by: fact.name === 'parcel.promise_broken' ? fact.data.promisedBy : undefined,
      },
    ];
  },
});

function happenedAt(fact: FactRecord<EventName>): string | undefined {
  if (fact.name === 'parcel.dispatched') return fact.data.handedOverAt;
  if (fact.name === 'parcel.delivered' || fact.name === 'parcel.promise_broken') return fact.data.deliveredAt;
  return undefined;
}
