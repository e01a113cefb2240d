import type { View } from './view.ts';

/** One order with what became of it. */
export const journeys: View = {
  name: 'journeys',
  says: 'An order with its payment, its customs and its delivery: one row for each order, and a time for each step.',
  sql: `
SELECT
  o.order_id, o.storefront_id, o.country, o.incoterm, o.currency, o.total_minor, o.parcels, o.occurred_at AS placed_at,
  e.authorised_at, e.screened_at, e.captured_at,
  coalesce(p.captured_minor, 0) AS captured_minor,
  coalesce(r.refunded_minor, 0) AS refunded_minor,
  e.declared_at, e.released_at, e.first_dispatched_at, e.last_dispatched_at, e.delivered_at, e.ended_at, e.ended_as
FROM orders o
LEFT JOIN (
  SELECT order_id,
    min(CASE WHEN name = 'payment.authorised' THEN occurred_at END) AS authorised_at,
    min(CASE WHEN name = 'screening.released' THEN occurred_at END) AS screened_at,
    min(CASE WHEN name = 'payment.captured' THEN occurred_at END) AS captured_at,
    min(CASE WHEN name = 'declaration.filed' THEN occurred_at END) AS declared_at,
    max(CASE WHEN name = 'declaration.released' THEN occurred_at END) AS released_at,
    min(CASE WHEN name = 'parcel.dispatched' THEN occurred_at END) AS first_dispatched_at,
    max(CASE WHEN name = 'parcel.dispatched' THEN occurred_at END) AS last_dispatched_at,
    min(CASE WHEN name = 'order.delivered' THEN occurred_at END) AS delivered_at,
    min(CASE WHEN name IN ('order.delivered', 'order.closed', 'order.cancelled', 'order.expired')
      THEN occurred_at END) AS ended_at,
    min(CASE WHEN name IN ('order.delivered', 'order.closed', 'order.cancelled', 'order.expired')
      THEN name END) AS ended_as
  FROM order_events GROUP BY order_id
) e ON e.order_id = o.order_id
LEFT JOIN (
  SELECT order_id, sum(amount_minor) AS captured_minor FROM payments WHERE event = 'captured' GROUP BY order_id
) p ON p.order_id = o.order_id
LEFT JOIN (
  SELECT order_id, sum(CASE WHEN event = 'paid' THEN amount_minor ELSE -back_minor END) AS refunded_minor
  FROM (
    SELECT s.order_id, s.event, s.amount_minor, paid.amount_minor AS back_minor
    FROM refunds s
    LEFT JOIN refunds paid ON paid.refund_id = s.refund_id AND paid.event = 'paid' AND s.event = 'failed'
    WHERE s.event = 'paid' OR paid.refund_id IS NOT NULL
  ) steps GROUP BY order_id
) r ON r.order_id = o.order_id`,
  columns: {
    order_id: 'VARCHAR',
    storefront_id: 'VARCHAR',
    country: 'VARCHAR',
    incoterm: 'VARCHAR',
    currency: 'VARCHAR',
    total_minor: 'BIGINT',
    parcels: 'INTEGER',
    placed_at: 'TIMESTAMP',
    authorised_at: 'TIMESTAMP',
    screened_at: 'TIMESTAMP',
    captured_at: 'TIMESTAMP',
    captured_minor: 'BIGINT',
    refunded_minor: 'BIGINT',
    declared_at: 'TIMESTAMP',
    released_at: 'TIMESTAMP',
    first_dispatched_at: 'TIMESTAMP',
    last_dispatched_at: 'TIMESTAMP',
    delivered_at: 'TIMESTAMP',
    ended_at: 'TIMESTAMP',
    ended_as: 'VARCHAR',
  },
};
