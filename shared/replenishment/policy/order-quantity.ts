import { type Money, money } from '../../kernel/money.ts';
import { expectedMoney } from './expected-money.ts';

/** The price of one unit of an order from a quantity on. The first one holds from one unit. */
export interface PriceBreak {
  readonly fromUnits: number;
  readonly unitPrice: Money;
}

/** What the size of an order costs. */
export interface OrderCosts {
  readonly demandPerDay: number;
  /** Of one order, whatever its size. */
  readonly orderCost: Money;
  /** Of the stock's value, for a year of 365 days: 0.2 is a fifth. */
  readonly holdingRatePerYear: number;
  /** Ascending; all in the currency of the order cost. */
  readonly breaks: readonly PriceBreak[];
}

/** A quantity with what it costs in a year of orders of that size. */
export interface CostedQuantity {
  readonly units: number;
  readonly unitPrice: Money;
  /** Purchases, orders and holding, a year, rounded once. */
  readonly yearlyCost: Money;
}

const DAYS = 365;

/**
 * The economic order quantity, `Q = sqrt(2 K D / h)`: F. W. Harris, "How Many Parts to Make at Once", 1913. Not whole.
 * Without holding cost it has no limit, and is infinite.
 */
export function economicOrderQuantity(
  { demandPerDay, orderCost, holdingRatePerYear }: Omit<OrderCosts, 'breaks'>,
  unitPrice: Money,
): number {
  const held = unitPrice.amountMinor * holdingRatePerYear;
  const ordered = 2 * orderCost.amountMinor * demandPerDay * DAYS;
  return ordered === 0 ? 0 : Math.sqrt(ordered / held);
}

/** What a year costs in orders of `units`: `D c + K D / Q + h c Q / 2`. `units` must be above zero. */
export function costOfQuantity(units: number, costs: OrderCosts): CostedQuantity {
  const unitPrice = priceAt(units, costs.breaks);
  const yearlyDemand = costs.demandPerDay * DAYS;
  const purchases = expectedMoney(unitPrice, yearlyDemand + (costs.holdingRatePerYear * units) / 2);
  const orders = expectedMoney(costs.orderCost, yearlyDemand / units);
  return {
    units,
    unitPrice,
    yearlyCost: money(purchases.amountMinor + orders.amountMinor, unitPrice.currency),
  };
}

/**
 * The whole quantity with the lowest cost among those that are possible: the economic quantity at each price, and the
 * quantity at which each lower price begins (all-units discounts: Hadley and Whitin, 1963, section 2-11). `fits` says
 * which quantity a wanted one becomes, by packs and minimums; quantities below `atLeast` are raised to it, those above
 * `atMost` are left out unless nothing else is possible.
 */
export function bestQuantity(
  costs: OrderCosts,
  limits: { readonly atLeast: number; readonly atMost: number; fits(units: number): number },
): CostedQuantity {
  const wanted = costs.breaks.flatMap(({ fromUnits, unitPrice }) => {
    const economic = economicOrderQuantity(costs, unitPrice);
    return [fromUnits, Number.isFinite(economic) ? Math.round(economic) : fromUnits];
  });
  const least = Math.max(1, limits.fits(Math.max(1, limits.atLeast)));
  const candidates = [...new Set([least, ...wanted.map((units) => limits.fits(Math.max(units, least)))])]
    .filter((units) => units === least || units <= limits.atMost)
    .map((units) => costOfQuantity(units, costs));
  return candidates.reduce((best, each) => {
    const less = each.yearlyCost.amountMinor - best.yearlyCost.amountMinor;
    return less < 0 || (less === 0 && each.units < best.units) ? each : best;
  });
}

/** The price of one unit in an order of that size; the first price below the first break. */
export function priceAt(units: number, breaks: readonly PriceBreak[]): Money {
  const reached = breaks.filter(({ fromUnits }) => fromUnits <= units).at(-1) ?? breaks[0];
  if (reached === undefined) throw new Error('a product has one price at least');
  return reached.unitPrice;
}
