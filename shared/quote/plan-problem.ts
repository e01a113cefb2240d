import type { BasketLine } from './basket.ts';
import type { ConsignmentCosting, ConsignmentOffer, LeastFigures } from './cost-consignments.ts';
import type { Warehouse } from './network.ts';
import type { PlanProblem } from './plans/index.ts';
import type { Availability } from './ports.ts';

/** The search for a plan: which warehouse sends which line by which lane, lines and warehouses by their places. */
export function planProblemOf(
  lines: readonly BasketLine[],
  warehouses: readonly Warehouse[],
  stock: Availability,
  costing: ConsignmentCosting,
): PlanProblem<ConsignmentOffer> {
  const at = (index: number): Warehouse => {
    const warehouse = warehouses[index];
    if (warehouse === undefined) throw new Error(`there is no warehouse at ${index}`);
    return warehouse;
  };
  const least = warehouses.map((warehouse) => costing.least(warehouse));
  return {
    lineCount: lines.length,
    warehouses: warehouses.map(({ address }) => ({ country: address.country })),
    canShip: (warehouse, wanted) =>
      least[warehouse] !== undefined && suffices(stock, at(warehouse).warehouseId, wanted, lines),
    offers: (warehouse, wanted, together) => costing.offers(at(warehouse), wanted, together),
    least: (warehouse, wanted) => leastOf(least[warehouse], wanted, lines),
  };
}

/** What is never too much: freight by the weight of the goods, and each line's own duty and tax. */
function leastOf(figures: LeastFigures | undefined, wanted: readonly number[], lines: readonly BasketLine[]) {
  const none = { costMinor: Number.POSITIVE_INFINITY, latestMs: 0, carbonGrams: 0 };
  if (figures === undefined) return none;
  let grams = 0;
  let dueMinor = 0;
  for (const index of wanted) {
    const { unitWeightGrams = 0, quantity = 0 } = lines[index]?.toPack ?? {};
    grams += unitWeightGrams * quantity;
    dueMinor += figures.dueMinor(index);
  }
  return {
    costMinor: figures.freightMinor(grams) + dueMinor,
    latestMs: figures.latestMs,
    carbonGrams: figures.carbonGrams(grams),
  };
}

/** The same SKU on two lines is checked against the sum of both. */
function suffices(
  stock: Availability,
  warehouseId: string,
  wanted: readonly number[],
  lines: readonly BasketLine[],
): boolean {
  const units = new Map<string, number>();
  for (const index of wanted) {
    const line = lines[index];
    if (line !== undefined) units.set(line.sku, (units.get(line.sku) ?? 0) + line.quantity);
  }
  for (const [sku, quantity] of units) if ((stock.get(sku)?.get(warehouseId) ?? 0) < quantity) return false;
  return true;
}
