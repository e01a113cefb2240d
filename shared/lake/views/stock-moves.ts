import type { View } from './view.ts';

/**
 * All movements of stock, also those that follow from facts which name no goods. Only goods that came back are joined
 * with their parcels: a join of all movements would keep every parcel in memory.
 */
export const stockMoves: View = {
  name: 'stock_moves',
  says: 'A count of stock that changed: by hand, and by what orders reserve, release, ship and bring back.',
  sql: `
SELECT occurred_at, day, sku, warehouse_id, kind, state, units, order_id, parcel_id, key
FROM stock_movements WHERE warehouse_id IS NOT NULL
UNION ALL
SELECT m.occurred_at, m.day, m.sku, p.warehouse_id, m.kind, m.state, m.units, m.order_id, m.parcel_id, m.key
FROM (SELECT * FROM stock_movements WHERE warehouse_id IS NULL) m
LEFT JOIN parcels p ON p.parcel_id = m.parcel_id
UNION ALL
SELECT e.occurred_at, e.day, l.sku, l.warehouse_id, 'ship' AS kind, s.state, s.sign * l.quantity AS units,
  e.order_id, e.parcel_id, NULL AS key
FROM parcel_events e
JOIN lines l ON l.parcel_id = e.parcel_id
CROSS JOIN (VALUES ('reserved', -1), ('on_hand', -1), ('shipped', 1)) AS s (state, sign)
WHERE e.event = 'dispatched'
UNION ALL
SELECT r.occurred_at, r.day, l.sku, l.warehouse_id, 'release' AS kind, s.state, s.sign * l.quantity AS units,
  l.order_id, l.parcel_id, NULL AS key
FROM (
  SELECT x.order_id, p.parcel_id, x.occurred_at, x.day
  FROM order_events x
  JOIN parcels p ON p.order_id = x.order_id
  WHERE x.name IN ('order.cancelled', 'order.expired') AND p.parcel_id NOT IN (
    SELECT parcel_id FROM parcel_events WHERE event IN ('dispatched', 'closed')
  )
  UNION ALL
  SELECT order_id, parcel_id, occurred_at, day FROM parcel_events WHERE event = 'closed' AND outcome = 'stopped'
) r
JOIN lines l ON l.parcel_id = r.parcel_id
CROSS JOIN (VALUES ('available', 1), ('reserved', -1)) AS s (state, sign)`,
  columns: {
    occurred_at: 'TIMESTAMP',
    day: 'DATE',
    sku: 'VARCHAR',
    warehouse_id: 'VARCHAR',
    kind: 'VARCHAR',
    state: 'VARCHAR',
    units: 'INTEGER',
    order_id: 'VARCHAR',
    parcel_id: 'VARCHAR',
    key: 'VARCHAR',
  },
};
