import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, fromJson } from '../../../../../shared/kernel/money.ts';
import { channelPlanSchema } from '../../../../../shared/replenishment/run/channels/channel-plan.ts';
import { lane, warehouse } from '../../../../builders/network.ts';
import { eur } from '../../replenishment-builders.ts';
import {
  BERLIN,
  changed,
  compare,
  figures,
  maker,
  network,
  SHENZHEN,
  SKU,
  shirt,
  site,
} from './channel-shop.ts';

const only = async (given: Parameters<typeof compare>[0] = {}) => {
  const { plans, problems } = await compare(given);
  expect(plans).toHaveLength(1);
  const [plan] = plans.map((each) => channelPlanSchema.parse(each));
  return { plan: plan ?? expect.fail('there is a plan'), problems };
};

describe('the ways of a product to a market in a run', () => {
  it('cost what freight, law, storage and capital make them cost, and one is proposed for the day of the rule', async () => {
    const { plan, problems } = await only();
    expect(problems).toEqual([]);
    // 5 a day are 300 units in 60 days. Both ways: purchase 300 x 6.00 = 1,800.00; handling 300 x 0.50 = 150.00;
    // storage 300 x 30 days / 30 x 0.30 = 90.00; capital 1,800.00 x 0.1 x (21 + 30) / 365 = 25.15.
    // Parcels from Shenzhen, where the goods are made: no first leg. Up to 2026-06-30 no duty below EUR 150;
    // VAT 19 % x (20.00 + 4.00) = 4.56; 300 x (4.00 + 4.56) = 2,568.00. In all 4,633.15.
    // Stock in Berlin: first leg 100.00 + 60 kg x 1.50 = 190.00; duty 12 % x (1,800.00 + 190.00) = 238.80; last mile
    // 300 x 4.00 = 1,200.00; VAT of the sales 300 x 4.56 = 1,368.00; import VAT is recovered. In all 5,061.95.
    const shown = plan.ways?.map(({ kind, warehouseId, total, perUnit, duty }) => [
      ...[kind, warehouseId, total.amount, perUnit.amount, duty.amount],
    ]);
    expect(shown).toEqual([
      ['parcels', SHENZHEN, 463_315, 1_544, 0],
      ['stock', BERLIN, 506_195, 1_687, 23_880],
    ]);
    // From 2026-07-01 the flat duty of 3.00: VAT 19 % x 27.00 = 5.13; 300 x (4.00 + 3.00 + 5.13) = 3,639.00, in all
    // 5,704.15. Berlin saves 642.20, which is 11.2 %. The goods take 21 days.
    expect(plan).toMatchObject({
      ...{ sku: SKU, market: 'DE', units: 300, days: 60, outcome: 'switch' },
      today: { kind: 'parcels', originCountry: 'CN', supplierId: 'acme', warehouseId: SHENZHEN },
      switch: {
        to: { kind: 'stock', warehouseId: BERLIN, total: { amount: 506_195 } },
        from: { kind: 'parcels', warehouseId: SHENZHEN, total: { amount: 570_415 } },
        ...{ saving: { amount: 64_220, currency: 'EUR' }, savingPermille: 112 },
        ...{ betterFrom: '2026-07-01', decideBy: '2026-06-10', lateDays: 0 },
        rules: expect.arrayContaining(['eu-flat-duty']),
      },
    });
    const reasons = plan.switch?.from?.reasons?.map(
      ({ figure, formula }) =>
        `${typeof figure === 'number' ? figure : formatMoney(fromJson(figure))}: ${formula}`,
    );
    expect(reasons?.join('\n')).toMatch(/3\.00 EUR: .*eu-flat-duty/);
  });

  it('are not compared without the settings, and only by rules within the horizon', async () => {
    expect(await compare({ channels: undefined })).toEqual({ plans: [], problems: [] });
    const { plan } = await only({ channels: { ...figures, horizonDays: 29 } });
    expect(plan.outcome).toBe('stay');
    // 11.2 % are saved.
    expect((await only({ channels: { ...figures, marginPercent: 11 } })).plan.outcome).toBe('switch');
    expect((await only({ channels: { ...figures, marginPercent: 12 } })).plan.outcome).toBe('stay');
  });

  it('stay where stock or an order in the market lasts for four weeks: the move was made', async () => {
    const seller = site(SHENZHEN, { perDay: 5, available: 1_000 });
    // 28 days x 5.
    for (const [berlin, isMoved] of [
      [site(BERLIN, { available: 139 }), false],
      [site(BERLIN, { available: 140 }), true],
      [site(BERLIN, { available: 40, ordered: 100 }), true],
    ] as const) {
      const { plan } = await only({ sites: [seller, berlin] });
      expect(plan.outcome).toBe(isMoved ? 'stay' : 'switch');
      expect(plan.today?.warehouseId).toBe(isMoved ? BERLIN : SHENZHEN);
    }
  });

  it('flip back where a rule makes parcels the cheaper way again', async () => {
    // The flat duty ends, and the relief begins again, a month after the day.
    const rules = changed({
      'eu-flat-duty': { validTo: '2026-09-30' },
      'eu-duty-relief-150': { validFrom: '2026-10-01', validTo: '2027-12-31' },
    });
    const { plan } = await only({
      ...{ day: '2026-09-01', pricing: { rules } },
      sites: [site(BERLIN, { perDay: 5, available: 1_000 })],
    });
    expect(plan).toMatchObject({
      ...{ outcome: 'switch', today: { warehouseId: BERLIN } },
      switch: { to: { kind: 'parcels', warehouseId: SHENZHEN }, betterFrom: '2026-10-01' },
    });
  });

  it('are parcels from the origin at once, where no warehouse is there and the settings have a price', async () => {
    const parcels = [
      { fromCountry: 'CN', toCountry: 'DE', channel: 'post', perParcel: eur(300), perKilogram: eur(500) },
    ];
    const { plan } = await only({
      ...{ channels: { ...figures, parcels }, warehouses: network.slice(1), day: '2026-03-01' },
      sites: [site(BERLIN, { perDay: 5, available: 1_000 })],
    });
    // 3.00 + 0.2 kg x 5.00 = 4.00; VAT 4.56; 300 x (6.00 + 4.00 + 4.56) = 4,368.00, 13.7 % below 5,061.95.
    expect(plan).toMatchObject({
      outcome: 'switch',
      switch: {
        to: { kind: 'parcels', channel: 'post', total: { amount: 436_800 } },
        ...{ savingPermille: 137, betterFrom: '2026-03-01', rules: [] },
      },
    });
    expect(plan.switch?.to.warehouseId).toBeUndefined();
  });

  it('lead from another origin, if its price and its duty save enough', async () => {
    // Vietnam asks 4.00 in the place of 6.00: 300 x 2.00 = 600.00 less, 12 % of it as duty, and less capital.
    const near = maker('hanoi', {
      originCountries: ['VN'],
      offers: [{ sku: SKU, prices: [{ fromUnits: 1, unitPrice: eur(400) }], leadTimeDays: 60 }],
    });
    // Berlin runs out in 28 days: acme delivers in time, and Hanoi does not, so that the run orders from acme.
    const sites = [site(BERLIN, { perDay: 5, available: 140 })];
    const { plan } = await only({ sites, suppliers: [maker(), near], day: '2026-08-01' });
    expect(plan).toMatchObject({
      today: { originCountry: 'CN', warehouseId: BERLIN },
      switch: { to: { originCountry: 'VN', supplierId: 'hanoi', warehouseId: BERLIN }, lateDays: 60 },
    });
    const down = await only({ sites, suppliers: [maker(), { ...near, status: 'down' }], day: '2026-08-01' });
    expect(down.plan.outcome).toBe('stay');
  });
});

