import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countsSince } from '../../../infra/local/meter/create-meter.ts';
import { type CallerLimits, callerLimitsOf } from '../../../shared/catalogue/index.ts';
import { minuteMs } from '../../../shared/kernel/time.ts';
import { unpaidMostOf, unpaidMostOfStorefront } from '../../../shared/quote/unpaid-most.ts';
import { address, details } from '../../builders/details.ts';
import { costOf, openShop, warehouseId } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';
import { cancel, expire, isPlaced, pay, placedOf } from './unpaid-shop.ts';

let on: TableOnEngine;
let shops = 0;

/** Many orders of a test are many calls. */
const SLOW_MS = 300_000;

beforeAll(async () => {
  on = await startTable({ throughProxy: true });
});
afterAll(() => on.stop());

const BASKET = 20;
/** Each order comes from a network and a shopper of its own, so that only the storefront's share limits them. */
const manyNetworks: Partial<CallerLimits> = { unpaidOrdersOfClient: 101 };

/** Two storefronts that sell the same stock. */
async function twoStorefronts(limits: Partial<CallerLimits>, stock: number) {
  const shop = openShop(on, { ...manyNetworks, ...limits });
  shops += 1;
  const [a, b, sku] = [`front-${shops}-a`, `front-${shops}-b`, `SHARED-${shops}`];
  await shop.receive(sku, stock);
  let shoppers = 0;
  const position = async () => (await shop.positionOf(sku)) ?? { available: 0, reserved: 0 };
  /** A quote as the API makes it: it knows what can be sold now. */
  const quote = async (at: string, quantity: number, available?: number) => {
    const units = available ?? (await position()).available;
    const sellable = new Map([[sku, new Map([[warehouseId, units]])]]);
    const all = callerLimitsOf({ callerLimits: { ...manyNetworks, ...limits } });
    const mostOfStorefront = unpaidMostOfStorefront(sellable, all);
    const { quoteId } = await shop.quote(costOf([{ sku, quantity }]), at, {
      unpaidMost: unpaidMostOf(sellable, all),
      unpaidMostOfStorefront: mostOfStorefront,
    });
    return { at, quoteId, most: mostOfStorefront?.[sku] };
  };
  const place = async ({ at, quoteId }: { at: string; quoteId: string }, idempotencyKey = quoteId) => {
    shoppers += 1;
    const placed = await shop.place(quoteId, {
      ...{ storefrontId: at, idempotencyKey },
      details: details({
        customer: { email: `shopper-${shoppers}@example.test`, phone: '+493012345678' },
        shippingAddress: address({ line1: `Street ${shoppers}` }),
      }),
    });
    return placed.ok ? placed.value.orderId : placed.error.reason;
  };
  const order = async (at: string, quantity = 1) => place(await quote(at, quantity));
  return { shop, a, b, sku, quote, place, order, position };
}

const times = (count: number) => Array.from({ length: count });

