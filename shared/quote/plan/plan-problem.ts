import type { Warehouse } from '../../catalogue/index.ts';
import type { Minimum, PlanProblem } from '../../planning/index.ts';
import type { BasketLine } from '../basket.ts';
import type { Availability } from '../ports.ts';
import type { CostingContext } from '../pricing-input.ts';
import { ConsignmentBounds } from './consignment-bounds.ts';
import type { ConsignmentCosting, ConsignmentOffer } from './cost-consignments.ts';

/** The search for a plan: which warehouse sends which line by which lane, lines and warehouses by their places. */
export function planProblemOf(
  context: CostingContext,
  lines: readonly BasketLine[],
  { warehouses, stock }: { readonly warehouses: readonly Warehouse[]; readonly stock: Availability },
  costing: ConsignmentCosting,
): PlanProblem<ConsignmentOffer> {
  const at = (index: number): Warehouse => {
    const warehouse = warehouses[index];
    if (warehouse === undefined) throw new Error(`there is no warehouse at ${index}`);
    return warehouse;
  };
  const isStocked = stockCheck(stock, warehouses, lines);
  const bounds = new ConsignmentBounds(context, lines, (warehouse) => costing.lanesOf(warehouse));
  const byLane = (warehouse: number, wanted: readonly number[], together?: readonly number[]) =>
    bounds.byLane(at(warehouse), wanted, together);
  return {
    lineCount: lines.length,
    warehouses: warehouses.map(({ address }) => ({ country: address.country })),
    canShip: (warehouse, wanted) => costing.lanesOf(at(warehouse)).length > 0 && isStocked(warehouse, wanted),
    offers: (warehouse, wanted, together) => costing.offers(at(warehouse), wanted, together),
    min: (...asked) => byLane(...asked).reduce(lesser, NEVER),
    minByLane: byLane,
    bandOf: (_country, together) => bounds.bandOf(together),
  };
}

const NEVER: Minimum = {
  costMinor: Number.POSITIVE_INFINITY,
  latestMs: Number.POSITIVE_INFINITY,
  carbonGrams: Number.POSITIVE_INFINITY,
};

const lesser = (a: Minimum, b: Minimum): Minimum => ({
  costMinor: Math.min(a.costMinor, b.costMinor),
  latestMs: Math.min(a.latestMs, b.latestMs),
  carbonGrams: Math.min(a.carbonGrams, b.carbonGrams),
});

/** Whether a warehouse has the lines together: lines of the same SKU are checked against their sum. */
function stockCheck(
  stock: Availability,
  warehouses: readonly Warehouse[],
  lines: readonly BasketLine[],
): (warehouse: number, wanted: readonly number[]) => boolean {
  const has = (warehouseId: string, sku: string, quantity: number) =>
    (stock.get(sku)?.get(warehouseId) ?? 0) >= quantity;
  const alone = warehouses.map(({ warehouseId }) =>
    lines.map(({ sku, quantity }) => has(warehouseId, sku, quantity)),
  );
  const skus = Map.groupBy(lines, ({ sku }) => sku);
  const repeats = lines.map(({ sku }) => (skus.get(sku)?.length ?? 0) > 1);
  return (warehouse, wanted) => {
    if (!wanted.every((line) => alone[warehouse]?.[line] === true)) return false;
    const units = new Map<string, number>();
    for (const index of wanted) {
      const line = lines[index];
      if (line !== undefined && repeats[index] === true)
        units.set(line.sku, (units.get(line.sku) ?? 0) + line.quantity);
    }
    const warehouseId = warehouses[warehouse]?.warehouseId ?? '';
    for (const [sku, quantity] of units) if (!has(warehouseId, sku, quantity)) return false;
    return true;
  };
}
