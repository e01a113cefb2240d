import { servingWarehouses, type Warehouse } from '../../catalogue/index.ts';
import { crossesCustomsBorder } from '../../kernel/country.ts';
import { type BasketLine, wantedOf } from '../basket.ts';
import type { Availability } from '../ports.ts';
import type { Plan } from './explain-plans.ts';

/**
 * The stock for planning with domestic goods first. If a warehouse in the destination's own customs territory has
 * enough of a SKU, by its own lanes or those of a warehouse below it, stock abroad counts as zero. Undefined if that
 * changes nothing.
 */
export function domesticStock(
  lines: readonly Pick<BasketLine, 'sku' | 'quantity'>[],
  warehouses: readonly Warehouse[],
  stock: Availability,
  country: string,
): Availability | undefined {
  const domestic = new Set(
    servingWarehouses(warehouses, country)
      .filter(({ address }) => !crossesCustomsBorder(address.country, country))
      .map(({ warehouseId }) => warehouseId),
  );
  const kept = new Map(stock);
  for (const { sku } of lines) {
    const wanted = wantedOf(lines, sku);
    const units = [...(stock.get(sku) ?? [])];
    const within = units.filter(([warehouseId]) => domestic.has(warehouseId));
    if (within.length < units.length && within.some(([, available]) => available >= wanted))
      kept.set(sku, new Map(within));
  }
  return [...kept].every(([sku, units]) => stock.get(sku) === units) ? undefined : kept;
}

/**
 * Prefers goods from the destination's own customs territory if that costs at most `premium` minor units more at the
 * door than the cheapest plan: then that plan comes first. `find` searches over another stock; it is called only if the
 * cheapest plan crosses a border without need.
 */
export function domesticFirst(
  plans: readonly Plan[],
  within: () => Availability | undefined,
  { country, premium }: { readonly country: string; readonly premium: () => number },
  find: (stock: Availability) => readonly Plan[],
): readonly Plan[] {
  const [cheapest] = plans;
  const crosses = cheapest?.shipments.some(({ offer }) =>
    crossesCustomsBorder(offer.warehouse.address.country, country),
  );
  const stock = crosses === true ? within() : undefined;
  if (cheapest === undefined || stock === undefined) return plans;
  const [domestic] = find(stock);
  const extraMinor = (domestic?.costMinor ?? Number.POSITIVE_INFINITY) - cheapest.costMinor;
  if (domestic === undefined || extraMinor > premium()) return plans;
  const label = extraMinor > 0 ? 'domestic' : 'cheapest';
  return [{ ...domestic, label }, ...plans];
}
