import { describe, expect, it } from 'vitest';
import { createSupplierStore } from '../../../shared/aws/replenishment/supplier-store.ts';
import { replenishmentOf } from '../../../shared/catalogue/index.ts';
import { builtinRuleBook, type RuleBook } from '../../../shared/duties/index.ts';
import { dayAfter } from '../../../shared/kernel/time.ts';
import { askForRun } from '../../../shared/replenishment/run/ask-for-run.ts';
import { orderRecords, pricedOrder } from '../../builders/made-up-orders.ts';
import { lane, rateCard, warehouse } from '../../builders/network.ts';
import { madeUpLake } from '../../fakes/made-up-lake.ts';
import { changed, figures, maker, SKU, shirt } from '../../unit/replenishment/run/channels/channel-shop.ts';
import { startTable } from '../stores/table-on-engine.ts';
import { runOnEngine } from './run-on-engine.ts';

interface Law {
  readonly day: string;
  readonly rules: RuleBook;
  /** Where the goods are made and sent from, and the market with its warehouse. */
  readonly origin: 'CN' | 'GB';
  readonly market: 'DE' | 'US';
  readonly currency: 'EUR' | 'USD';
}

/** Amounts of the settings in the currency of the market, a unit for a unit. */
const inCurrency = <T>(given: T, currency: string): T =>
  JSON.parse(JSON.stringify(given).replaceAll('"EUR"', JSON.stringify(currency))) as T;

/** What a run of the day reports of ways: five units a day were sold from the origin for 60 days. */
async function switchesOf({ day, rules, origin, market, currency }: Law) {
  const [from, there] = ['abroad', 'in-the-market'];
  const at = (warehouseId: string, country: string) =>
    warehouse({
      ...{ warehouseId, address: { ...warehouse().address, country } },
      lanes: [
        lane({
          countries: [market],
          rateCards: [
            rateCard({
              currency,
              zones: [{ zone: 'all', weightBreaks: [{ upToGrams: 30_000, priceMinor: 400 }] }],
            }),
          ],
        }),
      ],
    });
  const lake = await madeUpLake();
  const engine = await startTable();
  try {
    await lake.load(
      Array.from({ length: 60 }, (_, ago) => {
        const sold = { goods: 2_000, sku: SKU, quantity: 5, country: market, currency, warehouseId: from };
        return orderRecords(ago + 1, {
          ...{ at: `${dayAfter(day, -1 - ago)}T10:00:00.000Z`, facts: [pricedOrder(sold)] },
        });
      }).flat(),
    );
    await createSupplierStore(engine.table).put(
      inCurrency(maker('acme', { originCountries: [origin] }), currency),
    );
    const channels = inCurrency(figures, currency);
    const settings = replenishmentOf({ replenishment: { holdingPercentPerYear: 10, channels } as never });
    const run = runOnEngine(engine.table, lake, {
      received: new Map([[`${SKU}@${from}`, 2_000]]),
      over: {
        settings: async () => settings,
        sites: async () => [from, there],
        warehouses: async () => [at(from, origin), at(there, market)],
        moves: {
          products: async () => [shirt({ originCountry: origin, prices: [{ amount: 2_000, currency }] })],
          pricing: async (date) => ({
            ...{ date, rules, seller: { ioss: 'IM2760000001' } },
            convert: (amount, to) => (amount.currency === to ? amount : undefined),
          }),
          solver: () => Promise.reject(new Error('nothing is moved')),
        },
      },
    });
    run.setNow(`${day}T06:00:00.000Z`);
    await askForRun(run.deps, 'operator');
    await run.settle();
    const risks = await run.deps.risks.open();
    return {
      problems: (await run.deps.runs.load(day))?.problems ?? [],
      switches: risks.flatMap((risk) =>
        risk.kind === 'channel-switch'
          ? [
              {
                market: risk.market,
                to: risk.warehouseId,
                decideBy: risk.from,
                movedBy: risk.betterFrom,
                says: risk.detail,
              },
            ]
          : [],
      ),
    };
  } finally {
    await lake.close();
    await engine.stop();
  }
}

describe('a run before a rule that ends an exemption', () => {
  it('says by when stock has to be in the Union, before the flat duty of 2026-07-01', async () => {
    const law = {
      day: '2026-06-01',
      rules: builtinRuleBook,
      origin: 'CN',
      market: 'DE',
      currency: 'EUR',
    } as const;
    // The supplier takes 21 days: 2026-07-01 less 21 days.
    expect((await switchesOf(law)).switches).toEqual([
      {
        ...{ market: 'DE', to: 'in-the-market', decideBy: '2026-06-10', movedBy: '2026-07-01' },
        says: expect.stringContaining('eu-flat-duty'),
      },
    ]);
    // Three months before, the rule is beyond the horizon of 90 days.
    expect((await switchesOf({ ...law, day: '2026-03-01' })).switches).toEqual([]);
  });

  it('says by when stock has to be in the United States, before the de minimis ends', async () => {
    const law = { origin: 'GB', market: 'US', currency: 'USD' } as const;
    // The law: the relief of USD 800 for goods that are not of China ended with 2025-08-28. Our rules have the duties
    // on an entry in bulk from 2025-10-01 on, so that stock is compared from that day: less 21 days.
    expect((await switchesOf({ ...law, day: '2025-08-01', rules: builtinRuleBook })).switches).toMatchObject([
      { market: 'US', to: 'in-the-market', decideBy: '2025-09-10', movedBy: '2025-10-01' },
    ]);
    // The same relief, if it lasted until the end of 2026 and nothing took its place before.
    const rules = changed({
      'us-de-minimis-800-not-cn': { validTo: '2026-12-31' },
      'us-de-minimis-suspended': { validFrom: '2027-01-01', validTo: '2027-06-30' },
      'us-de-minimis-abolished': { validFrom: '2027-07-01', validTo: '2027-12-31' },
    });
    expect((await switchesOf({ ...law, day: '2026-11-29', rules })).switches).toMatchObject([
      { market: 'US', to: 'in-the-market', decideBy: '2026-12-11', movedBy: '2027-01-01' },
    ]);
  });
});
