import * as z from 'zod';
import { dayCell, lakeQuery, wholeCell } from '../lake/lake-report.ts';
import type { LakeTables } from '../lake/lake-tables.ts';

/** The rows of each hour of the period that were counted last. */
const lastCounted = ({ within, joinDays }: LakeTables) => `
  counted AS (
    SELECT u.occurred_at AS counted_hour, MAX(u.recorded_at) AS counted_at
    FROM ${within('usage_hours')} u
    GROUP BY u.occurred_at
  ),
  used AS (
    SELECT CAST(days.day AS VARCHAR) AS local_day, u.*
    FROM ${within('usage_hours')} u
    JOIN counted c ON c.counted_hour = u.occurred_at AND c.counted_at = u.recorded_at
    ${joinDays('u.occurred_at')}
  )`;

/** The units of each day, by unit and part. */
export const usedUnits = lakeQuery(
  { day: dayCell, unit: z.string(), part: z.string(), is_fixed: wholeCell, thousandths: wholeCell },
  (tables) => `
    WITH ${lastCounted(tables)}
    SELECT u.local_day AS day, u.unit AS unit, u.part AS part, CASE WHEN u.is_fixed THEN 1 ELSE 0 END AS is_fixed,
      CAST(SUM(u.thousandths) AS BIGINT) AS thousandths
    FROM used u
    GROUP BY u.local_day, u.unit, u.part, u.is_fixed
    ORDER BY u.local_day, u.unit, u.part, u.is_fixed`,
);

/** How many hours of the period were counted. */
export const countedHours = lakeQuery(
  { hours: wholeCell },
  (tables) => `
    WITH ${lastCounted(tables)}
    SELECT COUNT(DISTINCT u.occurred_at) AS hours FROM used u`,
);

/** The orders that were delivered on each day. */
export const deliveredOrders = lakeQuery(
  { day: dayCell, orders: wholeCell },
  ({ within, joinDays }) => `
    SELECT CAST(days.day AS VARCHAR) AS day, COUNT(DISTINCT e.order_id) AS orders
    FROM ${within('order_events')} e
    ${joinDays('e.occurred_at')}
    WHERE e.name = 'order.delivered'
    GROUP BY days.day
    ORDER BY days.day`,
);
