import type { CallerLimits } from '../catalogue/index.ts';
import type { Availability } from './ports.ts';

/**
 * The most units of each SKU that a client may hold unpaid: its share of what can be sold now, where that is more than
 * a basket may have of it. Undefined if that is so for none. It is in the quote, because the order reads no stock
 * before it reserves.
 */
export function unpaidMostOf(
  stock: Availability,
  { unpaidShareOfSku, unitsOfOneSku }: Pick<CallerLimits, 'unpaidShareOfSku' | 'unitsOfOneSku'>,
): Readonly<Record<string, number>> | undefined {
  const shares = [...stock].flatMap(([sku, places]) => {
    const sellable = [...places.values()].reduce((all, units) => all + units, 0);
    const share = Math.floor((sellable * unpaidShareOfSku) / 100);
    return share > unitsOfOneSku ? [[sku, share] as const] : [];
  });
  return shares.length === 0 ? undefined : Object.fromEntries(shares);
}
