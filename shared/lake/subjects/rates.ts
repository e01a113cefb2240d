import { date, defineSubject, text } from '../subject.ts';

/** The exchange rates that were stored. */
export const rates = defineSubject({
  name: 'rates',
  says: 'The rate of one currency in a table of exchange rates that was stored.',
  columns: {
    kind: text('The use: daily, additional, eu-customs-month or hmrc-month.'),
    date: date('The day of publication.'),
    month: text('The month that monthly rates are for, 2026-11.'),
    base: text('The currency whose one unit is priced.'),
    currency: text('The currency that it is priced in.'),
    rate: text('Units of the currency for one unit of the base, as an exact decimal.'),
    source: text('The publisher.'),
  },
  rowsOf: (record) => {
    if (record.name !== 'rates.stored') return [];
    const { kind, date: day, month, base, source, rates: stored } = record.data;
    return Object.entries(stored).map(([currency, rate]) => ({
      ...{ kind, date: day, month, base, source, currency, rate },
    }));
  },
});
