import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOpenEntries } from '../../../shared/aws/callers/open-entries.ts';
import type { CallerLimits } from '../../../shared/catalogue/index.ts';
import { keyedHash } from '../../../shared/kernel/hash.ts';
import { later, minuteMs } from '../../../shared/kernel/time.ts';
import { countHeld } from '../../../shared/slots/index.ts';
import { costOf } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';
import { cancel, isPlaced, pay, placedOf, unpaidShop } from './unpaid-shop.ts';

let on: TableOnEngine;

beforeAll(async () => {
  on = await startTable();
});
afterAll(() => on.stop());

const shopWith = (limits?: Partial<CallerLimits>, stock?: number) => unpaidShop(on, limits, stock);

describe('orders of which nothing is to be paid', () => {
  const free = { isFree: true };

  test('are counted for a day although they are authorised at once, or were cancelled', async () => {
    const { shop, order } = await shopWith({ freeOrdersOfClient: 3 });
    for (let each = 0; each < 3; each += 1) {
      const placed = await order(free);
      expect(isPlaced(placed)).toBe(true);
      await (each === 0 ? cancel(shop, placed) : pay(shop, placed));
      shop.pass(30 * minuteMs);
    }
    expect(await order(free)).toBe('too-many-free');
    shop.pass(22 * 60 * minuteMs);
    expect(await order(free)).toBe('too-many-free');
    shop.pass(31 * minuteMs);
    expect(isPlaced(await order(free))).toBe(true);
    expect(await order(free)).toBe('too-many-free');
  });

  test('are one of a shopper a day, from any number of clients', async () => {
    const { order } = await shopWith();
    const answers: string[] = [];
    for (let client = 1; client <= 4; client += 1)
      answers.push(await order({ ...free, client: `192.0.2.${client}`, email: 'a@example.test' }));
    expect(answers.map(isPlaced)).toEqual([true, false, false, false]);
  });

  test('take no room from orders that are paid, and those none from them', async () => {
    const { order } = await shopWith({ freeOrdersOfClient: 1, unpaidOrdersOfClient: 2 });
    expect(isPlaced(await order(free))).toBe(true);
    expect(await order(free)).toBe('too-many-free');
    expect([isPlaced(await order()), isPlaced(await order())]).toEqual([true, true]);
    expect(await order()).toBe('too-many-unpaid');
  });
});

