import { defined } from '../../kernel/defined.ts';
import type { SkuPlan } from '../explain/sku-plan.ts';
import type { Forecast } from '../forecast/forecast.ts';
import { type Reason, reason } from '../policy/reasons.ts';
import { demandOf } from './forecast-demand.ts';
import type { StageOfSite } from './hubs/stage.ts';
import type { SiteHistory } from './site-history.ts';
import type { PlanContext, SiteToPlan } from './site-to-plan.ts';
import { FOUR_WEEKS, runsOutOn } from './supplier-of-site.ts';
import { whatToStop } from './what-to-stop.ts';

/** Names what should not be bought any more. */
export function withStop<Known extends Pick<SkuPlan, 'stop' | 'forecast' | 'stage'>>(
  known: Known,
  site: SiteToPlan,
  { settings: { historyDays, overstockDays } }: PlanContext,
): Known {
  const open = sumOf(site.open.map(({ ordered, received }) => Math.max(0, ordered - received)));
  const perDay = known.stage?.perDay ?? known.forecast?.perDay;
  const stop = whatToStop({ available: stockOf(site).available, open, perDay, historyDays, overstockDays });
  return stop === undefined ? known : { ...known, stop };
}

/** The stock without the units that were promised to other warehouses. */
export const stockOf = ({ stock, leaving = 0 }: SiteToPlan) => ({
  ...stock,
  available: stock.available - leaving,
});

/** What was sold, as a plan says it. */
export const soldOf = ({ firstDay, units, without, bulkUnits }: SiteHistory) => ({
  ...defined({ from: firstDay }),
  units: soldIn(units),
  lastFourWeeks: soldIn(units.slice(-FOUR_WEEKS)),
  daysWithoutStock: without.length,
  bulkUnits,
});

const soldIn = (units: readonly number[]): number => sumOf(units.filter((each) => each > 0));

/** The sum of figures. */
export const sumOf = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

/** What is known of a SKU at a site: forecast and stock, its place in a network, and when it runs out. */
export function figuresOf(site: SiteToPlan, forecast: Forecast | undefined, { day }: PlanContext) {
  const { stock, open, leaving = 0, stage, owed } = site;
  const arrivals = open.map(({ expectedAt }) => expectedAt.slice(0, 10)).toSorted();
  return {
    ...defined({ forecast: forecast === undefined ? undefined : forecastFigures(site, forecast) }),
    ...defined({ stage: stage === undefined ? undefined : stageFigures(stage, owed) }),
    stock: {
      ...{ available: stock.available, reserved: stock.reserved, quarantined: stock.quarantined },
      ...(leaving === 0 ? {} : { leaving }),
      open: sumOf(open.map(({ ordered, received }) => Math.max(0, ordered - received))),
      openOrderIds: open.map(({ orderId }) => orderId).toSorted(),
    },
    ...defined({
      runsOutOn:
        forecast === undefined
          ? undefined
          : runsOutOn(
              { sku: site.history.sku, demand: demandOf(forecast), available: stockOf(site).available },
              day,
            ),
      nextArrivalOn: arrivals[0],
    }),
  };
}

function forecastFigures({ signals = [], like }: SiteToPlan, forecast: Forecast) {
  const { method, version, error } = forecast;
  return {
    ...{ method, version, perDay: rounded(demandOf(forecast)(FOUR_WEEKS).mean / FOUR_WEEKS) },
    ...defined({ error: error.wape === undefined ? undefined : rounded(error.wape) }),
    ...(signals.length === 0 ? {} : { signals: signals.map(({ signalId }) => signalId) }),
    ...defined({ like }),
  };
}

const stageFigures = (
  { fedBy, feeds, serviceDays, inboundDays, netDays, safetyStock, reorderAt, demand }: StageOfSite,
  owed = 0,
): SkuPlan['stage'] => ({
  ...defined({ fedBy }),
  ...{ feeds: [...feeds], serviceDays, inboundDays, netDays },
  ...{ safetyStock: rounded(safetyStock), reorderAt: rounded(reorderAt) },
  perDay: rounded(demand(FOUR_WEEKS).mean / FOUR_WEEKS),
  ...(owed === 0 ? {} : { owed }),
});

const rounded = (figure: number): number => Math.round(figure * 1000) / 1000;

/** Open orders as the policy counts them. Units that a person sent from another warehouse are on their way too. */
export function openOrders({ stock: { inTransit }, open, into = [] }: SiteToPlan) {
  const byHand = Math.max(0, inTransit - sumOf(open.map(({ onTheWay }) => onTheWay)));
  const moved = sumOf(into.map(({ units }) => units));
  const more = (orderId: string, ordered: number, shipped: number) =>
    ordered === 0 ? [] : [{ orderId, ordered, shipped, received: 0, cancelled: 0 }];
  return [
    ...open.map(({ orderId, ordered, received, onTheWay }) => ({
      ...{ orderId, ordered, received, shipped: received + onTheWay, cancelled: 0 },
    })),
    ...more('transfers', byHand, byHand),
    ...more('transfers-of-the-run', moved, 0),
  ];
}

/** What the run moves, as a plan says it. */
export function movesOf({ into = [], stage }: SiteToPlan) {
  const transfers = into.map(({ unitCost, ...each }) => ({
    ...{ ...each, unitCost: { amount: unitCost.amountMinor, currency: unitCost.currency } },
  }));
  const reasons: Reason[] = into.map(({ fromWarehouseId, units, expectedOn }) => {
    const why =
      fromWarehouseId === stage?.fedBy
        ? `from its hub ${fromWarehouseId}`
        : `above the reorder point of ${fromWarehouseId}`;
    return reason('transfer', units, 'units', `${why}; there on ${expectedOn}`);
  });
  return { transfers, reasons };
}
