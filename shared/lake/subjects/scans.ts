import { factIn } from '../fact-in.ts';
import { count, defineSubject, instant, text } from '../subject.ts';

/** What the carriers reported about the parcels. */
export const scans = defineSubject({
  name: 'scans',
  says: 'A scan of a parcel by its carrier.',
  columns: {
    order_id: text('The order.'),
    sequence: count('The number of the fact in its order.'),
    parcel_id: text('The parcel.'),
    status: text('Our status: in_transit, customs_hold, delivered …'),
    carrier_status: text("The carrier's own status."),
    scanned_at: instant('When the carrier scanned it, UTC.'),
    country: text('The country of the scan, if the carrier names it.'),
  },
  rowsOf: (record) => {
    const fact = factIn(record, 'parcel.scanned');
    if (fact === undefined) return [];
    const { parcelId, status, carrierStatus, scannedAt, place } = fact.data;
    return [
      {
        order_id: fact.orderId,
        sequence: fact.sequence,
        parcel_id: parcelId,
        status,
        carrier_status: carrierStatus,
        scanned_at: scannedAt,
        country: place.country,
      },
    ];
  },
});
