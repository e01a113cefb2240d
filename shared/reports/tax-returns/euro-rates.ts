import { convert, inverse, type Money, ratioOf } from '../../kernel/money.ts';
import { type CalendarDate, dayAfter } from '../../kernel/time.ts';
import { type ExchangeRates, isEcbPublicationDay } from '../../rates/index.ts';

/** Whether a stored table is one of the European Central Bank's. */
export const isOfTheEcb = ({ base, source }: Pick<ExchangeRates, 'base' | 'source'>): boolean =>
  base === 'EUR' && /\b(European Central Bank|ECB)\b/i.test(source);

/** The amount in euro at the published rates, half up; undefined if its currency has no rate. */
export function inEuro(amount: Money, published: ExchangeRates | undefined): Money | undefined {
  if (amount.currency === 'EUR') return amount;
  const rate = published?.rates[amount.currency];
  return rate === undefined ? undefined : convert(amount, 'EUR', inverse(ratioOf(rate)));
}

/**
 * The day of the rates that convert a return: the last day of its period or, if the European Central Bank publishes
 * nothing on that day, the next day of publication (Directive 2006/112/EC, Art. 369h, 369u).
 */
export function publicationDayFor(lastDay: CalendarDate): CalendarDate {
  return isEcbPublicationDay(lastDay) ? lastDay : publicationDayFor(dayAfter(lastDay, 1));
}
