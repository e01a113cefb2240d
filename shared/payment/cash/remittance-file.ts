import { subtract, zero } from '../../kernel/money.ts';
import { isCalendarDate } from '../../kernel/time.ts';
import type { SettlementFile, SettlementLine } from '../settlement-row.ts';
import { readMajor, readTable, Unreadable } from '../settlement-table.ts';

/** The names under which carriers have a column, in small letters. */
const names = {
  'tracking number': ['tracking number', 'tracking_number', 'tracking code', 'awb', 'awb number', 'waybill'],
  amount: ['amount', 'cod amount', 'cod_amount', 'collected amount'],
  currency: ['currency', 'cod currency', 'cod_currency'],
  fee: ['fee', 'cod fee', 'cod_fee', 'cod charges'],
  date: ['date', 'remittance date', 'remittance_date'],
  remittance: ['remittance', 'remittance id', 'remittance_id', 'remittance number', 'utr'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
type Column = keyof typeof names;

const required: readonly Column[] = ['tracking number', 'amount', 'currency', 'fee', 'date'];

/**
 * A carrier's remittance of the cash that it collected: a line for each label. Carriers do not publish the columns of
 * theirs, so that this layout is ours, and has several names for a column. Other columns are left out. A line is named
 * by its remittance and tracking number, and by its place among the lines of one label there: so a file that comes
 * again says the same, and a label that is paid twice has two lines. Without a column for the remittance, its date
 * names it. The date is that of the payment to our bank, in the carrier's zone.
 */
export const remittanceFile: SettlementFile = {
  format: 'CSV with tracking number, amount, currency, fee, date and perhaps remittance',
  read(lines) {
    const times = new Map<string, number>();
    return readTable<Column>(renamed(lines), required, (cell) => {
      const reference = cell('tracking number');
      if (reference === '') throw new Unreadable('tracking number: it is empty');
      const date = cell('date');
      if (!isCalendarDate(date)) throw new Unreadable(`date: ${JSON.stringify(date)} is not a date`);
      const gross = readMajor('amount', cell('amount'), cell('currency'));
      const fee = readMajor('fee', cell('fee'), cell('currency'));
      const payoutId = cell('remittance') === '' ? date : cell('remittance');
      const name = `${payoutId}:${reference}`;
      const time = (times.get(name) ?? 0) + 1;
      times.set(name, time);
      // Carriers also take a fee for a parcel that was refused: no money was collected for it.
      const kind = gross.amountMinor === 0 ? 'fee' : 'payment';
      return {
        ...{ rowId: time === 1 ? name : `${name}:${time}`, kind, reference, payoutId },
        ...{ gross, fee, held: zero(gross.currency), net: subtract(gross, fee) },
        at: `${date}T00:00:00.000Z`,
      };
    });
  },
};

/** The lines with our names of the columns in the first one. */
function renamed([header, ...others]: readonly SettlementLine[]): readonly SettlementLine[] {
  if (header === undefined) return [];
  const cells = header.cells.map((cell) => {
    const title = cell.trim().toLowerCase();
    const known = Object.entries(names).find(([, all]) => (all as readonly string[]).includes(title));
    return known?.[0] ?? cell;
  });
  return [{ ...header, cells }, ...others];
}
