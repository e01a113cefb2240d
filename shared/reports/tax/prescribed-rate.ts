import type * as z from 'zod';
import { isEuMemberState } from '../../kernel/country.ts';
import type { Currency } from '../../kernel/currency.ts';
import { convert, inverse, type Money, ratioOf } from '../../kernel/money.ts';
import { isOfTheEcb, publicationDayFor } from '../tax-returns/euro-rates.ts';
import { lastDayOf, type Period } from '../tax-returns/period.ts';
import type { prescribedRates } from './tax-queries.ts';

type RateRow = z.infer<typeof prescribedRates.row>;

/** The table of rates at which an authority wants the amounts of a month. */
interface PrescribedTable {
  readonly kind: RateRow['kind'];
  /** The day of publication of daily rates, the month of monthly ones. */
  readonly of: string;
  readonly base: Currency;
}

/**
 * The table that an authority prescribes for the debts of a month; undefined where none is known here.
 *
 * - Returns of IOSS and of the Union scheme: the European Central Bank's rates of the last day of the month or of the
 *   quarter, or of its next publication (Directive 2006/112/EC, Art. 369u and 369h).
 * - Customs of the Union: the rates of the month (Regulation (EU) 2015/2447, Art. 146).
 * - Great Britain: the rates that HM Revenue & Customs publishes for the month (Taxation (Cross-border Trade) Act 2018,
 *   s. 16; VAT Notice 700, 7.7).
 */
export function prescribedTable(authority: string, month: Period): PrescribedTable | undefined {
  const [country = '', office = ''] = authority.split(':');
  if (office === 'ioss') return { kind: 'daily', of: publicationDayFor(lastDayOf(month)), base: 'EUR' };
  if (office === 'oss')
    return { kind: 'daily', of: publicationDayFor(lastDayOf(quarterOf(month))), base: 'EUR' };
  if (office === 'customs' && isEuMemberState(country))
    return { kind: 'eu-customs-month', of: month, base: 'EUR' };
  return country === 'GB' ? { kind: 'hmrc-month', of: month, base: 'GBP' } : undefined;
}

const quarterOf = (month: Period): Period =>
  `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;

/** Converts to the currency of a table, half up; undefined if the table is not stored or lacks the currency. */
export function atPrescribed(
  amount: Money,
  { kind, of, base }: PrescribedTable,
  rows: readonly RateRow[],
): Money | undefined {
  if (amount.currency === base) return amount;
  const found = rows.findLast(
    (row) =>
      row.kind === kind &&
      (kind === 'daily'
        ? row.published === of && isOfTheEcb({ base: row.base, source: row.source })
        : row.month === of) &&
      row.base === base &&
      row.currency === amount.currency,
  );
  return found === undefined ? undefined : convert(amount, base, inverse(ratioOf(found.rate)));
}
