import { type SkuPlan, skuPlanSchema } from '../explain/sku-plan.ts';
import { type RiskStore, type SupplyRisk, settleRisks, stockoutRisks } from '../inbound/supply-risks.ts';
import type { OpenOrder, OrderStore } from '../purchasing/ports.ts';
import type { RunDeps, RunFiles } from './ports.ts';

export interface StockoutDeps extends Pick<RunDeps, 'runs' | 'clock'> {
  readonly files: Pick<RunFiles, 'read'>;
  readonly orders: Pick<OrderStore, 'open'>;
  readonly risks: Pick<RiskStore, 'open' | 'raise' | 'end' | 'congestedPorts'>;
}

/**
 * Brings the early warnings in line with the plans of a run: a SKU that runs out before its next arrival is announced
 * once, as is a campaign whose stock is late. A warning that no plan gives any more ends by itself. Orders that the run
 * has placed count as arrivals. A repeat changes nothing. Throws where the stores do.
 */
export async function settleStockouts(
  { runs, files, orders, risks, clock }: StockoutDeps,
  folder: string,
): Promise<void> {
  const now = clock().toISOString();
  const [open, ports] = await Promise.all([orders.open(), risks.congestedPorts()]);
  const ordersAt = byPlace(open);
  const found: SupplyRisk[] = [];
  for (const { plansKey } of await runs.batches(folder))
    for (const line of await files.read(plansKey)) {
      const plan = skuPlanSchema.parse(line);
      found.push(...campaignRisks(plan));
      const { sku, warehouseId, forecast, stock } = plan;
      if (forecast === undefined || stock === undefined) continue;
      const supply = {
        ...{ sku, warehouseId, availableUnits: stock.available },
        dailyDemandMilli: Math.round(forecast.perDay * 1_000),
      };
      const own = ordersAt.get(nameOf(sku, warehouseId)) ?? [];
      found.push(...stockoutRisks([supply], own, ports, now));
    }
  await settleRisks({ risks }, found, ['runs-out', 'campaign-stock-late'], now);
}

/** A risk for each campaign whose stock is late. */
const campaignRisks = ({ sku, warehouseId, lateFor = [] }: SkuPlan): SupplyRisk[] =>
  lateFor.map(({ signalId, arriveBy, arrivesOn }) => ({
    riskKey: `campaign-stock-late#${signalId}#${sku}#${warehouseId}`,
    ...{ kind: 'campaign-stock-late' as const, signalId, sku, warehouseId, from: arriveBy },
    ...(arrivesOn === undefined ? {} : { nextArrivalAt: `${arrivesOn}T00:00:00.000Z` }),
  }));

const nameOf = (sku: string, warehouseId: string): string => `${sku}@${warehouseId}`;

/** The orders of each SKU and warehouse, so that no plan looks at all of them. */
function byPlace(orders: readonly OpenOrder[]): ReadonlyMap<string, readonly OpenOrder[]> {
  const found = new Map<string, OpenOrder[]>();
  for (const order of orders)
    for (const { sku } of order.state.lines) {
      const name = nameOf(sku, order.state.warehouseId);
      const own = found.get(name);
      if (own === undefined) found.set(name, [order]);
      else own.push(order);
    }
  return found;
}