describe('what can not be compared', () => {
  it('is named, and the rest is compared', async () => {
    // Above EUR 150 the law asks for the rate of its code.
    const odd = shirt({
      ...{ sku: 'ODD', hsCode: '999999', nationalCodes: { EU: '99999999' } },
      prices: [{ amount: 20_000, currency: 'EUR' }],
    });
    const offers = [SKU, 'ODD', 'GONE', 'USD'].map((sku) => ({
      ...{ sku, prices: [{ fromUnits: 1, unitPrice: eur(600) }], leadTimeDays: 21 },
    }));
    const inDollars = shirt({ sku: 'USD', prices: [{ amount: 2_000, currency: 'USD' }] });
    const sold = [SKU, 'ODD', 'GONE', 'USD', 'NOBODY'].map((sku) =>
      site(SHENZHEN, { perDay: 5, available: 9, sku }),
    );
    const { plans, problems } = await compare({
      ...{
        suppliers: [maker('acme', { offers })],
        products: [shirt(), odd, inDollars, shirt({ sku: 'NOBODY' })],
      },
      sites: [...sold, site(SHENZHEN, { perDay: 0.001, sku: 'SELDOM' })],
    });
    expect(plans.map(({ sku, outcome, why }) => [sku, outcome, why])).toEqual([
      [SKU, 'switch', undefined],
      ['ODD', 'not-compared', 'today-not-priced'],
      ['GONE', 'not-compared', 'no-product'],
      ['USD', 'not-compared', 'no-supplier'],
      ['NOBODY', 'not-compared', 'no-supplier'],
      ['SELDOM', 'not-compared', 'little-demand'],
    ]);
    expect(problems.map(({ code, subject }) => `${code} ${subject}`)).toEqual([
      ...['channel-not-compared ODD DE', 'channel-not-compared GONE DE'],
      ...['channel-not-compared USD DE', 'channel-not-compared NOBODY DE'],
    ]);
  });

  it('is a way without a freight, a rate card or a warehouse that is planned', async () => {
    const without = await only({ channels: { handlingPerUnit: eur(50) } });
    expect(without.plan).toMatchObject({ outcome: 'stay', ways: [{ warehouseId: SHENZHEN }] });
    expect(without.problems).toMatchObject([{ code: 'no-freight', subject: `CN ${BERLIN}` }]);
    const closed = await only({ planned: [BERLIN] });
    expect(closed.plan).toMatchObject({ outcome: 'not-compared', why: 'no-way' });
    const noLane = await only({ warehouses: [warehouse({ ...network[0], lanes: [] }), ...network.slice(1)] });
    expect(noLane.plan).toMatchObject({ outcome: 'not-compared', why: 'no-way' });
    const toPoland = { ...network[1], lanes: [lane({ countries: ['PL'] })] };
    const shipped = await only({ warehouses: [...network.slice(0, 1), toPoland as never] });
    expect(shipped.plan.ways?.map(({ warehouseId }) => warehouseId)).toEqual([SHENZHEN]);
  });
});

