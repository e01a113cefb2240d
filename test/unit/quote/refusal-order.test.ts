import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceBasket, type QuoteRefusal } from '../../../shared/quote/index.ts';
import {
  customsCurrencyIn,
  type Network,
  pricingInputOf,
  randomNetworks,
  skuAt,
} from '../../builders/random-networks.ts';

type Warehouses = Network['warehouses'];

const soundLane = (service: Network['service']) =>
  ({ goesThere: true, service: service ?? 'standard', currency: 'EUR', maxWeightGrams: 30_000 }) as const;

const replaced = <Item>(items: readonly Item[], at: number, change: (item: Item) => Item): Item[] =>
  items.map((item, index) => (index === at ? change(item) : item));

/** The goods of the line that a problem points at. */
const goodsAt = ({ lines }: Network, pointer: string): number =>
  lines[Number(pointer.split('/')[2])]?.sku ?? -1;

/** Adds a lane to the destination to the warehouses that pass the filter. */
const withLane = (network: Network, passes: (warehouse: Warehouses[number]) => boolean): Network => ({
  ...network,
  warehouses: network.warehouses.map((warehouse) =>
    passes(warehouse)
      ? { ...warehouse, active: true, lanes: [...warehouse.lanes, soundLane(network.service)] }
      : warehouse,
  ),
});

/** Stores enough units for all lines in every warehouse. */
function withStock(network: Network, sku: number): Network {
  const wanted = network.lines.reduce((all, line) => all + (line.sku === sku ? line.quantity : 0), 0);
  const units = (stock: readonly number[]) => replaced(stock, sku, (have) => Math.max(have, wanted));
  const warehouses = network.warehouses.map((warehouse) => ({ ...warehouse, stock: units(warehouse.stock) }));
  return { ...network, warehouses };
}

const withPapers = (network: Network, sku: number): Network => ({
  ...network,
  goods: replaced(network.goods, sku, (goods) => ({ ...goods, hasPapers: true })),
});

/** Corrects the goods of each problem. */
function each(
  network: Network,
  problems: QuoteRefusal['problems'],
  mend: (network: Network, sku: number) => Network,
): Network {
  let at = network;
  for (const { pointer } of problems) at = mend(at, goodsAt(at, pointer));
  return at;
}

