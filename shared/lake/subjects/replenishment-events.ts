import { replenishmentFactDefinitions } from '../../../events/replenishment.ts';
import type { OtherRecord } from '../record.ts';
import { count, defineSubject, instant, text, whole } from '../subject.ts';

const names: ReadonlySet<string> = new Set(replenishmentFactDefinitions.map(({ name }) => name));

type ReplenishmentRecord = OtherRecord<(typeof replenishmentFactDefinitions)[number]['name']>;

/** Every step of purchase and transfer orders: lead times are the time between two of them. */
export const replenishmentEvents = defineSubject({
  name: 'replenishment_events',
  says: 'A step of a purchase order or a transfer order.',
  columns: {
    replenishment_order_id: text('The order.'),
    sequence: count('The number of the step, from 1.'),
    event: text('proposed, approved, sent, acknowledged, shipped, received, closed or cancelled.'),
    cause: text('Who caused it: operator, run, supplier or clock.'),
    notice_id: text('The delivery, of shipped and received.'),
    expected_at: instant('The arrival that was expected from then on, UTC.'),
    mode: text('How a delivery travels: sea, air, rail, road or parcel.'),
    port_of_arrival: text('The UN/LOCODE of the port where a delivery arrives.'),
    freight_minor: whole('The bill of the first leg of a delivery.'),
    freight_currency: text('The currency of that bill.'),
    days_late: count('Of received: whole days after the promised day; 0 if in time.'),
    open_units: count('Of closed: units that were ordered and not received.'),
  },
  rowsOf: (record) => {
    if (!names.has(record.name)) return [];
    const { name, data } = record as ReplenishmentRecord;
    return [
      {
        replenishment_order_id: data.replenishmentOrderId,
        sequence: data.sequence,
        event: name.slice('replenishment.'.length),
        cause: data.by,
        notice_id: 'noticeId' in data ? data.noticeId : undefined,
        expected_at: 'expectedAt' in data ? data.expectedAt : undefined,
        mode: 'leg' in data ? data.leg.mode : undefined,
        port_of_arrival: 'leg' in data ? data.leg.portOfArrival : undefined,
        freight_minor: 'leg' in data ? data.freight?.amount : undefined,
        freight_currency: 'leg' in data ? data.freight?.currency : undefined,
        days_late: 'daysLate' in data ? data.daysLate : undefined,
        open_units: 'openUnits' in data ? data.openUnits : undefined,
      },
    ];
  },
});
