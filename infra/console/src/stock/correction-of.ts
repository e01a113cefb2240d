import type { Schema } from '../api/client.ts';

/** What an operator corrects. A count is sent as the difference to what was on hand. */
export const KINDS = [
  { value: 'count', label: 'A count found another number' },
  { value: 'receive', label: 'Units came in without an order' },
  { value: 'write-off', label: 'Units are lost or broken' },
  { value: 'quarantine', label: 'Units must not be sold for now' },
  { value: 'release-from-quarantine', label: 'Units may be sold again' },
] as const;

export type Kind = (typeof KINDS)[number]['value'];
type Movement = Schema<'StockMovement'>;

interface Given {
  readonly kind: Kind;
  readonly sku: string;
  readonly warehouseId: string;
  /** The units as they were typed. */
  readonly typed: string;
  readonly reason: string;
  readonly position: Schema<'StockPosition'> | undefined;
}

const MAX_UNITS = 1_000_000;

/** Why the units can't be sent, for the person who typed them. */
export function wrongUnits({ kind, typed, position }: Given): string | undefined {
  if (!/^\d{1,7}$/.test(typed.trim()) || Number(typed) > MAX_UNITS) return 'Whole units, from 0 to 1,000,000';
  const units = Number(typed);
  if (kind === 'count' && units === (position?.onHand ?? 0)) return 'This number is on hand already';
  if (kind === 'count' && (position?.onHand ?? 0) - units > (position?.available ?? 0))
    return `Only ${position?.available ?? 0} are available; orders hold the others, or they are in quarantine`;
  if (kind !== 'count' && units === 0) return 'At least one unit';
  return undefined;
}

/** The movement that corrects the stock; undefined while a field is empty or wrong. */
export function movementOf(given: Given): Movement | undefined {
  const { kind, sku, warehouseId, typed, reason, position } = given;
  if (warehouseId === '' || wrongUnits(given) !== undefined) return undefined;
  const units = Number(typed);
  if (kind !== 'count') return { kind, sku, warehouseId, quantity: units };
  const text = reason.trim();
  if (text === '' || text.length > 200) return undefined;
  return { kind: 'adjust', sku, warehouseId, quantity: units - (position?.onHand ?? 0), reason: text };
}

/** What follows from it, in words. */
export function consequenceOf(given: Given): string {
  const { kind, typed, position, warehouseId } = given;
  const available = position?.available ?? 0;
  if (warehouseId === '' || wrongUnits(given) !== undefined)
    return 'The change is written to the ledger of stock with its reason, and storefronts see the new units at once.';
  const units = Number(typed);
  const change = kind === 'count' ? units - (position?.onHand ?? 0) : units;
  const sold = (after: number) =>
    `${after.toLocaleString()} can be sold afterwards${after <= 0 ? ', so that it is out of stock there' : ''}.`;
  switch (kind) {
    case 'count':
      return `On hand goes from ${position?.onHand ?? 0} to ${units}. The difference of ${change} is written off or added in the ledger of stock; reserved units stay with their orders. ${sold(available + change)}`;
    case 'receive':
      return `${units} units are added. ${sold(available + units)} No purchase order is marked as received: count a delivery at its order.`;
    case 'write-off':
      return `${units} units leave the stock finally. ${sold(available - units)}`;
    case 'quarantine':
      return `${units} units stay, and nobody can buy them. ${sold(available - units)}`;
    default:
      return `${units} units leave quarantine. ${sold(available + units)}`;
  }
}
