import type { SkuPlan } from '../explain/sku-plan.ts';

/** A forecast below this many units a day is none: less than a unit in a year. */
const NO_DEMAND_A_DAY = 1 / 365;

/** What is known of a SKU at a site. */
interface StoppableSite {
  /** Units that can be sold there, those of them that were promised to other warehouses left out. */
  readonly available: number;
  /** Units of open orders that have not come. */
  readonly open: number;
  /** Mean units of a day; undefined where nothing was sold in the days that are read. */
  readonly perDay: number | undefined;
  readonly historyDays: number;
  readonly overstockDays: number;
}

/**
 * Why a SKU should not be bought any more, and its open orders may be cancelled: nothing of it was sold in the days
 * that are read, no demand is forecast, or what is there and on its way covers more days than the settings allow.
 * Undefined where there is nothing to stop. Pure.
 */
export function whatToStop({
  available,
  open,
  perDay,
  historyDays,
  overstockDays,
}: StoppableSite): SkuPlan['stop'] {
  const units = Math.max(0, available) + open;
  if (units === 0) return undefined;
  if (perDay === undefined)
    return {
      ...{ reason: 'not-sold', units },
      detail: `none of ${units} units there and on their way was sold in ${historyDays} days, or it is new`,
    };
  if (perDay < NO_DEMAND_A_DAY)
    return {
      ...{ reason: 'no-demand', units },
      detail: `no demand is expected for ${units} units there and on their way`,
    };
  const coverDays = Math.round(units / perDay);
  if (coverDays <= overstockDays) return undefined;
  return {
    ...{ reason: 'overstock', units, coverDays },
    detail: `${units} units there and on their way last for ${coverDays} days, more than ${overstockDays}`,
  };
}
