import * as z from 'zod';
import { lakeQuery, wholeCell } from '../lake/lake-report.ts';
import { rateDay, rateDayOf, sold, sumOf } from '../lake/sold-orders.ts';

/** What the parcels of sold orders cost the shopper, by destination, regime, scheme, currency and day of rates. */
export const parcelCosts = lakeQuery(
  {
    ...{ country: z.string(), regime: z.string(), scheme: z.string() },
    ...rateDay,
    ...{ parcels: wholeCell, goods: wholeCell, freight: wholeCell },
    ...{ duty: wholeCell, tax: wholeCell, fees: wholeCell, on_delivery: wholeCell },
  },
  (tables) => `
    WITH ${sold(tables)}
    SELECT o.country AS country, c.regime AS regime, c.scheme AS scheme, o.currency AS currency, ${rateDayOf},
      COUNT(DISTINCT c.parcel_id) AS parcels, ${sumOf('goods')} AS goods, ${sumOf('shipping')} AS freight,
      ${sumOf('duty')} AS duty, ${sumOf('tax')} AS tax, ${sumOf('fee')} AS fees,
      CAST(SUM(CASE WHEN c.collected_on_delivery THEN c.amount_minor ELSE 0 END) AS BIGINT) AS on_delivery
    FROM placed o
    JOIN ${tables.within('charges')} c ON c.order_id = o.order_id
    WHERE o.is_sold = 1
    GROUP BY o.country, c.regime, c.scheme, o.currency, o.rates_date, o.day
    ORDER BY o.country, c.regime, c.scheme, o.currency, o.rates_date, o.day`,
);
