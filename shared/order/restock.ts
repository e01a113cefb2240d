import type { PlannedParcel } from '../timeline/index.ts';
import type { Closing } from './closing.ts';

export type RestockRefusal =
  | { readonly reason: 'restock-not-returned' }
  | { readonly reason: 'restock-unknown' | 'restock-twice' | 'restock-nothing'; readonly index: number }
  | { readonly reason: 'restock-too-many'; readonly index: number; readonly sent: number };

/** The reason why the counted units can't be put back. Undefined if they can. Only sent goods can come back. */
export function whyNotRestocked(
  { consignment }: PlannedParcel,
  { outcome, restock = [] }: Pick<Closing, 'outcome' | 'restock'>,
): RestockRefusal | undefined {
  if (restock.length > 0 && outcome !== 'returned') return { reason: 'restock-not-returned' };
  const sent = new Map<string, number>();
  for (const { sku, quantity } of consignment.lines) sent.set(sku, (sent.get(sku) ?? 0) + quantity);
  for (const [index, { sku, sellable, writtenOff }] of restock.entries()) {
    const units = sent.get(sku);
    if (units === undefined) return { reason: 'restock-unknown', index };
    if (restock.findIndex((other) => other.sku === sku) < index) return { reason: 'restock-twice', index };
    if (sellable + writtenOff === 0) return { reason: 'restock-nothing', index };
    if (sellable + writtenOff > units) return { reason: 'restock-too-many', index, sent: units };
  }
  return undefined;
}