describe('unpaid orders', () => {
  test('of a client with the public key, 273 requests, hold at most its limit, and others still buy', async () => {
    const { storefrontId, order, reserved } = await shopWith();
    const answers: string[] = [];
    for (let batch = 0; batch < 21; batch += 1)
      answers.push(
        ...(await Promise.all(
          Array.from({ length: 13 }, () => order({ client: '203.0.113.9', quantity: 20 })),
        )),
      );
    expect(answers).toHaveLength(273);
    expect(new Set(answers.filter((answer) => !isPlaced(answer)))).toEqual(new Set(['too-many-unpaid']));
    // A hundred units, with twenty in an order.
    expect([placedOf(answers).length, await reserved()]).toEqual([5, 100]);
    expect(isPlaced(await order({ client: '198.51.100.1', at: `${storefrontId}-other` }))).toBe(true);
    expect(isPlaced(await order({ client: '198.51.100.1' }))).toBe(true);
  });

  test('of a client have at most a basket of a SKU, or a tenth of what can be sold where that is more', async () => {
    for (const [stock, held] of [
      [12, 10],
      [100, 20],
      [600, 60],
    ] as const) {
      const { shop, order, reserved } = await shopWith({}, stock);
      const answers: string[] = [];
      for (let each = 0; each < 10; each += 1) answers.push(await order({ quantity: 10 }));
      expect([stock, await reserved()]).toEqual([stock, held]);
      // Another client buys what is left, also the last unit; and what is paid leaves the count.
      expect(isPlaced(await order({ client: '192.0.2.2', quantity: Math.min(stock - held, 10) }))).toBe(true);
      await pay(shop, placedOf(answers)[0] ?? '');
      shop.pass(10_000);
      if (stock > 12) expect(isPlaced(await order({ quantity: 10 }))).toBe(true);
    }
  });

  test('of several SKUs are counted by SKU, and of eleven SKUs those with the most units', async () => {
    const { shop, sku } = await shopWith({}, 40);
    const others = Array.from({ length: 10 }, (_, index) => `${sku}-${index}`);
    await Promise.all(others.map((other) => shop.receive(other, 40)));
    const place = async (lines: { sku: string; quantity: number }[]) => {
      const { quoteId } = await shop.quote(costOf(lines), sku);
      const placed = await shop.place(quoteId, { storefrontId: sku });
      return placed.ok ? 'placed' : placed.error.reason;
    };
    const lines = [sku, ...others].map((each, index) => ({ sku: each, quantity: index === 0 ? 1 : 6 }));
    expect(await place(lines)).toBe('placed');
    expect(await place([{ sku, quantity: 20 }])).toBe('placed');
    expect(await place([{ sku: others[0] ?? '', quantity: 15 }])).toBe('too-many-unpaid');
    expect(await place([{ sku: others[0] ?? '', quantity: 14 }])).toBe('placed');
  });

  test('are at most fifty of a client, for any number of requests at once', async () => {
    const { order, reserved } = await shopWith();
    const answers = await Promise.all(Array.from({ length: 90 }, () => order()));
    expect(placedOf(answers).length).toBeLessThanOrEqual(50);
    expect(await reserved()).toBe(placedOf(answers).length);
    for (let more = 0; more < 52; more += 1) answers.push(await order());
    expect(placedOf(answers)).toHaveLength(50);
  });

  test('of one e-mail address are at most five, from any number of clients, in any writing', async () => {
    const { order } = await shopWith();
    const answers: string[] = [];
    for (let client = 1; client <= 12; client += 1)
      answers.push(
        await order({
          client: `192.0.2.${client}`,
          email: client % 2 === 0 ? 'A@example.test' : 'a@Example.test',
        }),
      );
    expect(placedOf(answers)).toHaveLength(5);
  });

  test('to one address are at most five of a client', async () => {
    const { order } = await shopWith();
    const answers: string[] = [];
    for (let each = 0; each < 8; each += 1)
      answers.push(await order({ line1: each % 2 === 0 ? 'Street 1' : 'STREET 1.' }));
    expect(placedOf(answers)).toHaveLength(5);
  });

  test('of a storefront are at most its limit, from any number of clients; another storefront is not affected', async () => {
    const { storefrontId, order } = await shopWith({ unpaidOrdersOfStorefront: 30 });
    const answers: string[] = [];
    for (let client = 0; client < 90; client += 1) answers.push(await order({ client: `10.0.${client}.1` }));
    expect(placedOf(answers)).toHaveLength(30);
    expect(isPlaced(await order({ client: '10.1.0.1', at: `${storefrontId}-other` }))).toBe(true);
  });

  test('no longer count once they are paid', async () => {
    const { shop, order } = await shopWith({ unpaidOrdersOfClient: 2 });
    const [first, second] = [await order(), await order()];
    expect(await order()).toBe('too-many-unpaid');
    await pay(shop, first);
    shop.pass(6_000);
    expect(isPlaced(await order())).toBe(true);
    expect(await order()).toBe('too-many-unpaid');
    await pay(shop, second);
    shop.pass(6_000);
    expect(isPlaced(await order())).toBe(true);
  });

  test('that are cancelled count for ten minutes, so that a loop is stopped', async () => {
    const { shop, order } = await shopWith({ unpaidOrdersOfClient: 3 });
    for (let each = 0; each < 3; each += 1) await cancel(shop, await order());
    expect(await order()).toBe('too-many-unpaid');
    shop.pass(11 * minuteMs);
    expect(isPlaced(await order())).toBe(true);
  });

  test('are counted once for a request and its repeats, and a repeat gets its order also beyond the limit', async () => {
    const { shop, storefrontId, sku, order } = await shopWith({ unpaidOrdersOfClient: 2 });
    const { quoteId } = await shop.quote(costOf([{ sku, quantity: 1 }]), storefrontId);
    const request = { storefrontId, idempotencyKey: quoteId };
    const [one, ...others] = await Promise.all([1, 2, 3].map(() => shop.place(quoteId, request)));
    expect(one).toMatchObject({ ok: true });
    expect(isPlaced(await order())).toBe(true);
    expect(await order()).toBe('too-many-unpaid');
    expect(await shop.place(quoteId, request)).toMatchObject({ ok: true, value: { isNew: false } });
    expect(others.every(({ ok }) => ok)).toBe(true);
  });

  test('that could not be placed do not count for long', async () => {
    const { shop, storefrontId, order } = await shopWith({ unpaidOrdersOfClient: 1 });
    const { quoteId } = await shop.quote(costOf([{ sku: 'NOWHERE', quantity: 1 }]), storefrontId);
    expect(await shop.place(quoteId, { storefrontId })).toMatchObject({ error: { reason: 'stock-gone' } });
    expect(await order()).toBe('too-many-unpaid');
    shop.pass(4 * minuteMs);
    expect(isPlaced(await order())).toBe(true);
  });

  test('leave nothing in the table by which a person or a network is known', async () => {
    const { storefrontId, order } = await shopWith();
    await order({ client: '203.0.113.77', email: 'ada.lovelace@example.test', line1: 'Musterweg 7' });
    const entries = (await on.items()).filter(({ pk }) => String(pk).startsWith(`OPEN#${storefrontId}#`));
    expect(entries).toHaveLength(2);
    expect(JSON.stringify(entries)).not.toMatch(/203\.0|lovelace|Musterweg|example/i);
    for (const item of entries) expect(item.expiresAt).toEqual(expect.any(Number));
  });

  test('never exceed the limits, and are refused only at one, whatever happens in between', async () => {
    const step = fc.oneof(
      fc.record({
        does: fc.constant('order' as const),
        client: fc.nat(1),
        atOnce: fc.integer({ min: 1, max: 4 }),
      }),
      fc.record({ does: fc.constantFrom('pay' as const, 'cancel' as const), pick: fc.nat(9) }),
      fc.record({ does: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 15 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const most = 3;
        const { shop, order, reserved } = await shopWith({ unpaidOrdersOfClient: most });
        const orders: { id: string; client: number; state: 'open' | 'paid' | 'cancelled'; at: string }[] = [];
        const counted = (client: number) =>
          orders.filter(
            (each) =>
              each.client === client &&
              (each.state === 'open' ||
                // Times are kept to the minute.
                (each.state === 'cancelled' && shop.now() < later(each.at, 11 * minuteMs))),
          ).length;
        for (const each of steps) {
          shop.pass(6_000);
          if (each.does === 'wait') shop.pass(each.minutes * minuteMs);
          else if (each.does === 'order') {
            const before = counted(each.client);
            const answers = await Promise.all(
              Array.from({ length: each.atOnce }, () => order({ client: `10.9.8.${each.client}` })),
            );
            for (const id of placedOf(answers))
              orders.push({ id, client: each.client, state: 'open', at: shop.now() });
            const open = orders.filter(({ client, state }) => client === each.client && state === 'open');
            expect(open.length).toBeLessThanOrEqual(most);
            if (before + each.atOnce <= most) expect(placedOf(answers)).toHaveLength(each.atOnce);
          } else {
            const open = orders.filter(({ state }) => state === 'open');
            const one = open[each.pick % Math.max(1, open.length)];
            if (one === undefined) continue;
            await (each.does === 'pay' ? pay : cancel)(shop, one.id);
            one.state = each.does === 'pay' ? 'paid' : 'cancelled';
          }
        }
        expect(await reserved()).toBe(orders.filter(({ state }) => state !== 'cancelled').length);
      }),
      { numRuns: 15 },
    );
  });
});