describe('the share of a SKU that one storefront holds unpaid', { timeout: SLOW_MS }, () => {
  test('is no limit unless the seller sets it', async () => {
    const { a, order, position, quote } = await twoStorefronts({}, 60);
    for (const _ of times(3)) expect(isPlaced(await order(a, BASKET))).toBe(true);
    expect(await position()).toMatchObject({ available: 0, reserved: 60 });
    expect((await quote(a, 1)).most).toBeUndefined();
  });

  test('stops a flood with one key from many networks, and the other storefront sells', async () => {
    const { a, b, quote, place, order, position } = await twoStorefronts(
      { unpaidShareOfSkuOfStorefront: 60 },
      300,
    );
    // The quotes are made first, while everything can be sold: 60 % of 300 units are 180, or nine baskets of twenty.
    const quotes: Awaited<ReturnType<typeof quote>>[] = [];
    for (const _ of times(21))
      quotes.push(...(await Promise.all(times(13).map(() => quote(a, BASKET, 300)))));
    const answers: string[] = [];
    for (let from = 0; from < quotes.length; from += 6)
      answers.push(...(await Promise.all(quotes.slice(from, from + 6).map((each) => place(each)))));
    expect(placedOf(answers)).toHaveLength(9);
    expect(new Set(answers.filter((answer) => !isPlaced(answer)))).toEqual(new Set(['too-many-unpaid']));
    expect(await position()).toMatchObject({ available: 120, reserved: 180 });
    // 120 units can be sold now, and 60 % of them are 72. After two baskets it is 60 % of 80 units: 48.
    expect(isPlaced(await order(b, BASKET))).toBe(true);
    expect(isPlaced(await order(b, BASKET))).toBe(true);
    expect(await order(b, BASKET)).toBe('too-many-unpaid');
    expect(isPlaced(await order(b, 8))).toBe(true);
  });

  test('is at least a basket, also of the last units', async () => {
    const { a, b, order, position } = await twoStorefronts({ unpaidShareOfSkuOfStorefront: 1 }, 30);
    expect(isPlaced(await order(a, BASKET))).toBe(true);
    expect(await order(a, 1)).toBe('too-many-unpaid');
    expect(isPlaced(await order(b, 10))).toBe(true);
    expect(await position()).toMatchObject({ available: 0 });
  });

  test('ends with the payment, the cancellation and the expiry of an order', async () => {
    for (const end of [pay, cancel, expire]) {
      const { shop, a, order } = await twoStorefronts({ unpaidShareOfSkuOfStorefront: 20 }, 100);
      const first = await order(a, BASKET);
      expect(await order(a, BASKET)).toBe('too-many-unpaid');
      await end(shop, first);
      shop.pass(6_000);
      expect(isPlaced(await order(a, BASKET))).toBe(true);
      expect(await order(a, 1)).toBe('too-many-unpaid');
    }
  });

  test('counts every SKU of an order, also of more than ten', async () => {
    const { shop, a, sku } = await twoStorefronts({ unpaidShareOfSkuOfStorefront: 10 }, 100);
    const decoys = times(11).map((_, index) => `${sku}-${index}`);
    await Promise.all(decoys.map((decoy) => shop.receive(decoy, 100)));
    const mosts = Object.fromEntries([sku, ...decoys].map((each) => [each, BASKET]));
    const place = async (units: number) => {
      const lines = [
        { sku, quantity: units },
        ...decoys.map((decoy) => ({ sku: decoy, quantity: units + 1 })),
      ];
      const { quoteId } = await shop.quote(costOf(lines), a, { unpaidMostOfStorefront: mosts });
      const placed = await shop.place(quoteId, { storefrontId: a, idempotencyKey: quoteId });
      return placed.ok ? placed.value.orderId : placed.error;
    };
    const alone = async (units: number) => {
      const { quoteId } = await shop.quote(costOf([{ sku, quantity: units }]), a, {
        unpaidMostOfStorefront: mosts,
      });
      const placed = await shop.place(quoteId, { storefrontId: a, idempotencyKey: quoteId });
      return placed.ok ? 'placed' : placed.error;
    };
    expect(await place(9)).toMatch(/^ord_/);
    expect(await alone(10)).toBe('placed');
    expect(await alone(2)).toEqual({ reason: 'too-many-unpaid', limit: 'sku' });
    // Counted again from the orders, nothing is lost: the entry of a wide order names all of its SKUs.
    shop.pass(6_000);
    expect(await alone(2)).toEqual({ reason: 'too-many-unpaid', limit: 'sku' });
    expect(await alone(1)).toBe('placed');
  });

  test('counts an order once, also if its request is repeated', async () => {
    const { shop, a, quote, place, order } = await twoStorefronts({ unpaidShareOfSkuOfStorefront: 10 }, 400);
    const mine = await quote(a, BASKET);
    const first = await place(mine);
    for (const _ of times(5)) expect(await place(mine)).not.toBe('too-many-unpaid');
    expect(isPlaced(first)).toBe(true);
    // 380 can be sold, a tenth of them are 38: eighteen more fit, and the sum has not counted the repeats.
    expect(isPlaced(await order(a, 18))).toBe(true);
    expect(await order(a, 1)).toBe('too-many-unpaid');
    shop.pass(6_000);
    expect(await order(a, 1)).toBe('too-many-unpaid');
  });

  test('costs an order one write of one unit for each SKU, and nothing where it is not set', async () => {
    const costs: unknown[] = [];
    for (const limits of [{}, { unpaidShareOfSkuOfStorefront: 50 }]) {
      const { a, quote, place } = await twoStorefronts(limits, 100);
      const mine = await quote(a, 1);
      const before = on.counts();
      expect(isPlaced(await place(mine))).toBe(true);
      const { 'dynamodb.writeUnits': writes = 0, 'dynamodb.readUnits': reads = 0 } = countsSince(
        before,
        on.counts(),
      );
      costs.push({ writes, reads });
    }
    const [off, set] = costs as { writes: number; reads: number }[];
    expect(set?.writes).toBe((off?.writes ?? 0) + 1);
    // It is looked whether the order was placed already.
    expect((set?.reads ?? 0) - (off?.reads ?? 0)).toBeLessThanOrEqual(1);
  });

  test('is never exceeded and always released, whatever happens in between', async () => {
    const step = fc.oneof(
      fc.record({
        does: fc.constant('order' as const),
        atB: fc.boolean(),
        units: fc.integer({ min: 1, max: BASKET }),
        atOnce: fc.integer({ min: 1, max: 4 }),
      }),
      fc.record({
        does: fc.constantFrom('pay' as const, 'cancel' as const, 'expire' as const),
        pick: fc.nat(9),
      }),
      fc.record({ does: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 9 }) }),
    );
    const ends = { pay, cancel, expire };
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 4, maxLength: 10 }),
        fc.constantFrom(20, 50, 80),
        async (steps, percent) => {
          const { shop, a, b, quote, place, order, position } = await twoStorefronts(
            { unpaidShareOfSkuOfStorefront: percent },
            200,
          );
          const orders: { id: string; at: string; units: number; state: 'open' | keyof typeof ends }[] = [];
          const open = (at: string) => orders.filter((each) => each.at === at && each.state === 'open');
          const unitsOf = (list: readonly { units: number }[]) =>
            list.reduce((sum, { units }) => sum + units, 0);
          for (const each of steps) {
            shop.pass(6_000);
            if (each.does === 'wait') shop.pass(each.minutes * minuteMs);
            else if (each.does === 'order') {
              const at = each.atB ? b : a;
              const before = unitsOf(open(at));
              const { available } = await position();
              const quotes = await Promise.all(
                times(each.atOnce).map(() => quote(at, each.units, available)),
              );
              const most = quotes[0]?.most ?? 0;
              expect(most).toBe(Math.max(BASKET, Math.floor((available * percent) / 100)));
              const answers = await Promise.all(quotes.map((one) => place(one)));
              for (const id of placedOf(answers)) orders.push({ id, at, units: each.units, state: 'open' });
              if (placedOf(answers).length > 0) expect(unitsOf(open(at))).toBeLessThanOrEqual(most);
              const all = each.atOnce * each.units;
              if (before + all <= most && all <= available)
                expect(placedOf(answers)).toHaveLength(each.atOnce);
            } else {
              const waiting = orders.filter(({ state }) => state === 'open');
              const one = waiting[each.pick % Math.max(1, waiting.length)];
              if (one === undefined) continue;
              await ends[each.does](shop, one.id);
              one.state = each.does;
            }
          }
          const held = orders.filter(({ state }) => state === 'open' || state === 'pay');
          expect((await position()).reserved).toBe(unitsOf(held));
          for (const one of orders.filter(({ state }) => state === 'open')) await expire(shop, one.id);
          shop.pass(6_000);
          const { available } = await position();
          for (const at of [a, b])
            if (available >= 2 * BASKET) expect(isPlaced(await order(at, BASKET))).toBe(true);
        },
      ),
      { numRuns: 8 },
    );
  });
});
