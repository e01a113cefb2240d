import { type Currency, currencies } from '../../../kernel/currency.ts';
import { lookUp } from '../../../kernel/look-up.ts';
import { type Money, parseMajor } from '../../../kernel/money.ts';
import type { EasyPostRate } from './answers.ts';

/** For each of our services, the carriers' services that may be used for it, in order of preference. */
export type ServiceTable = Readonly<
  Record<string, readonly { readonly carrier: string; readonly service: string }[]>
>;

interface PricedRate {
  readonly rate: EasyPostRate;
  readonly cost: Money;
  readonly days: number;
}

/**
 * Chooses the rate for one of our services. If the table in the settings contains the service, the table decides.
 * Otherwise `economy` is the cheapest rate, `express` is the fastest, and `standard` has the middle price. Undefined if
 * no rate fits.
 */
export function chooseRate(
  rates: readonly EasyPostRate[],
  service: string,
  table: ServiceTable,
): EasyPostRate | undefined {
  const named = lookUp(table, service);
  if (named !== undefined) {
    return named
      .map((one) => rates.find((rate) => rate.carrier === one.carrier && rate.service === one.service))
      .find((rate) => rate !== undefined);
  }
  const priced = rates.flatMap(priceRate).sort(byPrice);
  if (service === 'economy') return priced[0]?.rate;
  if (service === 'standard') return priced[Math.floor((priced.length - 1) / 2)]?.rate;
  if (service === 'express') return [...priced].sort((a, b) => a.days - b.days || byPrice(a, b))[0]?.rate;
  return undefined;
}

/** The exact cost of a rate. Undefined for an unknown currency or a fraction of a minor unit. */
export function costOf(rate: EasyPostRate): Money | undefined {
  const currency: Currency | undefined = currencies.find((one) => one === rate.currency);
  // EasyPost writes up to five decimals. The decimals after the currency's minor unit are zeros.
  const decimal = rate.rate.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  return currency === undefined ? undefined : parseMajor(decimal, currency);
}

function priceRate(rate: EasyPostRate): PricedRate[] {
  const cost = costOf(rate);
  const days = rate.delivery_days ?? rate.est_delivery_days ?? Number.MAX_SAFE_INTEGER;
  return cost === undefined ? [] : [{ rate, cost, days }];
}

/** Sorts by price, then by speed, then by name. All rates of an account are in one currency. */
function byPrice(a: PricedRate, b: PricedRate): number {
  const byName = `${a.rate.carrier} ${a.rate.service}` < `${b.rate.carrier} ${b.rate.service}` ? -1 : 1;
  return a.cost.amountMinor - b.cost.amountMinor || a.days - b.days || byName;
}