/** Corrects only the fault that the refusal names. */
function mended(network: Network, { reason, problems }: QuoteRefusal): Network {
  const [{ pointer, detail } = { pointer: '', detail: '' }] = problems;
  switch (reason) {
    case 'not-in-stock':
      return each(network, problems, withStock);
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
      if (detail.includes('AED')) return { ...network, knowsDirham: true };
      expect(detail).toContain(customsCurrencyIn[network.country]);
      return { ...network, knowsCustomsCurrency: true };
    case 'stale-rates':
      return { ...network, areRatesOld: false };
    case 'restricted-goods':
      return each(network, problems, withPapers);
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

const isOfCustoms = ({ reason, problems }: QuoteRefusal, { country }: Network): boolean =>
  reason === 'unsupported-currency' && problems[0]?.detail.includes(customsCurrencyIn[country]) === true;

/** The reasons of a network in turn. Each is corrected before the next quote. */
function reasonsUntilPriced(network: Network): string[] {
  const reasons: string[] = [];
  let refused = refusalOf(network);
  let at = network;
  while (refused !== undefined) {
    reasons.push(isOfCustoms(refused, at) ? `${refused.reason} of customs` : refused.reason);
    if (reasons.length > 20) throw new Error(`no end: ${reasons.join(', ')}`);
    const next = mended(at, refused);
    // The named fault exists, and its correction changes the answer.
    expect(next, JSON.stringify(refused)).not.toEqual(at);
    const after = refusalOf(next);
    expect(after, JSON.stringify(next)).not.toEqual(refused);
    [at, refused] = [next, after];
  }
  return reasons;
}

describe('the reason of a refusal', () => {
  it('is an obstacle whose removal lets the basket through or reveals the next obstacle', () => {
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
    expect(seen.get('unsupported-currency of customs'), JSON.stringify([...seen])).toBeGreaterThan(0);
    for (const reason of ['restricted-goods', 'unclassified', 'not-registered'])
      expect(seen.get(reason) ?? 0, `${reason} in ${JSON.stringify([...seen])}`).toBeGreaterThan(0);
  }, 120_000);

  const sound: Network = {
    country: 'DE',
    service: undefined,
    warehouses: [],
    goods: [0, 1, 2].map(() => ({ hasPapers: true, hasCodes: true, isHeavy: false, isDear: false })),
    lines: [{ sku: 0, quantity: 1 }],
    isRegistered: true,
    knowsDirham: true,
    knowsCustomsCurrency: true,
    areRatesOld: false,
    downServices: [],
  };
  const shenzhen = { country: 'CN', active: true, lanes: [soundLane(undefined)], stock: [9, 9, 9] } as const;
  const poznan = { ...shenzhen, country: 'PL', stock: [0, 0, 0] } as const;
  const [papersMissing, ...others] = sound.goods.map((goods) => ({ ...goods, hasPapers: false }));
  const withoutPapers = { ...sound, goods: papersMissing === undefined ? [] : [papersMissing, ...others] };

  it('is the missing identifiers of the import, even if a warehouse without the goods is within the EU', () => {
    const network = { ...withoutPapers, warehouses: [shenzhen, poznan] };
    expect(refusalOf(network)).toMatchObject({
      reason: 'restricted-goods',
      problems: [{ pointer: '/lines/0/sku', detail: expect.stringContaining('eu-product-identifiers') }],
    });
    expect(
      refusalOf({ ...network, warehouses: [shenzhen, { ...poznan, stock: [1, 0, 0] }] }),
    ).toBeUndefined();
  });

  it('is not the exchange rate of a lane from a warehouse without the goods', () => {
    const dubai = {
      ...poznan,
      country: 'AE',
      lanes: [{ ...soundLane(undefined), currency: 'AED' }],
    } as const;
    const network = { ...withoutPapers, knowsDirham: false, warehouses: [dubai, shenzhen] };
    expect(refusalOf(network)).toMatchObject({ reason: 'restricted-goods' });
    expect(refusalOf({ ...sound, knowsDirham: false, warehouses: [dubai, shenzhen] })).toBeUndefined();
  });

  const hongKong = { ...shenzhen, country: 'HK' } as const;
  const toHongKong = { ...sound, country: 'HK', knowsCustomsCurrency: false } as const;

  it('is not the exchange rate of customs if the goods are in the destination and bear no charge there', () => {
    const network = { ...toHongKong, warehouses: [shenzhen, hongKong] };
    const priced = priceBasket(pricingInputOf(network));
    if (!priced.ok) throw new Error(JSON.stringify(priced.error));
    // Plans from Shenzhen import and need the rate, so none of them is offered.
    const senders = priced.value.options.flatMap(({ landedCost: { consignments } }) =>
      consignments.map(({ warehouseId }) => warehouseId),
    );
    expect(new Set(senders)).toEqual(new Set(['warehouse-1']));
    expect(priced.value.chosen.consignments).toMatchObject([{ scheme: 'domestic' }]);
    expect(priced.value.scores).toMatchObject([
      { warehouseId: 'warehouse-0', refused: 'no-lane' },
      { warehouseId: 'warehouse-1', cost: { currency: 'EUR' } },
    ]);
  });

  it('is the exchange rate of customs if every plan needs it, and this rate alone is then enough', () => {
    const network = { ...toHongKong, warehouses: [shenzhen, { ...hongKong, stock: [0, 0, 0] }] };
    expect(refusalOf(network)).toMatchObject({
      reason: 'unsupported-currency',
      problems: [{ pointer: '/currency', detail: expect.stringMatching(/EUR.*HKD|HKD.*EUR/) }],
    });
    expect(refusalOf({ ...network, knowsCustomsCurrency: true })).toBeUndefined();
  });

  it('is not the exchange rate of customs if the goods cross no border', () => {
    fc.assert(
      fc.property(randomNetworks, (drawn) => {
        const network: Network = { ...drawn, country: 'HK', knowsCustomsCurrency: false };
        const priced = priceBasket(pricingInputOf(network));
        if (!priced.ok) return;
        for (const { landedCost } of priced.value.options)
          for (const { shipFrom } of landedCost.consignments) expect(shipFrom).toBe('HK');
        expect(refusalOf({ ...network, knowsCustomsCurrency: true })).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('is what stops the only way to divide the lines, although a small line comes before a large one', () => {
    const goods = sound.goods.map((each) => ({ ...each, hasCodes: false }));
    const lines = [4, 2, 4].map((quantity) => ({ sku: 0, quantity }));
    const few = { ...shenzhen, stock: [3, 0, 0] };
    const network = { ...sound, isRegistered: false, goods, lines, warehouses: [shenzhen, few] };
    expect(refusalOf(network)).toMatchObject({ reason: 'unclassified' });
  });

  it('is the missing lane from the warehouse that has the goods', () => {
    const away = { ...poznan, lanes: [], stock: [398, 0, 0] };
    const empty = { ...shenzhen, stock: [0, 0, 0] };
    expect(refusalOf({ ...sound, warehouses: [empty, away] })).toMatchObject({
      reason: 'no-lane',
      problems: [
        { pointer: '/lines/0/sku', detail: `no lane goes to DE from a warehouse that has ${skuAt(0)}` },
      ],
    });
  });

  it('stays the same if a warehouse is added that has no stock and whose only lane has no exchange rate', () => {
    const lanes = [{ ...soundLane(undefined), currency: 'AED' }] as const;
    fc.assert(
      fc.property(randomNetworks, (drawn) => {
        const network = { ...drawn, knowsDirham: false, service: undefined };
        const before = refusalOf(network);
        if (before?.problems[0]?.pointer === '/destination/country') return;
        const more = {
          ...network,
          warehouses: [...network.warehouses, { ...poznan, country: 'AE' as const, lanes }],
        };
        expect(refusalOf(more)?.reason).toBe(before?.reason);
      }),
      { numRuns: 300 },
    );
  });
});
