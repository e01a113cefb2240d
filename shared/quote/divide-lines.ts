import type { BasketLine } from './basket.ts';
import type { Warehouse } from './network.ts';
import type { Availability } from './ports.ts';

/**
 * Into which quantities a line is divided where no warehouse that serves the destination has all of it: as few as can
 * be, the largest first. Undefined where it needs no dividing, or where all of them together have not enough.
 */
export function partsOf(
  { sku, quantity }: Pick<BasketLine, 'sku' | 'quantity'>,
  serving: readonly Pick<Warehouse, 'warehouseId'>[],
  stock: Availability,
): number[] | undefined {
  const available = serving
    .map(({ warehouseId }) => stock.get(sku)?.get(warehouseId) ?? 0)
    .toSorted((a, b) => b - a);
  if ((available[0] ?? 0) >= quantity) return undefined;
  const parts: number[] = [];
  let left = quantity;
  for (const units of available) {
    if (left === 0 || units <= 0) break;
    const part = Math.min(units, left);
    parts.push(part);
    left -= part;
  }
  return left === 0 ? parts : undefined;
}
