import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceBasket, type QuoteRefusal } from '../../../shared/quote/index.ts';
import { type Network, pricingInputOf, randomNetworks, skuAt } from '../../builders/random-networks.ts';

type Warehouses = Network['warehouses'];

const soundLane = (service: Network['service']) =>
  ({ goesThere: true, service: service ?? 'standard', currency: 'EUR', maxWeightGrams: 30_000 }) as const;

const replaced = <Item>(items: readonly Item[], at: number, change: (item: Item) => Item): Item[] =>
  items.map((item, index) => (index === at ? change(item) : item));

/** The goods that a problem points at: those of a line of the request. */
const goodsAt = ({ lines }: Network, pointer: string): number =>
  lines[Number(pointer.split('/')[2])]?.sku ?? -1;

/** Gives the warehouses that pass a lane to the destination. */
const withLane = (network: Network, passes: (warehouse: Warehouses[number]) => boolean): Network => ({
  ...network,
  warehouses: network.warehouses.map((warehouse) =>
    passes(warehouse)
      ? { ...warehouse, active: true, lanes: [...warehouse.lanes, soundLane(network.service)] }
      : warehouse,
  ),
});

/** Mends what the refusal names, and nothing else. */
function mended(network: Network, { reason, problems }: QuoteRefusal): Network {
  const [{ pointer, detail } = { pointer: '', detail: '' }] = problems;
  switch (reason) {
    case 'not-in-stock':
      return problems.reduce<Network>((before, problem) => {
        const sku = goodsAt(before, problem.pointer);
        const wanted = before.lines.reduce((all, line) => all + (line.sku === sku ? line.quantity : 0), 0);
        const units = (stock: readonly number[]) => replaced(stock, sku, (have) => Math.max(have, wanted));
        return {
          ...before,
          warehouses: before.warehouses.map((each) => ({ ...each, stock: units(each.stock) })),
        };
      }, network);
    case 'no-lane': {
      if (pointer === '/destination/country') return withLane(network, () => true);
      const has = /from a warehouse that has (.+)$/.exec(detail)?.[1];
      if (has !== undefined)
        return withLane(network, ({ stock }) => stock.some((units, sku) => units > 0 && skuAt(sku) === has));
      const lanes = (warehouse: Warehouses[number]) =>
        warehouse.lanes.map((each) => ({ ...each, maxWeightGrams: 30_000 }));
      return { ...network, warehouses: network.warehouses.map((each) => ({ ...each, lanes: lanes(each) })) };
    }
    case 'unsupported-currency':
      expect(detail).toContain('AED');
      return { ...network, knowsDirham: true };
    case 'stale-rates':
      return { ...network, areRatesOld: false };
    case 'restricted-goods':
      return problems.reduce<Network>(
        (before, problem) => ({
          ...before,
          goods: replaced(before.goods, goodsAt(before, problem.pointer), (each) => ({
            ...each,
            hasPapers: true,
          })),
        }),
        network,
      );
    case 'unclassified':
      return {
        ...network,
        goods: replaced(network.goods, goodsAt(network, pointer), (each) => ({ ...each, hasCodes: true })),
      };
    case 'not-registered':
    case 'no-declarant':
      return { ...network, isRegistered: true };
    case 'carrier-down':
      return { ...network, downServices: [] };
    default:
      throw new Error(`nobody can mend ${reason}: ${detail}`);
  }
}

const refusalOf = (network: Network): QuoteRefusal | undefined => {
  const priced = priceBasket(pricingInputOf(network));
  return priced.ok ? undefined : priced.error;
};

/** The reasons of a network, one after another, each mended before the next is asked for. */
function reasonsUntilPriced(network: Network): string[] {
  const reasons: string[] = [];
  let refused = refusalOf(network);
  let at = network;
  while (refused !== undefined) {
    reasons.push(refused.reason);
    if (reasons.length > 20) throw new Error(`no end: ${reasons.join(', ')}`);
    const next = mended(at, refused);
    // What is named was really wrong, and to mend it changes the answer.
    expect(next, JSON.stringify(refused)).not.toEqual(at);
    const after = refusalOf(next);
    expect(after, JSON.stringify(next)).not.toEqual(refused);
    [at, refused] = [next, after];
  }
  return reasons;
}

describe('the reason of a refusal', () => {
  it('is one that lets the basket through once it is mended, or shows the next that holds', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(randomNetworks, (network) => {
        for (const reason of reasonsUntilPriced(network)) seen.set(reason, (seen.get(reason) ?? 0) + 1);
      }),
      { numRuns: Number(process.env.REFUSAL_RUNS ?? 1_000) },
    );
    // The networks have all kinds of faults.
    for (const reason of ['not-in-stock', 'no-lane', 'unsupported-currency', 'stale-rates', 'carrier-down'])
      expect(seen.get(reason), reason).toBeGreaterThan(0);
    for (const reason of ['restricted-goods', 'unclassified', 'not-registered'])
      expect(seen.get(reason) ?? 0, `${reason} in ${JSON.stringify([...seen])}`).toBeGreaterThan(0);
  });
});
