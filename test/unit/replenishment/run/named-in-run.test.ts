import { describe, expect, it } from 'vitest';
import { BERLIN, networkShop } from '../network-shop.ts';
import { eur, supplier } from '../replenishment-builders.ts';

const SKU = 'MUG';
const offer = (over: object = {}) => ({
  ...{ sku: SKU, casePack: 6, minimumUnits: 6, leadTimeDays: 14 },
  prices: [{ fromUnits: 1, unitPrice: eur(400) }],
  ...over,
});
const GOOD = 'BOWL';
const good = offer({ sku: GOOD });

/** A run in which one product is odd; the other one sells 4 a day and has to be planned all the same. */
async function runWith(units: readonly number[], { offers = [offer(), good] }: { offers?: object[] } = {}) {
  const shop = networkShop({
    ...{ skus: [GOOD, SKU], stock: {}, sells: { [GOOD]: { [BERLIN]: 4 } } },
    history: { [SKU]: units },
    suppliers: [supplier('ningbo', { offers })],
  });
  const { plans, run } = await shop.run();
  const planOf = (sku: string) => plans.find((plan) => plan.sku === sku) ?? expect.fail(`no plan of ${sku}`);
  expect(planOf(GOOD)).toMatchObject({ outcome: 'proposed' });
  expect(JSON.stringify([plans, run])).not.toMatch(/NaN|null|Infinity/);
  return { plan: planOf(SKU), run, shop };
}

const days = (count: number, units: number) => Array.from({ length: count }, () => units);

describe('what is odd is named, and the rest of the run goes on', () => {
  it('no history', async () => {
    expect((await runWith([])).plan).toMatchObject({ outcome: 'not-planned', why: 'no-history' });
  });

  it('one day', async () => {
    const { plan } = await runWith([5]);
    expect(['proposed', 'enough', 'not-planned']).toContain(plan.outcome);
    if (plan.outcome === 'not-planned') expect(plan.why).toBe('no-forecast');
    else expect(Number.isFinite(plan.forecast?.perDay)).toBe(true);
  });

  it('all zero', async () => {
    const { plan } = await runWith(days(56, 0));
    expect(plan).toMatchObject({ outcome: 'not-planned', why: 'no-forecast' });
  });

  it('gaps of weeks', async () => {
    const { plan } = await runWith([...days(5, 8), ...days(40, 0), ...days(11, 8)]);
    expect(plan.outcome).toBe('proposed');
    expect(plan.forecast?.perDay).toBeGreaterThan(0);
  });

  it('a day with less than no unit, by its day; the other product of the batch is planned', async () => {
    // The run is on 2026-12-01, so that the second of three days is 2026-11-29.
    const { plan } = await runWith([3, -2, 4]);
    expect(plan).toMatchObject({
      ...{ outcome: 'not-planned', why: 'bad-figure', history: { units: 7, lastFourWeeks: 7 } },
      detail: '-2 units were sold on 2026-11-29, in all markets',
    });
  });

  it('a supplier without a lead time delivers on the same day', async () => {
    const { plan } = await runWith(days(56, 4), { offers: [offer({ leadTimeDays: 0 }), good] });
    expect(plan).toMatchObject({ outcome: 'proposed' });
    expect(plan.reasons.find(({ code }) => code === 'lead-time')).toMatchObject({ figure: 0 });
  });

  it('goods that would expire before they are sold; a longer life lets as many be bought as sell in it', async () => {
    const planOf = async (sellableDays: number) =>
      (await runWith(days(56, 4), { offers: [offer({ sellableDays }), good] })).plan;
    // Nothing of a case of 6 sells in a day with the probability of 90 %.
    expect(await planOf(1)).toMatchObject({ outcome: 'not-planned', why: 'expires-before-arrival' });
    // 4 a day for 10 days are 40, by the 10 % quantile a little less, in cases of 6: 36 at most.
    const some = await planOf(10);
    expect(some).toMatchObject({ outcome: 'proposed' });
    expect(some.units).toBeGreaterThanOrEqual(24);
    expect(some.units).toBeLessThanOrEqual(36);
    expect(some.reasons.map(({ code }) => code)).toContain('expiry');
  });

  it('no supplier', async () => {
    const { plan } = await runWith(days(56, 4), { offers: [good] });
    expect(plan).toMatchObject({ outcome: 'not-planned', why: 'no-supplier' });
  });

  it('a pack that changes: the next order is in the new one, and the open one keeps its units', async () => {
    const { shop } = await runWith(days(56, 4));
    const ordered = () =>
      shop
        .orders()
        .flatMap(({ state }) => state.lines.filter(({ sku }) => sku === SKU).map((line) => line.ordered));
    const [first = 0] = ordered();
    expect(first % 6).toBe(0);
    const changed = networkShop({
      ...{ skus: [GOOD, SKU], stock: {}, sells: { [GOOD]: { [BERLIN]: 4 } } },
      history: { [SKU]: days(56, 4) },
      suppliers: [supplier('ningbo', { offers: [offer({ casePack: 10, minimumUnits: 10 }), good] })],
    });
    const { plans } = await changed.run();
    expect((plans.find(({ sku }) => sku === SKU)?.units ?? 1) % 10).toBe(0);
  });
});
