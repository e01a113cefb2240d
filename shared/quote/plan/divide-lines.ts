import type { Warehouse } from '../../catalogue/index.ts';
import type { BasketLine } from '../basket.ts';
import type { Availability } from '../ports.ts';

type Line = Pick<BasketLine, 'lineId' | 'sku' | 'quantity'>;

/**
 * The quantities that a line is divided into when no sender has all of it: as few parts as possible, the largest first.
 * Undefined if it needs no dividing, or if all senders together lack units. Lines of one SKU share its stock, the
 * earlier ones first.
 */
export function partsOf<L extends Line>(
  lines: readonly L[],
  sendersOf: (line: L) => readonly Pick<Warehouse, 'warehouseId'>[],
  stock: Availability,
): (line: L) => number[] | undefined {
  const left = new Map([...stock].map(([sku, units]) => [sku, new Map(units)]));
  const parts = new Map(
    lines.map((line) => {
      const own = left.get(line.sku) ?? new Map<string, number>();
      return [line.lineId, divide(line, sendersOf(line), own)];
    }),
  );
  return ({ lineId }) => parts.get(lineId);
}

/** Subtracts the line's units from the remaining stock. */
function divide(
  { quantity }: Line,
  senders: readonly Pick<Warehouse, 'warehouseId'>[],
  left: Map<string, number>,
): number[] | undefined {
  const each = senders
    .map(({ warehouseId }) => ({ warehouseId, units: left.get(warehouseId) ?? 0 }))
    .filter(({ units }) => units > 0)
    .toSorted((a, b) => b.units - a.units);
  const take = (warehouseId: string, units: number) =>
    left.set(warehouseId, (left.get(warehouseId) ?? 0) - units);
  const whole = each.findLast(({ units }) => units >= quantity);
  if (whole !== undefined) {
    take(whole.warehouseId, quantity);
    return undefined;
  }
  if (each.reduce((all, { units }) => all + units, 0) < quantity) return undefined;
  const parts: number[] = [];
  let wanted = quantity;
  for (const { warehouseId, units } of each) {
    if (wanted === 0) break;
    const part = Math.min(units, wanted);
    take(warehouseId, part);
    parts.push(part);
    wanted -= part;
  }
  return parts;
}
