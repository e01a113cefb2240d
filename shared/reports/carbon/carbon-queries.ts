import * as z from 'zod';
import { lakeQuery, wholeCell } from '../lake/lake-report.ts';
import { sold } from '../lake/sold-orders.ts';

/** The parcels of sold orders by lane, with the carbon of those that have a figure. */
export const laneCarbon = lakeQuery(
  {
    ...{ warehouse: z.string(), country: z.string(), carrier: z.string(), service: z.string() },
    ...{ parcels: wholeCell, known: wholeCell, grams: wholeCell, weight: wholeCell },
  },
  (tables) => `
    WITH ${sold(tables)}
    SELECT p.warehouse_id AS warehouse, p.country AS country, p.carrier AS carrier, p.service AS service,
      COUNT(*) AS parcels, COUNT(p.carbon_grams) AS known,
      CAST(COALESCE(SUM(p.carbon_grams), 0) AS BIGINT) AS grams,
      CAST(COALESCE(SUM(CASE WHEN p.carbon_grams IS NOT NULL THEN p.gross_weight_grams END), 0) AS BIGINT) AS weight
    FROM placed o
    JOIN ${tables.within('parcels')} p ON p.order_id = o.order_id
    WHERE o.is_sold = 1
    GROUP BY p.warehouse_id, p.country, p.carrier, p.service
    ORDER BY p.warehouse_id, p.country, p.carrier, p.service`,
);

/** The carbon of these parcels by mode of transport, and that of their cartons. */
export const modeCarbon = lakeQuery(
  { mode: z.string(), grams: wholeCell, distance: wholeCell, legs: wholeCell },
  (tables) => `
    WITH ${sold(tables)}
    SELECT COALESCE(e.mode, e.part) AS mode, CAST(SUM(e.carbon_grams) AS BIGINT) AS grams,
      CAST(COALESCE(SUM(e.distance_km), 0) AS BIGINT) AS distance, COUNT(*) AS legs
    FROM placed o
    JOIN ${tables.within('emissions')} e ON e.order_id = o.order_id
    WHERE o.is_sold = 1
    GROUP BY COALESCE(e.mode, e.part)
    ORDER BY COALESCE(e.mode, e.part)`,
);
