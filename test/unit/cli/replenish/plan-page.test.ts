import { describe, expect, it } from 'vitest';
import { planPage } from '../../../../infra/cli/replenish/plan/plan-page.ts';
import { stockAhead } from '../../../../infra/cli/replenish/plan/run-out.ts';
import type { SkuPlan } from '../../../../shared/replenishment/explain/sku-plan.ts';
import { order, run } from './fake-api.ts';

const plan = (more: Partial<SkuPlan> = {}): SkuPlan => ({
  ...{ sku: 'MUG', warehouseId: 'pl-poznan', outcome: 'proposed', units: 24, reasons: [] },
  forecast: { method: 'median', version: '1', perDay: 4 },
  stock: { available: 10, reserved: 0, quarantined: 0, open: 12, openOrderIds: ['rpl_9'] },
  ...{ runsOutOn: '2026-12-01', nextArrivalOn: '2026-12-03', expectedOn: '2026-12-05' },
  ...more,
});

describe('the stock ahead of a product', () => {
  it('falls by the mean of each day, rises with arrivals, and is never below zero', () => {
    const days = stockAhead(plan(), '2026-11-29');
    expect(days.slice(0, 8)).toEqual([
      { day: '2026-11-29', without: 6, withOrder: 6 },
      { day: '2026-11-30', without: 2, withOrder: 2 },
      { day: '2026-12-01', without: 0, withOrder: 0 },
      { day: '2026-12-02', without: 0, withOrder: 0 },
      // 12 units of the open order come, and four are sold.
      { day: '2026-12-03', without: 8, withOrder: 8 },
      { day: '2026-12-04', without: 4, withOrder: 4 },
      // 24 units of the new order come.
      { day: '2026-12-05', without: 0, withOrder: 24 },
      { day: '2026-12-06', without: 0, withOrder: 20 },
    ]);
    // Two weeks after the last arrival, six days ahead.
    expect(days).toHaveLength(6 + 14);
  });

  it('takes an arrival that is late as one of today, and has no day without a forecast', () => {
    expect(stockAhead(plan({ nextArrivalOn: '2026-11-20' }), '2026-11-29')[0]?.without).toBe(18);
    expect(stockAhead(plan({ forecast: undefined }), '2026-11-29')).toEqual([]);
  });
});

