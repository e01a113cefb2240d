import type { ReplenishmentSettings } from '../../catalogue/index.ts';
import type { Currency } from '../../kernel/currency.ts';
import { type MoneyJson, money, zero } from '../../kernel/money.ts';
import { type CalendarDate, dayAfter, type Instant } from '../../kernel/time.ts';
import type { SkuPlan } from '../explain/sku-plan.ts';
import type { DemandForecast } from '../policy/demand-over-days.ts';
import type { Proposal } from '../policy/propose.ts';
import { chooseSuppliers, type Need, type SupplierFacts } from '../purchasing/choose-suppliers.ts';
import type { PriceComparison } from '../purchasing/compare-prices.ts';
import type { DeliveryOutcome } from '../purchasing/scorecard.ts';
import { offerOf, type Supplier, type SupplierOffer } from '../purchasing/supplier.ts';

/** What is known of suppliers on the day of a run. */
export interface SupplyContext {
  /** The day of the plan, in the time zone of the merchant. */
  readonly day: CalendarDate;
  readonly now: Instant;
  readonly settings: ReplenishmentSettings;
  /** Those that sell each SKU. */
  readonly suppliersOf: (sku: string) => readonly Supplier[];
  readonly outcomesOf: (supplierId: string) => readonly DeliveryOutcome[];
  /** Prices in a currency, by the stored rates. */
  readonly pricesIn: (currency: Currency) => PriceComparison;
  /** Units of the SKU that were ordered from each supplier in the year before. */
  readonly orderedOf: (sku: string) => ReadonlyMap<string, number>;
}

/** Demand of a SKU at a site, and what it can sell now. */
export interface SkuDemand {
  readonly sku: string;
  readonly demand: DemandForecast;
  readonly available: number;
}

/** No supplier offers the SKU, or each that does is down, lacks a certificate, or has prices without a rate. */
export type NoSupplier = 'none' | 'all-left-out';

export const FOUR_WEEKS = 28;
const YEAR = 365;

/** The first day on which less than the mean demand is left; undefined if that is over a year away. */
export function runsOutOn({ demand, available }: SkuDemand, day: CalendarDate): CalendarDate | undefined {
  let [low, high] = [1, YEAR];
  if (demand(high).mean <= available) return undefined;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (demand(middle).mean > available) high = middle;
    else low = middle + 1;
  }
  return dayAfter(day, low - 1);
}

/** The supplier that would get a need of the next four weeks. */
export function bestSupplier(
  at: SkuDemand,
  context: SupplyContext,
): { readonly supplier: Supplier; readonly offer: SupplierOffer } | NoSupplier {
  const suppliers = context.suppliersOf(at.sku);
  if (suppliers.length === 0) return 'none';
  const need = needOf(at, Math.max(1, Math.ceil(at.demand(FOUR_WEEKS).mean)), context);
  const [best] = chooseSuppliers(need, {
    ...factsFor(at.sku, suppliers, context),
    suppliers: unlimited(suppliers),
  }).allotments;
  const supplier = suppliers.find(({ supplierId }) => supplierId === best?.supplierId);
  const offer = supplier === undefined ? undefined : offerOf(supplier, at.sku);
  return supplier === undefined || offer === undefined ? 'all-left-out' : { supplier, offer };
}

const unlimited = (suppliers: readonly Supplier[]): Supplier[] =>
  suppliers.map((supplier) => ({ ...supplier, shareLimitPercent: 100 }));

const needOf = (at: SkuDemand, units: number, { day }: SupplyContext): Need => ({
  ...{ sku: at.sku, units },
  needBy: runsOutOn(at, day) ?? dayAfter(day, YEAR),
});

/** Prices are compared in the currency of the first supplier by its code. */
function factsFor(
  sku: string,
  suppliers: readonly Supplier[],
  { now, outcomesOf, pricesIn, orderedOf }: SupplyContext,
): SupplierFacts {
  const [first] = suppliers;
  const currency = first === undefined ? undefined : offerOf(first, sku)?.prices[0]?.unitPrice.currency;
  return {
    ...{ suppliers, outcomesOf, now, unitsOrdered: orderedOf(sku) },
    comparable: currency === undefined ? () => undefined : pricesIn(currency).comparable,
  };
}

/** Prices and costs of an order from an offer, in the currency of its first price. */
export function costsOf(
  { prices }: SupplierOffer,
  { orderCost, holdingPercentPerYear }: ReplenishmentSettings,
) {
  const currency = (prices[0]?.unitPrice.currency ?? 'EUR') as Currency;
  return {
    orderCost: orderCost?.currency === currency ? money(orderCost.amount, currency) : zero(currency),
    holdingRatePerYear: holdingPercentPerYear / 100,
    breaks: prices.map(({ fromUnits, unitPrice }) => ({
      fromUnits,
      unitPrice: money(unitPrice.amount, unitPrice.currency),
    })),
  };
}

type Allotments = NonNullable<SkuPlan['from']>;

/** Whom the units are ordered from: all from the supplier of the plan, or several where a share is limited. */
export function allot(
  { units, supplierId, unitPrice }: Pick<Proposal, 'units' | 'supplierId' | 'unitPrice'>,
  at: SkuDemand,
  context: SupplyContext,
): Allotments {
  if (units === 0) return [];
  const suppliers = context.suppliersOf(at.sku);
  const own = suppliers.find((each) => each.supplierId === supplierId);
  if (own?.shareLimitPercent === 100)
    return [
      { supplierId, units, unitPrice: { amount: unitPrice.amountMinor, currency: unitPrice.currency } },
    ];
  const facts = factsFor(at.sku, suppliers, context);
  return chooseSuppliers(needOf(at, units, context), facts).allotments.map((each) => ({
    ...{ supplierId: each.supplierId, units: each.units, unitPrice: each.unitPrice },
  }));
}

/** What the units of several suppliers cost, in the currency of the first of them; undefined without a rate. */
export function costOfAllotments(from: Allotments, { pricesIn }: SupplyContext): MoneyJson | undefined {
  const [first] = from;
  if (first === undefined) return undefined;
  const { currency } = first.unitPrice;
  const { comparable } = pricesIn(currency);
  const costs = from.map(({ units, unitPrice }) =>
    comparable({ amount: units * unitPrice.amount, currency: unitPrice.currency }),
  );
  if (costs.some((cost) => cost === undefined)) return undefined;
  return { amount: costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0), currency };
}
