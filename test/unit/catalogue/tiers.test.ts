import { describe, expect, it } from 'vitest';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { transportBy, type Warehouse, withTiers } from '../../../shared/catalogue/index.ts';
import { address } from '../../builders/details.ts';
import { lane, warehouse } from '../../builders/network.ts';
import { abroad, hub, price, priced, regional, sku, transfer } from '../../builders/tiers.ts';

const network = [abroad(), regional, hub];
const [, , plannedHub] = withTiers(network);

/** The warehouse that packs the only consignment, and the warehouses that it passes. */
function wayOf(...args: Parameters<typeof priced>): string[] {
  const [only, ...more] = priced(...args).chosen.consignments;
  expect(more).toEqual([]);
  return [only?.warehouseId ?? '', ...(only?.via ?? [])];
}

describe('a shortage at a regional warehouse', () => {
  it('is filled from its parent hub, even if a warehouse across the border has the goods', () => {
    const stock = { 'pl-poznan': 0, 'de-leipzig': 5, 'cn-shenzhen': 5 };
    expect(wayOf(network, stock)).toEqual(['de-leipzig', 'pl-poznan']);
    const [consignment] = priced(network, stock).chosen.consignments;
    expect(consignment).toMatchObject({ shipFrom: 'DE', carrier: 'easypost' });
    expect(consignment).not.toHaveProperty('dataSet');
  });

  it('does not arise, and the hub sends nothing, while the regional warehouse has the goods', () => {
    expect(wayOf(network, { 'pl-poznan': 5, 'de-leipzig': 5, 'cn-shenzhen': 5 })).toEqual(['pl-poznan']);
  });

  it('is filled from across the border only if the hub is short too', () => {
    expect(wayOf(network, { 'pl-poznan': 0, 'de-leipzig': 0, 'cn-shenzhen': 5 })).toEqual(['cn-shenzhen']);
  });

  it('adds the cost of the transfer as a separate amount, taxed like the rest of the freight', () => {
    const { charges } = priced(network, { 'de-leipzig': 5 }).chosen.consignments[0] ?? { charges: [] };
    expect(charges.filter(({ kind }) => kind === 'shipping')).toMatchObject([
      { code: 'shipping', amount: { amount: 500 } },
      {
        code: 'transfer',
        description: 'Transfer from de-leipzig to pl-poznan',
        amount: { amount: 60, currency: 'EUR' },
        formula: expect.stringMatching(/0\.60 EUR = 0\.40 EUR \+ 1 x 0\.20 EUR for each kg of \d+ g begun/),
        ruleId: 'transfer-de-leipzig-pl-poznan',
      },
    ]);
    const whole = priced(network, { 'de-leipzig': 5 }).chosen.totals;
    const own = priced(network, { 'pl-poznan': 5 }).chosen.totals;
    expect(whole.shipping.amount - own.shipping.amount).toBe(60);
    expect(whole.tax.amount - own.tax.amount).toBe(12);
  });

  it('converts a transfer rate in another currency at the locked exchange rate', () => {
    const transferRate = { currency: 'GBP' as const, perConsignmentMinor: 100, perKilogramMinor: 0 };
    const child = { ...regional, parent: { ...parentOf(regional), transferRate } };
    const charge = priced([child, hub], { 'de-leipzig': 5 }).chosen.consignments[0]?.charges.find(
      ({ code }) => code === 'transfer',
    );
    expect(charge?.formula).toMatch(/1\.00 GBP = .*EUR at the locked rate/);
    expect(charge?.amount).toMatchObject({ currency: 'EUR' });
    expect(charge?.amount.amount).toBeGreaterThan(100);
  });

  it('moves the promise to the carrier’s collection after line-haul has arrived', () => {
    const promised = (warehouses: Warehouse[], id: string) =>
      priced(warehouses, { [id]: 5 }).chosen.consignments[0]?.promise.latest.slice(0, 10);
    // It is packed on Monday, departs at 18:00, arrives on Tuesday, and the carrier needs two days.
    expect(promised([regional, hub], 'pl-poznan')).toBe('2026-11-25');
    expect(promised([regional, hub], 'de-leipzig')).toBe('2026-11-26');
    // It arrives after the cut-off, so that the carrier gets it on Wednesday.
    const slow = { ...regional, parent: { ...parentOf(regional), transferHours: 22 } };
    expect(promised([slow, hub], 'de-leipzig')).toBe('2026-11-27');
  });

  it('adds the emissions of the transfer', () => {
    const grams = (id: string) => priced(network, { [id]: 5 }).chosen.consignments[0]?.carbonGrams ?? 0;
    // About 330 km by road, a little over 200 g in its carton.
    expect(grams('de-leipzig') - grams('pl-poznan')).toBeGreaterThan(5);
    expect(grams('de-leipzig') - grams('pl-poznan')).toBeLessThan(20);
  });
});

