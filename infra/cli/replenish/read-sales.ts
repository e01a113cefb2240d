import { type CalendarDate, isCalendarDate } from '../../../shared/kernel/time.ts';
import type { OrderRow } from '../../../shared/replenishment/demand/demand-from-rows.ts';
import { checkRow } from '../replay/check-row.ts';
import { type RawRow, readRows } from '../replay/read-rows.ts';

/** What a file of sales says of the demand. */
export interface SalesRead {
  readonly rowsRead: number;
  /** Every row that sells goods, as one order of its invoice's number. */
  readonly orders: readonly OrderRow[];
  /** The number of rows that are no sale, by the code of the reason. */
  readonly leftOut: ReadonlyMap<string, number>;
}

/**
 * Reads the sales of files in the layout of the UCI Online Retail data set, as the replay does. A cancellation takes
 * its units from what the same customer ordered of the same SKU earlier on the same day: such an order was never
 * demand. A later cancellation is a return, and is left out and counted, as are rows without a readable day. The days
 * are those that the files name. Throws BadFile or WrongLayout for a file that can't be read.
 */
export async function readSales(
  paths: readonly string[],
  onRow: () => void = () => undefined,
): Promise<SalesRead> {
  const orders: OpenRow[] = [];
  const ofCustomers = new Map<string, OpenRow[]>();
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
      if (!sale.ok) {
        leave(sale.error.reason);
        if (sale.error.reason === 'cancellation' && day !== undefined) cancel(reading.row, day, ofCustomers);
      } else if (day === undefined) leave('day-invalid');
      else {
        const { invoiceNo: orderId, sku, country: market, quantity: units, customerId } = sale.value;
        const row = { day, orderId, sku, market, units };
        orders.push(row);
        if (customerId !== '') addTo(ofCustomers, keyOf(day, customerId, sku), row);
      }
    }
  }
  return { rowsRead, orders: orders.filter(({ units }) => units > 0), leftOut };
}

/** A row whose units a cancellation may take. */
interface OpenRow extends OrderRow {
  units: number;
}

const keyOf = (day: CalendarDate, customerId: string, sku: string): string => `${day} ${customerId} ${sku}`;

function addTo(rows: Map<string, OpenRow[]>, key: string, row: OpenRow): void {
  const own = rows.get(key);
  if (own === undefined) rows.set(key, [row]);
  else own.push(row);
}

/** Takes the units of a cancellation from the newest rows of that customer, SKU and day. */
function cancel(
  { customerId, stockCode, quantity }: RawRow,
  day: CalendarDate,
  rows: ReadonlyMap<string, OpenRow[]>,
): void {
  if (!/^-\d{1,9}$/.test(quantity)) return;
  let left = -Number(quantity);
  for (const row of rows.get(keyOf(day, customerId, stockCode.toUpperCase()))?.toReversed() ?? []) {
    const taken = Math.min(left, row.units);
    row.units -= taken;
    left -= taken;
  }
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
