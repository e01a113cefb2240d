import { describe, expect, it } from 'vitest';
import { addExplain } from '../../../../infra/cli/replenish/explain/explain-command.ts';
import type { ExplainOptions } from '../../../../infra/cli/replenish/explain/explain-options.ts';
import { explainSku } from '../../../../infra/cli/replenish/explain/explain-sku.ts';
import type { SkuExplained } from '../../../../shared/replenishment/explain/explain-sku.ts';
import type { SkuPlan } from '../../../../shared/replenishment/explain/sku-plan.ts';
import { parseLine } from '../parse-line.ts';
import { fakeApi, order, problem } from './fake-api.ts';

const site = (warehouseId: string, more: Partial<SkuPlan> = {}): SkuPlan => ({
  ...{ sku: 'MUG', warehouseId, outcome: 'proposed', skuClass: 'AX', units: 48 },
  history: { from: '2026-10-20', units: 1_200, lastFourWeeks: 84, daysWithoutStock: 3, bulkUnits: 500 },
  forecast: { method: 'median', version: '1', perDay: 3.021, error: 0.314 },
  stock: { available: 20, reserved: 5, quarantined: 1, open: 12, openOrderIds: ['rpl_9'] },
  ...{ runsOutOn: '2026-12-05', nextArrivalOn: '2026-12-14', expectedOn: '2026-12-09' },
  from: [{ supplierId: 'potter', units: 48, unitPrice: { amount: 400, currency: 'EUR' } }],
  cost: { amount: 19_200, currency: 'EUR' },
  reasons: [
    { code: 'lead-time', figure: 9, unit: 'days', formula: 'mean of 12 receipts, variance 4' },
    { code: 'cost', figure: { amount: 19_200, currency: 'EUR' }, unit: 'money', formula: '48 x 4.00 EUR' },
  ],
  ...more,
});

const explained = (...sites: SkuPlan[]): SkuExplained => ({
  ...{ sku: 'MUG', day: '2026-11-29', timeZone: 'Europe/Berlin', runState: 'done' },
  ...{ startedAt: '2026-11-29T06:00:00.000Z', sites, channels: [] },
});

async function explain(answer: unknown, more: Partial<ExplainOptions> = {}) {
  const { client, calls } = fakeApi({
    'GET /skus/MUG': () => answer,
    'GET /orders': () => ({
      orders: [order('rpl_9', [['MUG', 12, 400]]), order('rpl_8', [['JUG', 12, 400]])],
    }),
  });
  let written = '';
  await explainSku(
    { sku: 'MUG', warehouse: undefined, market: undefined, json: false, ...more },
    {
      client,
      write: (text) => {
        written += text;
      },
    },
  );
  return { written, calls };
}