describe('goods from within the customs territory compared with goods from abroad', () => {
  const stock = { 'de-leipzig': 5, 'cn-shenzhen': 5 };
  // The price is so high that goods from abroad cost the same with some freight.
  const transferRate = { currency: 'EUR' as const, perConsignmentMinor: 600, perKilogramMinor: 0 };
  const child = { ...regional, parent: { ...parentOf(regional), transferRate } };
  const within = priced([child, hub], stock).chosen.totals.total.amount;
  const premium = (amount: number) => ({
    seller: { ...sampleSeller, fulfilment: { domesticPremium: { amount, currency: 'EUR' as const } } },
  });
  /** The freight from abroad at which both have the same landed cost. */
  const even = (() => {
    for (let freight = 1_200; freight > 0; freight -= 1) {
      const total = priced([abroad(freight)], { 'cn-shenzhen': 5 }).chosen.totals.total.amount;
      if (total <= within) return { freight, apart: within - total };
    }
    throw new Error('no freight makes goods from abroad as cheap');
  })();

  it('are chosen at the same cost', () => {
    expect(even.apart).toBe(0);
    const { chosen, options } = priced([abroad(even.freight), child, hub], stock);
    expect(chosen.consignments).toMatchObject([{ warehouseId: 'de-leipzig', via: ['pl-poznan'] }]);
    expect(options[0]?.labels).toContain('cheapest');
  });

  it('are not chosen if goods from abroad cost less, unless the merchant pays a premium', () => {
    const warehouses = [abroad(even.freight - 100), child, hub];
    const cheapest = priced(warehouses, stock);
    expect(cheapest.chosen.consignments).toMatchObject([{ warehouseId: 'cn-shenzhen' }]);
    expect(wayOf(warehouses, stock, premium(50))).toEqual(['cn-shenzhen']);
    const { chosen, options } = priced(warehouses, stock, premium(150));
    expect(chosen.consignments).toMatchObject([{ warehouseId: 'de-leipzig' }]);
    expect(options[0]?.labels).toContain('domestic');
    expect(options.find(({ labels }) => labels?.includes('cheapest'))?.landedCost.totals).toEqual(
      cheapest.chosen.totals,
    );
  });
});

