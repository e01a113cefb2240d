import { dayMs, type Instant, later } from '../../kernel/time.ts';
import { areYetToCome, type ExchangeRates, exchangeRatesBodySchema } from '../exchange-rates.ts';
import type { RateTable, ReadFile } from '../published/rate-table.ts';

/** A published file could not be fetched or is not to be trusted. The message holds no secret. */
export class RatesNotFetched extends Error {
  override readonly name = 'RatesNotFetched';
}

/** A rate that no person has looked at may differ from the one before by this factor. */
const MAX_FACTOR = 1.4;
/** After so long, rates may have moved by any amount. */
const COMPARED_DAYS = 14;

/** The tables of a file, checked as an import by hand checks them. Throws {@link RatesNotFetched}. */
export function checkedTables(read: ReadFile<readonly RateTable[]>, now: Instant): ExchangeRates[] {
  if (!read.ok) {
    const [first] = read.errors;
    throw new RatesNotFetched(`the file has errors, the first in line ${first?.line}: ${first?.reason}`);
  }
  return read.value.map((table) => {
    const checked = exchangeRatesBodySchema.safeParse(table);
    if (!checked.success) throw new RatesNotFetched(`${table.id}: ${checked.error.issues[0]?.message}`);
    if (areYetToCome(checked.data, now)) throw new RatesNotFetched(`${table.id} is dated in the future`);
    return checked.data;
  });
}

/**
 * Throws {@link RatesNotFetched} if a rate moved so far since the stored table that a person should look at it first.
 * The person imports the file by hand.
 */
export function mustBePlausible(fetched: ExchangeRates, stored: ExchangeRates | undefined): void {
  if (stored === undefined || stored.base !== fetched.base) return;
  if (later(`${stored.date}T00:00:00.000Z`, COMPARED_DAYS * dayMs).slice(0, 10) < fetched.date) return;
  for (const [currency, rate] of Object.entries(fetched.rates)) {
    const before = Number(stored.rates[currency as keyof typeof stored.rates] ?? rate);
    const factor = Number(rate) / before;
    if (factor > MAX_FACTOR || factor < 1 / MAX_FACTOR)
      throw new RatesNotFetched(
        `the rate of ${currency} went from ${before} to ${rate}: import the file by hand if it is right`,
      );
  }
}
