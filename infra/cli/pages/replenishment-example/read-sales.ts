import { readFileSync } from 'node:fs';
import type { CalendarDate } from '../../../../shared/kernel/time.ts';
import { dateOf, dayOf } from '../../../../shared/kernel/zoned-time.ts';

/** One order of the product. */
export interface ExampleSale {
  /** Moved by {@link MOVED_WEEKS}. */
  readonly day: CalendarDate;
  /** The number of the invoice. */
  readonly order: string;
  /** ISO 3166. */
  readonly country: string;
  readonly units: number;
}

/** The days are moved by whole weeks, so that Mondays stay Mondays: 2010-12-01 becomes 2026-01-07. */
export const MOVED_WEEKS = 788;

/**
 * The sales of article 22326 to the European Union from December 2010 to April 2011: all rows of the Online Retail data
 * set with this article, a quantity above zero, and no cancellation. Source: Daqing Chen, Online Retail, UCI Machine
 * Learning Repository (2015), doi 10.24432/C5BW33, CC BY 4.0. Several rows of an invoice are one order.
 */
export function exampleSales(): ExampleSale[] {
  const [, ...rows] = readFileSync(new URL('./sales.csv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  return rows.map((row) => {
    const [day = '', order = '', country = '', units] = row.split(',');
    return { day: dateOf(dayOf(day) + MOVED_WEEKS * 7), order, country, units: Number(units) };
  });
}
