import { type CalendarDate, isCalendarDate } from '../../../shared/kernel/time.ts';
import type { OrderRow } from '../../../shared/replenishment/demand/demand-from-rows.ts';
import { checkRow } from '../replay/check-row.ts';
import { readRows } from '../replay/read-rows.ts';

/** What a file of sales says of the demand. */
export interface SalesRead {
  readonly rowsRead: number;
  /** Every row that sells goods, as one order of its invoice's number. */
  readonly orders: readonly OrderRow[];
  /** The number of rows that are no sale, by the code of the reason. */
  readonly leftOut: ReadonlyMap<string, number>;
}

/**
 * Reads the sales of files in the layout of the UCI Online Retail data set, as the replay does. Cancellations and
 * returns are left out and counted, and so are rows without a readable day. The days are those that the files name.
 * Throws BadFile or WrongLayout for a file that can't be read.
 */
export async function readSales(
  paths: readonly string[],
  onRow: () => void = () => undefined,
): Promise<SalesRead> {
  const orders: OrderRow[] = [];
  const leftOut = new Map<string, number>();
  const leave = (code: string) => leftOut.set(code, (leftOut.get(code) ?? 0) + 1);
  let rowsRead = 0;
  for (const path of paths) {
    for await (const reading of readRows(path)) {
      rowsRead += 1;
      onRow();
      if (reading.kind === 'malformed') {
        leave('malformed-row');
        continue;
      }
      const sale = checkRow(reading.row);
      const day = readDay(reading.row.invoiceDate);
      if (!sale.ok) leave(sale.error.reason);
      else if (day === undefined) leave('day-invalid');
      else {
        const { invoiceNo: orderId, sku, country: market, quantity: units } = sale.value;
        orders.push({ day, orderId, sku, market, units });
      }
    }
  }
  return { rowsRead, orders, leftOut };
}

/** The day of `12/1/10 8:26`, with two or four digits of the year, and of `2010-12-01 08:26`. */
function readDay(text: string): CalendarDate | undefined {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})(?!\d)/.exec(text);
  const [, month = '', day = '', year = ''] = american ?? [];
  const date =
    american === null
      ? text.slice(0, 10)
      : `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) ? date : undefined;
}
