import type { CallerLimits } from '../catalogue/index.ts';
import type { Availability } from './ports.ts';

type ShareLimits = Pick<CallerLimits, 'unpaidShareOfSku' | 'unpaidShareOfSkuOfStorefront' | 'unitsOfOneSku'>;

/**
 * The most units of each SKU that a client may hold unpaid: its share of what can be sold now, where that is more than
 * a basket may have of it. Undefined if that is so for none. It is in the quote, because the order reads no stock
 * before it reserves.
 */
export function unpaidMostOf(
  stock: Availability,
  { unpaidShareOfSku, unitsOfOneSku }: ShareLimits,
): Readonly<Record<string, number>> | undefined {
  const shares = sharesOf(stock, unpaidShareOfSku).filter(([, share]) => share > unitsOfOneSku);
  return shares.length === 0 ? undefined : Object.fromEntries(shares);
}

/**
 * The most units of each SKU that the unpaid orders of the storefront may hold together: its share of what can be sold
 * now, and at least a basket. Undefined if the seller sets no such limit.
 */
export function unpaidMostOfStorefront(
  stock: Availability,
  { unpaidShareOfSkuOfStorefront: percent, unitsOfOneSku }: ShareLimits,
): Readonly<Record<string, number>> | undefined {
  if (percent === undefined) return undefined;
  return Object.fromEntries(
    sharesOf(stock, percent).map(([sku, share]) => [sku, Math.max(share, unitsOfOneSku)]),
  );
}

/** Each SKU with that share of its units that can be sold, rounded down. */
const sharesOf = (stock: Availability, percent: number): [string, number][] =>
  [...stock].map(([sku, places]) => {
    const sellable = [...places.values()].reduce((all, units) => all + units, 0);
    return [sku, Math.floor((sellable * percent) / 100)];
  });