describe('the lanes of a hub', () => {
  const vias = (warehouses: Warehouse[], id: string) =>
    withTiers(warehouses)
      .find(({ warehouseId }) => warehouseId === id)
      ?.lanes.map(({ via = [] }) => via.map(({ to }) => to.warehouseId)) ?? [];

  it('lead through a chain of tiers: every warehouse can send through the warehouse below it', () => {
    const forward = warehouse({
      ...{ warehouseId: 'fr-lille', kind: 'forward', lanes: [lane({ countries: ['FR'] })] },
      parent: { warehouseId: 'pl-poznan', ...transfer },
      address: address({ country: 'FR', city: 'Lille', postalCode: '59000' }),
    });
    const tiers = [forward, regional, hub];
    expect(vias(tiers, 'de-leipzig')).toEqual([['pl-poznan', 'fr-lille'], ['pl-poznan']]);
    expect(vias(tiers, 'pl-poznan')).toEqual([[], ['fr-lille']]);
    const [consignment] = priced([forward, { ...regional, lanes: [] }, hub], { 'de-leipzig': 5 }).chosen
      .consignments;
    expect(consignment?.via).toEqual(['pl-poznan', 'fr-lille']);
    // It departs on Monday evening and on Tuesday evening, arrives on Wednesday, and the carrier needs two days.
    expect(consignment?.promise.latest.slice(0, 10)).toBe('2026-11-27');
    expect(consignment?.charges.filter(({ code }) => code === 'transfer')).toHaveLength(2);
  });

  it('lead neither across a customs border nor into a territory with rules of its own', () => {
    const chinese = { ...hub, address: address({ country: 'CN', city: 'Shenzhen', postalCode: '518103' }) };
    expect(vias([regional, chinese], 'de-leipzig')).toEqual([]);
    const canarian = { ...hub, address: address({ country: 'ES', city: 'Las Palmas', postalCode: '35001' }) };
    expect(vias([regional, canarian], 'de-leipzig')).toEqual([]);
    const spanish = { ...hub, address: address({ country: 'ES', city: 'Madrid', postalCode: '28001' }) };
    expect(vias([regional, spanish], 'de-leipzig')).toEqual([['pl-poznan']]);
  });

  it('lead neither through an inactive warehouse nor to a destination that the warehouse does not serve', () => {
    expect(vias([{ ...regional, active: false }, hub], 'de-leipzig')).toEqual([]);
    expect(price([{ ...regional, active: false }, hub], { 'de-leipzig': 5 }).ok).toBe(false);
    const [, served] = withTiers([{ ...regional, countriesServed: ['FR'] }, hub]);
    expect(served?.lanes.map(({ countries }) => countries)).toEqual([['FR']]);
    expect(vias([{ ...regional, countriesServed: ['GB'] }, hub], 'de-leipzig')).toEqual([]);
  });

  it('end if two warehouses are each other’s parent', () => {
    const circle = { ...hub, parent: { ...parentOf(regional), warehouseId: 'pl-poznan' } };
    expect(vias([regional, circle], 'de-leipzig')).toEqual([['pl-poznan']]);
  });

  it('offer a service if every warehouse on the way offers it, and include the mode of every leg', () => {
    const cold = { ...regional, services: ['cold' as const] };
    const [via] = plannedHub?.lanes ?? [];
    if (via === undefined || plannedHub === undefined) throw new Error('the hub has a lane by the regional');
    expect(transportBy(via, { ...plannedHub, services: ['cold'] }).services).toEqual([]);
    const [, coldHub] = withTiers([cold, { ...hub, services: ['cold', 'liquids'] }]);
    const [coldLane] = coldHub?.lanes ?? [];
    if (coldLane === undefined || coldHub === undefined)
      throw new Error('the hub has a lane by the regional');
    expect(transportBy(coldLane, coldHub).services).toEqual(['cold']);
    const bySea = { ...regional, parent: { ...parentOf(regional), mode: 'sea' as const } };
    const [, seaHub] = withTiers([bySea, hub]);
    const [seaLane] = seaHub?.lanes ?? [];
    if (seaLane === undefined || seaHub === undefined) throw new Error('the hub has a lane by the regional');
    expect(transportBy(seaLane, seaHub).modes).toEqual(['sea', 'road']);
  });
});

it('a basket that no warehouse has is refused as out of stock, and the units of the hub are counted', () => {
  const result = price(network, { 'pl-poznan': 0, 'de-leipzig': 0 });
  expect(result.ok ? undefined : result.error.problems).toMatchObject([
    { code: 'not-in-stock', detail: `not enough of ${sku} can be sent there` },
  ]);
});

function parentOf({ parent }: Warehouse) {
  if (parent === undefined) throw new Error('the warehouse has a parent');
  return parent;
}