describe('the page of a plan', () => {
  const explained = (own: SkuPlan) => ({
    ...{ sku: own.sku, day: '2026-11-29', timeZone: 'Europe/Berlin', runState: 'done' as const },
    ...{
      startedAt: '2026-11-29T06:00:00.000Z',
      sites: [own, plan({ warehouseId: 'us-reno', outcome: 'enough' })],
    },
  });

  it('shows the value by supplier, the stock ahead of what is ordered, and what was not planned', () => {
    const page = planPage({
      run: run(),
      orders: [
        order('rpl_1', [['MUG', 24, 400]]),
        order('rpl_2', [['JUG', 2, 10_000]], { supplierId: 'smith' }),
        order('rpl_3', [['CUP', 5]], { kind: 'transfer', supplierId: undefined, fromWarehouseId: 'us-reno' }),
      ],
      explained: [explained(plan())],
      ...{ notPlanned: [], cut: [] },
    });
    expect(page).toContain('<h1>Plan of 2026-11-29</h1>');
    // 24 x 4.00 = 96.00 and 2 x 100.00 = 200.00, the most valuable first.
    expect(page.indexOf('>smith<')).toBeLessThan(page.indexOf('>potter<'));
    expect(page).toMatch(/96\.00/);
    expect(page).toContain('MUG at pl-poznan: runs out on 2026-12-01, 24 units come on 2026-12-05');
    expect(page).not.toContain('MUG at us-reno');
    expect(page).toContain('no supplier offers it');
    expect(page.match(/<svg/g)).toHaveLength(4);
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  });

  it('writes names as text, and says that nothing is to be bought', () => {
    const page = planPage({
      ...{ run: run({ timeZone: '<b>' }), orders: [], explained: [] },
      ...{ notPlanned: [], cut: [] },
    });
    expect(page).toContain('&lt;b&gt;');
    expect(page).toContain('Nothing is to be bought.');
    expect(page).not.toContain('<svg');
  });

  it('shows what to move, to stop, what limits cut and what could not be planned, each with its reason', () => {
    const [overstock, infeasible, cycle] = [
      'lasts for 900 days, more than 365',
      'none of 3 purchases fits',
      'pl-poznan > us-reno > pl-poznan',
    ];
    const page = planPage({
      run: run({
        skuSites: {
          ...{ all: 12, proposed: 2, enough: 4, toStop: 8 },
          notPlanned: [{ reason: 'no-supplier', count: 6 }],
        },
        orders: { ...run().orders, linesCut: 1, unitsCut: 24 },
        stops: [
          {
            ...{ sku: 'VASE', warehouseId: 'us-reno', reason: 'overstock', units: 900, coverDays: 900 },
            ...{ openOrderIds: ['rpl_7', 'rpl_8'], detail: overstock },
          },
        ],
        problems: [
          { code: 'budget-infeasible', subject: 'budget', detail: infeasible },
          { code: 'network-cycle', subject: 'pl-poznan', detail: cycle },
        ],
      }),
      orders: [
        order('rpl_3', [['CUP', 5]], { kind: 'transfer', supplierId: undefined, fromWarehouseId: 'us-reno' }),
        order('rpl_4', [['PAN', 9]], { kind: 'transfer', supplierId: undefined, fromWarehouseId: 'us-reno' }),
      ],
      explained: [
        explained(
          plan({
            sku: 'CUP',
            transfers: [
              {
                ...{ fromWarehouseId: 'us-reno', units: 5, expectedOn: '2026-12-09' },
                unitCost: { amount: 31, currency: 'EUR' },
              },
            ],
          }),
        ),
      ],
      notPlanned: [
        { sku: 'JAR', warehouseId: 'pl-poznan', why: 'no-supplier', detail: 'nobody <offers> JAR' },
        { sku: 'LID', warehouseId: 'pl-poznan', why: 'no-history' },
      ],
      cut: [
        {
          ...{ sku: 'MUG', warehouseId: 'pl-poznan' },
          cut: [{ kind: 'purchase', from: 'potter', wanted: 48, units: 24, limits: ['budget', 'dock'] }],
        },
      ],
    });
    const cells = (html: string) =>
      [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
        [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, cell]) => cell),
      );
    const rows = (title: string) =>
      cells(page.split(`<h2>${title}</h2>`)[1]?.split('<h2>')[0] ?? '').slice(1);
    // The most units first. The plan of PAN is not known here.
    expect(rows('What to move').map((row) => [row[0], row[1], row[2], row[6]])).toEqual([
      ['PAN', '9', 'us-reno', 'entrepot replenish explain PAN'],
      ['CUP', '5', 'us-reno', 'runs out on 2026-12-01, a unit costs 0.31 EUR to move'],
    ]);
    expect(rows('What to stop')).toEqual([['VASE', 'us-reno', '900', '2', overstock]]);
    expect(page).toContain('… and 7 more.');
    expect(rows('Limits that cut')).toEqual([['budget-infeasible', 'budget', infeasible]]);
    expect(rows('Problems')).toEqual([['network-cycle', 'pl-poznan', cycle.replaceAll('>', '&gt;')]]);
    expect(rows('Cut to a limit')).toEqual([['MUG', 'pl-poznan', 'potter', '48', '24', 'budget, dock']]);
    expect(rows('Products that were not planned')).toEqual([
      ['JAR', 'pl-poznan', 'no-supplier', 'nobody &lt;offers&gt; JAR'],
      ['LID', 'pl-poznan', 'no-history', expect.stringContaining('it was not sold')],
    ]);
    expect(page).toContain('… and 4 more.');
    expect(page).not.toContain('<h2>Lines to buy</h2>');
  });
});