describe('held slots', () => {
  const counting = (limits: CallerLimits) => ({
    entries: createOpenEntries(on.table),
    limits,
    hashOf: (text: string) => keyedHash(text, 'key'),
  });

  test('of a client are at most five at a time, and count until they run out', async () => {
    const deps = counting({ heldSlotsOfClient: 5, heldSlotsOfStorefront: 500 } as CallerLimits);
    const hold = (quote: number, now: string, client = '192.0.2.5') =>
      countHeld(deps, {
        quoteId: `quo-${quote}`,
        storefrontId: 'slots',
        client,
        until: later(now, 15 * minuteMs),
        now,
      });
    const now = '2026-11-23T10:00:00.000Z';
    const answers = await Promise.all(Array.from({ length: 15 }, (_, quote) => hold(quote, now)));
    expect(answers.filter((reached) => reached === undefined)).toHaveLength(5);
    expect(answers.filter((reached) => reached === 'client')).toHaveLength(10);
    const mine = answers.indexOf(undefined);
    // A quote that changes its place has one hold, as before.
    expect(await hold(mine, later(now, 6_000))).toBeUndefined();
    expect(await hold(99, later(now, 6_000), '192.0.2.6')).toBeUndefined();
    expect(await hold(98, later(now, 12_000))).toBe('client');
    expect(await hold(98, later(now, 17 * minuteMs))).toBeUndefined();
  });
});
