import type { RuleBook, SellerRegistrations } from '../../duties/index.ts';
import { type CalendarDate, dayMs, toInstant } from '../../kernel/time.ts';
import { convertAmount, lockRates, type RatesInUse } from '../../rates/index.ts';
import type { Pricing } from './transfers/lane-cost.ts';

/** Where the law, the registrations and the rates of a day are. */
interface PricingSources {
  readonly books: { current(): Promise<RuleBook> };
  readonly rates: { current(): Promise<RatesInUse | undefined> };
  readonly seller: () => Promise<SellerRegistrations | undefined>;
  readonly clock: () => Date;
}

/** By what moves of a day are priced. Rates that have expired convert nothing. */
export async function pricingOfDay(
  { books, rates, seller, clock }: PricingSources,
  date: CalendarDate,
): Promise<Pricing> {
  const [rules, registrations, current] = await Promise.all([books.current(), seller(), rates.current()]);
  const now = toInstant(clock());
  const lock = current === undefined ? undefined : lockRates(current, { now, lifetimeMs: dayMs });
  return {
    ...{ date, rules, seller: registrations ?? {} },
    convert: (amount, to) => {
      if (amount.currency === to) return amount;
      return lock?.ok === true ? convertAmount(lock.value, amount, to) : undefined;
    },
  };
}