describe('entrepot replenish explain', () => {
  it('prints the way from the sales to the order, with the reason of every figure, and the open orders', async () => {
    const { written } = await explain(explained(site('pl-poznan')));
    for (const text of [
      'MUG in the plan of 2026-11-29 (Europe/Berlin)',
      'At pl-poznan: order 48 units for 192.00 EUR, 48 from potter, expected on 2026-12-09',
      '1,200 units since 2026-10-20, 84 of them in the last four weeks',
      '3 days without stock',
      '500 units of one-off bulk orders',
      'AX: much of the value, sells evenly',
      '3.021 units a day by median; on past days it was wrong by 31 % of the units',
      '20 to sell, 5 reserved, 1 in quarantine, 12 on 1 open order',
      'on 2026-12-05, 9 days before the next arrival on 2026-12-14',
    ])
      expect(written).toContain(text);
    expect(written).toMatch(/lead-time\s+9 days\s+mean of 12 receipts, variance 4/);
    expect(written).toMatch(/cost\s+192\.00 EUR\s+48 x 4\.00 EUR/);
    expect(written).toMatch(/rpl_9\s+proposed\s+potter\s+pl-poznan\s+12\s+0\s+0\s+2026-12-09/);
    expect(written).not.toContain('rpl_8');
    expect(written).not.toContain('the figures are rough');
  });

  it('says what a hub promises, what feeds a site, and what its stock covers', async () => {
    const stage = {
      feeds: [],
      serviceDays: 0,
      inboundDays: 4,
      netDays: 7,
      safetyStock: 8,
      reorderAt: 40,
      perDay: 5,
    };
    const { written } = await explain(
      explained(
        site('pl-poznan', {
          stage: { ...stage, feeds: ['de-berlin'], serviceDays: 4, inboundDays: 28, netDays: 25, owed: 3 },
        }),
        site('de-berlin', {
          outcome: 'not-planned',
          why: 'waits-for-hub',
          stage: { ...stage, fedBy: 'pl-poznan' },
        }),
      ),
    );
    const text = written.replaceAll(/\s+/g, ' ');
    expect(text).toContain(
      'its supplier serves it within 28 days; it feeds de-berlin and promises to serve them within 4 days; its stock covers 25 days; it owes them 3 units now',
    );
    expect(text).toContain('the hub pl-poznan serves it within 4 days; its stock covers 7 days');
    expect(text).toContain('not planned (waits-for-hub): its hub has none to give now, and orders them');
  });

  it('says which goods a new product is taken for, and how much its own sales count', async () => {
    const forecast = (like: NonNullable<NonNullable<SkuPlan['forecast']>['like']>) => ({
      forecast: { method: 'group-profile', version: '4', perDay: 3, like },
    });
    const first = await explain(
      explained(site('pl-poznan', forecast({ group: '6912', launches: 5, ownDays: 7 }))),
    );
    expect(first.written.replaceAll(/\s+/g, ' ')).toContain(
      'new: it is taken for one of 5 products with the HS code 6912… in their first four weeks; its own 7 days count for 25 %',
    );
    const all = await explain(
      explained(site('pl-poznan', forecast({ group: '*', launches: 8, ownDays: 0 }))),
    );
    expect(all.written.replaceAll(/\s+/g, ' ')).toContain(
      'one of 8 products of the warehouse in their first',
    );
  });

  it('says why a product is not planned, and that few days of sales make rough figures', async () => {
    const history = { from: '2026-11-28', units: 2, lastFourWeeks: 2, daysWithoutStock: 0, bulkUnits: 0 };
    const { written } = await explain(
      explained(
        site('pl-poznan', {
          ...{ outcome: 'not-planned', why: 'no-supplier', detail: 'no supplier offers MUG', history },
          ...{ reasons: [], runsOutOn: undefined, nextArrivalOn: undefined },
        }),
        site('cn-shenzhen', { outcome: 'enough', units: 0 }),
      ),
    );
    expect(written).toContain('At pl-poznan: not planned (no-supplier): no supplier offers MUG');
    expect(written).toContain('only 1 day of sales: the figures are rough');
    expect(written).toContain('At cn-shenzhen: there is enough, and nothing is ordered');
  });

  it('says what is moved, what a limit has cut, and what should be bought no more', async () => {
    const { written } = await explain(
      explained(
        site('pl-poznan', {
          transfers: [
            {
              ...{ fromWarehouseId: 'cn-shenzhen', units: 24, expectedOn: '2026-12-03' },
              unitCost: { amount: 84, currency: 'EUR' },
            },
          ],
          cut: [{ kind: 'purchase', from: 'potter', wanted: 1_200, units: 48, limits: ['budget', 'dock'] }],
        }),
        site('us-reno', {
          ...{ outcome: 'enough', units: 0, notMoved: 'no lane has a price' },
          stop: { reason: 'overstock', units: 900, coverDays: 900, detail: '900 units last for 900 days' },
        }),
      ),
    );
    const [first = '', second = ''] = written.split('At us-reno');
    expect(first).toMatch(/moved\s+24 units from cn-shenzhen, there on 2026-12-03, for 0\.84 EUR a unit/);
    expect(first).toMatch(/cut\s+48 of 1,200 units from potter are ordered, for the budget and the dock/);
    expect(first).not.toMatch(/^stop/m);
    expect(second).toMatch(/not moved\s+no lane has a price/);
    expect(second).toMatch(/stop\s+buy no more: 900 units last for 900 days/);
    expect(second).not.toMatch(/^moved/m);
  });

  it('shows one warehouse, and names those that were planned where that one was not', async () => {
    const answer = explained(site('pl-poznan'), site('cn-shenzhen'));
    const { written } = await explain(answer, { warehouse: 'cn-shenzhen' });
    expect(written).not.toContain('At pl-poznan');
    expect(written).toContain('Open orders of it: none');
    await expect(explain(answer, { warehouse: 'us-reno' })).rejects.toThrow(
      'did not plan MUG at us-reno: it planned pl-poznan, cn-shenzhen',
    );
  });

  it('is also JSON', async () => {
    const { written } = await explain(explained(site('pl-poznan')), { json: true });
    expect(JSON.parse(written)).toMatchObject({
      ...{ sku: 'MUG', sites: [{ units: 48 }], openOrders: [{ replenishmentOrderId: 'rpl_9' }] },
    });
  });

  it.each([
    [problem(404, 'no-run'), /no run has planned anything yet: npx entrepot replenish plan/],
    [problem(404, 'not-in-run'), /the last run knew no product MUG/],
    [problem(422, 'invalid', 'at most 60 characters'), /MUG is no SKU: at most 60 characters/],
    [problem(403, 'forbidden'), /it needs replenishment:read/],
  ])('says what is wrong', async (error, message) => {
    await expect(explain(error)).rejects.toThrow(message);
  });

  it('reads its command line', () => {
    const read = (...args: readonly string[]) =>
      parseLine<ExplainOptions>(['explain', ...args], (program, give) =>
        addExplain(program, async (options) => give(options)),
      );
    expect(read('MUG', '--warehouse', 'pl-poznan', '--json')).toMatchObject({
      ...{ sku: 'MUG', warehouse: 'pl-poznan', json: true },
    });
    expect(() => read()).toThrow('sku');
  });
});
