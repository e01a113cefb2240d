import * as z from 'zod';
import { type CalendarDate, dayAfter } from '../../../kernel/time.ts';
import { instantAt } from '../../../kernel/zoned-time.ts';
import { timestamp } from '../../../lake/views/join-days.ts';

/** For how many days after it was first stored a product is new. */
const NEW_DAYS = 90;

interface Asked {
  /** The day of the run and the first day that it reads, in the time zone of the merchant. */
  readonly day: CalendarDate;
  readonly firstDay: CalendarDate;
  readonly timeZone: string;
}

/**
 * The code of the Harmonised System of each product, and whether it was stored for the first time in the last ninety
 * days. A product that was stored before the lake began is known by its sales, and is not new.
 */
export function goodsQuery({ day, firstDay, timeZone }: Asked): string {
  const midnight = (date: CalendarDate) => timestamp(instantAt(timeZone, date, '00:00'));
  return `
  SELECT sku, LEFT(ARG_MAX(hs_code, occurred_at), 6) AS hs_code,
    COALESCE(MIN(stored_at) >= ${midnight(dayAfter(day, -NEW_DAYS))}, FALSE) AS is_new
  FROM (
    SELECT p.sku, p.hs_code, p.occurred_at, p.occurred_at AS stored_at FROM products p
    UNION ALL
    SELECT l.sku, l.hs_code, l.occurred_at, NULL AS stored_at FROM lines l
    WHERE l.occurred_at >= ${midnight(firstDay)}
  ) g
  WHERE hs_code IS NOT NULL
  GROUP BY sku`;
}

const cells = z.tuple([z.string(), z.string(), z.boolean()]);

/** What the goods of a run are. */
export interface GoodsOfRun {
  /** Six digits at most; undefined for a SKU that is not known. */
  readonly hsCodeOf: (sku: string) => string | undefined;
  readonly isNew: (sku: string) => boolean;
  /** Codes of the new products, each once. */
  readonly newCodes: ReadonlySet<string>;
}

/** Reads the rows of {@link goodsQuery}. Throws for a row that does not fit. */
export async function readGoods(rows: AsyncIterable<readonly unknown[]>): Promise<GoodsOfRun> {
  const codes = new Map<string, string>();
  const fresh = new Set<string>();
  const newCodes = new Set<string>();
  for await (const row of rows) {
    const [sku, hsCode, isNew] = cells.parse(row);
    codes.set(sku, hsCode);
    if (!isNew) continue;
    fresh.add(sku);
    newCodes.add(hsCode);
  }
  return { hsCodeOf: (sku) => codes.get(sku), isNew: (sku) => fresh.has(sku), newCodes };
}

/** Where the lake has no tables yet. */
export const NO_GOODS: GoodsOfRun = {
  hsCodeOf: () => undefined,
  isNew: () => false,
  newCodes: new Set(),
};