describe('whatever the figures are', () => {
  const given = fc.record({
    perDay: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: 4_000 }).map((hundredths) => hundredths / 100) },
      { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0, 1e-9) },
    ),
    price: fc.oneof(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 0, max: 40_000 })),
    cost: fc.integer({ min: 1, max: 1_500 }),
    marginPercent: fc.oneof(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 90 })),
    volumeDays: fc.integer({ min: 7, max: 365 }),
    unitsPerParcel: fc.integer({ min: 1, max: 5 }),
    perKilogram: fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: undefined }),
    recoversImportTax: fc.boolean(),
    day: fc.constantFrom('2026-05-01', '2026-06-15', '2026-07-01', '2028-05-01'),
    isMoved: fc.boolean(),
  });
  type Case = typeof given extends fc.Arbitrary<infer T> ? T : never;

  const run = ({ perDay, price, cost, day, perKilogram, isMoved: inBerlin, ...settings }: Case) =>
    compare({
      day,
      channels: { ...settings, ...(perKilogram === undefined ? {} : { perKilogram: eur(perKilogram) }) },
      products: [
        shirt({
          prices: [{ amount: price, currency: 'EUR' }],
          ...(price === 0 ? { customsValue: eur(500) } : {}),
        }),
      ],
      suppliers: [
        maker('acme', {
          offers: [{ sku: SKU, prices: [{ fromUnits: 1, unitPrice: eur(cost) }], leadTimeDays: 21 }],
        }),
      ],
      sites: [
        site(SHENZHEN, { perDay, available: inBerlin ? 0 : 1_000_000 }),
        site(BERLIN, { perDay, available: inBerlin ? 1_000_000 : 0 }),
      ],
    });

  it('no figure is NaN, no switch is below the margin, and it is never proposed both ways', async () => {
    let switches = 0;
    await fc.assert(
      fc.asyncProperty(given, async (each) => {
        const { plans, problems } = await run(each);
        expect(JSON.stringify([plans, problems])).not.toMatch(/NaN|Infinity|:null/);
        for (const plan of plans) {
          channelPlanSchema.parse(plan);
          const { switch: proposed, outcome } = plan;
          expect(outcome === 'switch').toBe(proposed !== undefined);
          if (proposed?.from === undefined || proposed.saving === undefined) continue;
          switches += 1;
          const { from, to } = proposed;
          expect(from.total.amount - to.total.amount).toBe(proposed.saving.amount);
          expect(proposed.saving.amount * 100).toBeGreaterThan(each.marginPercent * from.total.amount);
          expect(proposed.betterFrom >= each.day && proposed.decideBy <= proposed.betterFrom).toBe(true);
        }
        // Where today's law makes one way better, only who uses the other one gets the proposal.
        const flipped = await run({ ...each, isMoved: !each.isMoved });
        const now = [...plans, ...flipped.plans].filter(({ switch: its }) => its?.betterFrom === each.day);
        expect(now.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 120 },
    );
    expect(switches).toBeGreaterThan(20);
  });
});
