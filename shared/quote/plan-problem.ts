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
  const countries = warehouses.map(({ address }) => address.country);
  const isOnly = countries.map((country, index) =>
    countries.every((other, place) => place === index || other !== country || least[place] === undefined),
  );
  return {
    lineCount: lines.length,
    warehouses: warehouses.map(({ address }) => ({ country: address.country })),
    canShip: (warehouse, wanted) =>
      least[warehouse] !== undefined && suffices(stock, at(warehouse).warehouseId, wanted, lines),
    offers: (warehouse, wanted, together) => costing.offers(at(warehouse), wanted, together),
    least: (warehouse, wanted) => leastOf(least[warehouse], wanted, lines, isOnly[warehouse] === true),
  };
}

/** What is never too much: freight by the weight of the goods, and each line's own duty and tax. */
function leastOf(
  figures: LeastFigures | undefined,
  wanted: readonly number[],
  lines: readonly BasketLine[],
  isOnly: boolean,
) {
  const never = Number.POSITIVE_INFINITY;
  const none = { costMinor: never, latestMs: never, carbonGrams: never };
  if (figures === undefined) return none;
  let grams = 0;
  let total = 0;
  for (const index of wanted) {
    const line = lines[index];
    if (line === undefined) continue;
    grams += line.toPack.unitWeightGrams * line.toPack.quantity;
    total += line.goods.amountMinor;
  }
  const dueMinor = figures.dueMinor(wanted, total, isOnly);
  if (dueMinor === never) return none;
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
