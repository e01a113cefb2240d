import type { Regime } from '../duties/index.ts';
import type { Currency } from '../kernel/currency.ts';
import { divide, type Money, money } from '../kernel/money.ts';
import type { CalendarDate, Instant } from '../kernel/time.ts';
import type { ExchangeRates, RatesInUse } from '../rates/index.ts';
import { convertAmount, customsRateFor, type FxLock, lockRates, type StaleRates } from '../rates/index.ts';
import { QUOTE_LIFETIME_MS } from './quote.ts';

/** A currency without a rate, or whose rate is too old: the basket can't be priced in it. */
export class NoRate extends Error {
  override readonly name = 'NoRate';
  readonly reason: 'unsupported-currency' | 'stale-rates';

  constructor(reason: NoRate['reason'], detail: string) {
    super(detail);
    this.reason = reason;
  }
}

export interface RatesGiven {
  readonly exchangeRates: RatesInUse | undefined;
  /** The customs authorities' tables of the month. */
  readonly customsRates: readonly ExchangeRates[];
  readonly spreadBasisPoints: number | undefined;
  readonly now: Instant;
  /** The destination's calendar date. */
  readonly date: CalendarDate;
}

/** The exchange rates of one quote, and which of them it used. Conversions throw {@link NoRate} without one. */
export class QuoteRates {
  readonly lock: FxLock | undefined;
  readonly #stale: StaleRates | undefined;
  readonly #used = new Map<string, string>();
  readonly #customsRates = new Set<string>();
  readonly #forCustoms: ReturnType<typeof customsRateFor>;

  constructor({ code }: Regime, { exchangeRates, customsRates, spreadBasisPoints, now, date }: RatesGiven) {
    const locked =
      exchangeRates === undefined
        ? undefined
        : lockRates(exchangeRates, { now, lifetimeMs: QUOTE_LIFETIME_MS, spreadBasisPoints });
    this.lock = locked?.ok === true ? locked.value : undefined;
    this.#stale = locked?.ok === false ? locked.error : undefined;
    this.#forCustoms = customsRateFor(code, date, { locked: this.lock, customs: customsRates });
  }

  /** At the locked rate, half up. */
  readonly convert = (amount: Money, to: Currency): Money => {
    if (amount.currency === to) return amount;
    const converted = this.lock === undefined ? undefined : convertAmount(this.lock, amount, to);
    if (converted === undefined) throw this.noRate(amount.currency, to);
    this.use(amount.currency, to);
    return converted;
  };

  /** As the destination's customs convert values, half up. */
  readonly convertForCustoms = (amount: Money, to: Currency): Money => {
    if (amount.currency === to) return amount;
    const converted = this.#forCustoms(amount, to);
    if (converted === undefined) throw this.noRate(amount.currency, to);
    if (converted.customsRate === 'locked') this.use(amount.currency, to);
    this.#customsRates.add(converted.customsRate);
    return converted.amount;
  };

  use(...currencies: readonly Currency[]): void {
    for (const currency of currencies) {
      const published = this.lock?.rates[currency];
      if (published !== undefined) this.#used.set(currency, published);
    }
  }

  /** Whether an amount can be converted at the locked rate. */
  canConvert(from: Currency, to: Currency): boolean {
    return (
      from === to || (this.lock !== undefined && convertAmount(this.lock, money(0, from), to) !== undefined)
    );
  }

  /** Whether customs' conversion has a rate from the one to the other. */
  canConvertForCustoms(from: Currency, to: Currency): boolean {
    return this.#forCustoms(money(0, from), to) !== undefined;
  }

  /** How many minor units of the one currency a minor unit of the other comes to, rounded up: at least one. */
  unitsFor(from: Currency, to: Currency): number {
    const { amountMinor } = this.convertForCustoms(money(1_000, from), to);
    return Math.max(1, Number(divide(BigInt(amountMinor), 1_000n, 'up')));
  }

  noRate(from: Currency, to: Currency): NoRate {
    return this.#stale === undefined
      ? new NoRate('unsupported-currency', `there is no exchange rate from ${from} to ${to}`)
      : new NoRate('stale-rates', this.#stale.detail);
  }

  /** The lock as the quote stores it, with only the rates that were used; absent if none was. */
  asKept() {
    const customs = [...this.#customsRates].toSorted().join(', ');
    if (this.lock === undefined || (this.#used.size === 0 && customs === '')) return {};
    const { rates: _all, others = {}, ...lock } = this.lock;
    const used = Object.entries(others).filter(([currency]) => this.#used.has(currency));
    return {
      exchangeRates: {
        ...lock,
        used: Object.fromEntries(this.#used),
        ...(used.length === 0 ? {} : { others: Object.fromEntries(used) }),
        ...(customs === '' ? {} : { customsRate: customs }),
      },
    };
  }
}
