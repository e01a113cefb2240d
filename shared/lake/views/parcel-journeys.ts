import type { View } from './view.ts';

/** One parcel with what became of it. */
export const parcelJourneys: View = {
  name: 'parcel_journeys',
  says: 'A parcel with its promise and a time for each step, one row for each parcel.',
  sql: `
SELECT
  p.order_id, p.parcel_id, p.storefront_id, p.country, p.warehouse_id, p.carrier, p.service, p.regime, p.scheme,
  p.occurred_at AS placed_at, p.promised_earliest, p.promised_latest, p.freight_minor, p.freight_currency,
  e.booked_at, d.filed_at, d.released_at, e.cleared_at, e.packed_at, e.dispatched_at, e.delivered_at,
  e.promise_broken_at, e.promised_by, e.closed_as, s.first_scanned_at
FROM parcels p
LEFT JOIN (
  SELECT parcel_id,
    min(CASE WHEN event = 'booked' THEN occurred_at END) AS booked_at,
    min(CASE WHEN event = 'cleared' THEN occurred_at END) AS cleared_at,
    min(CASE WHEN event = 'packed' THEN occurred_at END) AS packed_at,
    min(CASE WHEN event = 'dispatched' THEN happened_at END) AS dispatched_at,
    min(CASE WHEN event = 'delivered' THEN happened_at END) AS delivered_at,
    min(CASE WHEN event = 'promise_broken' THEN occurred_at END) AS promise_broken_at,
    min(CASE WHEN event = 'promise_broken' THEN promised_by END) AS promised_by,
    min(CASE WHEN event = 'closed' THEN outcome END) AS closed_as
  FROM parcel_events GROUP BY parcel_id
) e ON e.parcel_id = p.parcel_id
LEFT JOIN (
  SELECT parcel_id,
    min(CASE WHEN event = 'filed' THEN occurred_at END) AS filed_at,
    min(CASE WHEN event = 'released' THEN occurred_at END) AS released_at
  FROM declarations GROUP BY parcel_id
) d ON d.parcel_id = p.parcel_id
LEFT JOIN (SELECT parcel_id, min(scanned_at) AS first_scanned_at FROM scans GROUP BY parcel_id) s
  ON s.parcel_id = p.parcel_id`,
  columns: {
    order_id: 'VARCHAR',
    parcel_id: 'VARCHAR',
    storefront_id: 'VARCHAR',
    country: 'VARCHAR',
    warehouse_id: 'VARCHAR',
    carrier: 'VARCHAR',
    service: 'VARCHAR',
    regime: 'VARCHAR',
    scheme: 'VARCHAR',
    placed_at: 'TIMESTAMP',
    promised_earliest: 'TIMESTAMP',
    promised_latest: 'TIMESTAMP',
    freight_minor: 'BIGINT',
    freight_currency: 'VARCHAR',
    booked_at: 'TIMESTAMP',
    filed_at: 'TIMESTAMP',
    released_at: 'TIMESTAMP',
    cleared_at: 'TIMESTAMP',
    packed_at: 'TIMESTAMP',
    dispatched_at: 'TIMESTAMP',
    delivered_at: 'TIMESTAMP',
    promise_broken_at: 'TIMESTAMP',
    promised_by: 'TIMESTAMP',
    closed_as: 'VARCHAR',
    first_scanned_at: 'TIMESTAMP',
  },
};
