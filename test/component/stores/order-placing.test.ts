import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCatalogueStore } from '../../../shared/aws/catalogue/catalogue-store.ts';
import { createOrderDetails } from '../../../shared/aws/order/order-records.ts';
import { countersOf } from '../../../shared/aws/stock/buckets.ts';
import { keys, listKey } from '../../../shared/aws/table.ts';
import { hourMs, minuteMs } from '../../../shared/kernel/time.ts';
import { accessTokenFor } from '../../../shared/order/access-tokens.ts';
import { hashAccessToken } from '../../../shared/order/index.ts';
import { MAX_LINES } from '../../../shared/quote/quote.ts';
import { address, details } from '../../builders/details.ts';
import { landedCost } from '../../builders/landed-cost.ts';
import { warehouse } from '../../builders/network.ts';
import { consignmentOf, costOf, openShop, type Shop, signingKey } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let shop: Shop;

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
});
afterAll(() => on.stop());

/** What a repeat of a request gets that placed an order. */
const repeatOf = (first: Awaited<ReturnType<Shop['place']>>) => ({
  orderId: first.ok ? first.value.orderId : '',
  isNew: false,
  consignments: [],
});
const one = (sku: string, quantity = 1) => costOf([{ sku, quantity }]);
const counts = async (sku: string) => {
  const { available, reserved, onHand } = (await shop.positionOf(sku)) ?? {};
  return { available, reserved, onHand };
};

describe('an order for a valid quote', () => {
  test('reserves the plan, consumes the quote, and writes summary and first fact', async () => {
    await shop.receive('TEA', 10);
    const quote = await shop.quote(one('TEA', 3));
    const placed = await shop.place(quote.quoteId);
    const orderId = placed.ok ? placed.value.orderId : '';
    expect(placed).toEqual({
      ok: true,
      value: {
        orderId: expect.stringMatching(/^ord_/),
        isNew: true,
        consignments: expect.any(Array),
        // What is given is what is stored: the payment starts on it without a read.
        timeline: { orderId, facts: (await shop.timelines.load(orderId))?.facts },
      },
    });
    expect(await counts('TEA')).toEqual({ available: 7, reserved: 3, onHand: 10 });
    // The order has the number of its quote.
    expect(orderId.slice(4)).toBe(quote.quoteId.slice(4));
    expect((await shop.itemsOf(orderId)).map(({ sk }) => sk)).toEqual(['FACT#000001', 'ORDER']);
    const timeline = await shop.timelines.load(orderId);
    expect(timeline?.facts.map(({ name, sequence, cause }) => [name, sequence, cause.by])).toEqual([
      ['order.placed', 1, 'shopper'],
    ]);
    expect(await on.item(keys.head(orderId))).toMatchObject({
      listKey: listKey('open', orderId),
      dueAt: '2026-11-23T10:02:00.000Z',
      dueShard: expect.stringMatching(/^DUE#[0-7]$/),
      accessTokenHash: hashAccessToken(accessTokenFor(orderId, signingKey)),
    });
  });

  test('is refused by name if a warehouse on the way of its goods was removed from the network', async () => {
    const catalogue = createCatalogueStore(on.table, shop.clock);
    await shop.receive('CLOSED', 5);
    const put = (active: boolean) => catalogue.putWarehouse(warehouse({ warehouseId: 'pl-poznan', active }));
    const via = landedCost({
      consignments: [{ ...consignmentOf([{ sku: 'CLOSED', quantity: 1 }]), via: ['pl-poznan'] }],
    });
    await put(true);
    const [before, quote, other] = [
      await shop.quote(via),
      await shop.quote(via),
      await shop.quote(one('CLOSED')),
    ];
    const request = { idempotencyKey: 'before-it-closed' };
    const placed = await shop.place(before.quoteId, request);
    await put(false);
    expect(await shop.place(quote.quoteId)).toEqual({
      ok: false,
      error: { reason: 'warehouse-closed', warehouseIds: ['pl-poznan'] },
    });
    expect(await counts('CLOSED')).toMatchObject({ available: 4, reserved: 1 });
    // The order that was placed before gets the same answer, and goods on another way can still be ordered.
    expect(await shop.place(before.quoteId, request)).toMatchObject({
      ok: true,
      value: repeatOf(placed),
    });
    expect(await shop.place(other.quoteId)).toMatchObject({ ok: true });
    await put(true);
    expect(await shop.place(quote.quoteId)).toMatchObject({ ok: true });
  });

  test('stores the reasons for the choice of warehouses: the other options and the scores', async () => {
    await shop.receive('WHY', 5);
    const cost = one('WHY');
    const costlier = {
      ...cost,
      totals: { ...cost.totals, total: { amount: 9_999, currency: 'EUR' as const } },
    };
    const scores = [{ warehouseId: 'pl-poznan', refused: 'not-in-stock' as const }];
    const { quoteId } = await shop.quote(cost, 'shop', {
      options: [
        { optionId: 'opt-1', labels: ['cheapest'], landedCost: cost },
        { optionId: 'opt-2', labels: ['fastest', 'express'], landedCost: costlier },
      ],
      scores,
    });
    const placed = await shop.place(quoteId);
    const timeline = await shop.timelines.load(placed.ok ? placed.value.orderId : '');
    const [first] = timeline?.facts ?? [];
    expect(first?.name === 'order.placed' && first.data.allocation).toEqual({
      ...{ optionId: 'opt-1', labels: ['cheapest'], scores },
      alternatives: [
        {
          ...{ optionId: 'opt-2', labels: ['fastest', 'express'] },
          parcels: [{ warehouseId: 'cn-shenzhen', carrier: 'easypost', service: 'standard' }],
          total: { amount: 9_999, currency: 'EUR' },
          ...{ promisedBy: '2026-12-05T10:00:00.000Z', carbonGrams: 0 },
        },
      ],
    });
  });

  test('with the same SKU on two lines reserves the sum, and is refused if only each alone is in stock', async () => {
    await shop.receive('TWICE', 5);
    const twice = (quantity: number) =>
      costOf([
        { sku: 'TWICE', quantity },
        { sku: 'TWICE', quantity },
      ]);
    expect(await shop.place((await shop.quote(twice(3))).quoteId)).toEqual({
      ok: false,
      error: { reason: 'stock-gone', skus: ['TWICE'] },
    });
    expect(await counts('TWICE')).toEqual({ available: 5, reserved: 0, onHand: 5 });
    await shop.buy(twice(2));
    expect(await counts('TWICE')).toEqual({ available: 1, reserved: 4, onHand: 5 });
  });

  test.each([20, MAX_LINES])('of %i lines fits one transaction', async (count) => {
    const lines = Array.from({ length: count }, (_, index) => ({ sku: `L${count}-${index}`, quantity: 1 }));
    await Promise.all(lines.map(({ sku }) => shop.receive(sku, 2)));
    const orderId = await shop.buy(costOf(lines));
    expect(await shop.timelines.load(orderId)).toMatchObject({ facts: [{ name: 'order.placed' }] });
    for (const { sku } of lines) expect(await counts(sku)).toEqual({ available: 1, reserved: 1, onHand: 2 });
  });
});

describe('a repeated request', () => {
  test('gives the same order again, and writes nothing', async () => {
    await shop.receive('REPEAT', 10);
    const { quoteId } = await shop.quote(one('REPEAT'));
    const idempotencyKey = shop.nextKey();
    const first = await shop.place(quoteId, { idempotencyKey });
    const before = await on.items();
    const again = await shop.place(quoteId, { idempotencyKey });
    expect(first).toMatchObject({ ok: true, value: { isNew: true } });
    expect(again).toEqual({
      ok: true,
      value: { orderId: first.ok ? first.value.orderId : '', isNew: false, consignments: [] },
    });
    expect(await on.items()).toEqual(before);
  });

  test('gives the order even if the quote has expired and the stock is gone', async () => {
    await shop.receive('LATER', 1);
    const { quoteId } = await shop.quote(one('LATER'));
    const idempotencyKey = shop.nextKey();
    const first = await shop.place(quoteId, { idempotencyKey });
    shop.pass(hourMs);
    expect(await shop.place(quoteId, { idempotencyKey })).toEqual({
      ok: true,
      value: repeatOf(first),
    });
  });

  test('sent many times at once creates one order', async () => {
    await shop.receive('AT-ONCE', 5);
    const { quoteId } = await shop.quote(one('AT-ONCE'));
    const idempotencyKey = shop.nextKey();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => shop.place(quoteId, { idempotencyKey })),
    );
    const orders = new Set(answers.map((answer) => (answer.ok ? answer.value.orderId : answer.error.reason)));
    expect(orders.size).toBe(1);
    expect(answers.filter((answer) => answer.ok && answer.value.isNew)).toHaveLength(1);
    expect(await counts('AT-ONCE')).toEqual({ available: 4, reserved: 1, onHand: 5 });
  });

  test('is refused with another body, whatever the difference is', async () => {
    await shop.receive('OTHER', 10);
    const { quoteId } = await shop.quote(one('OTHER'));
    const { quoteId: otherQuote } = await shop.quote(one('OTHER'));
    const idempotencyKey = shop.nextKey();
    await shop.place(quoteId, { idempotencyKey });
    const before = await on.items();
    const others = [
      shop.place(quoteId, {
        idempotencyKey,
        details: details({ customer: { email: 'bea@example.test', phone: '+493012345678' } }),
      }),
      shop.place(otherQuote, { idempotencyKey }),
      shop.place(quoteId, {
        idempotencyKey,
        payment: { method: 'card', returnUrl: 'https://shop.test/back' },
      }),
    ];
    for (const answer of await Promise.all(others))
      expect(answer).toEqual({ ok: false, error: { reason: 'key-reused' } });
    expect(await on.items()).toEqual(before);
  });

  test('needs no item of its own if its key is the id of its quote', async () => {
    await shop.receive('BY-QUOTE', 10);
    const { quoteId } = await shop.quote(one('BY-QUOTE'));
    const { quoteId: other } = await shop.quote(one('BY-QUOTE'));
    const first = await shop.place(quoteId, { idempotencyKey: quoteId });
    if (!first.ok) throw new Error('the order is placed');
    const before = await on.items();
    expect(
      before.filter(({ pk }) => String(pk).includes(`#${quoteId}`) && !String(pk).startsWith('QUOTE')),
    ).toEqual([]);
    const repeated = { ok: true, value: repeatOf(first) };
    const reused = { ok: false, error: { reason: 'key-reused' } };
    const changed = { details: details({ customer: { email: 'bea@example.test', phone: '+493012345678' } }) };
    expect(await shop.place(quoteId, { idempotencyKey: quoteId })).toEqual(repeated);
    expect(await shop.place(quoteId, { idempotencyKey: quoteId, ...changed })).toEqual(reused);
    // The key of one quote is not that of another, whichever is ordered first, and other keys find the quote used.
    expect(await shop.place(other, { idempotencyKey: quoteId })).toEqual(reused);
    expect(await shop.place(quoteId)).toEqual({ ok: false, error: { reason: 'quote-consumed' } });
    expect(await on.items()).toEqual(before);
    shop.pass(hourMs);
    expect(await shop.place(quoteId, { idempotencyKey: quoteId })).toEqual(repeated);
    expect(await shop.place(quoteId, { idempotencyKey: quoteId, ...changed })).toEqual(reused);
  });

  test('under the id of its quote, sent many times at once, creates one order', async () => {
    await shop.receive('QUOTE-AT-ONCE', 5);
    const { quoteId } = await shop.quote(one('QUOTE-AT-ONCE'));
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => shop.place(quoteId, { idempotencyKey: quoteId })),
    );
    expect(answers.filter((answer) => answer.ok && answer.value.isNew)).toHaveLength(1);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
    expect(await counts('QUOTE-AT-ONCE')).toEqual({ available: 4, reserved: 1, onHand: 5 });
  });

  test('belongs to one storefront: another storefront may use the same key', async () => {
    await shop.receive('SCOPED', 10);
    const idempotencyKey = shop.nextKey();
    const { quoteId } = await shop.quote(one('SCOPED'));
    const { quoteId: elsewhere } = await shop.quote(one('SCOPED'), 'outlet');
    expect(await shop.place(quoteId, { idempotencyKey })).toMatchObject({ ok: true });
    expect(await shop.place(elsewhere, { idempotencyKey, storefrontId: 'outlet' })).toMatchObject({
      ok: true,
      value: { isNew: true },
    });
  });
});

describe('a refused order writes nothing', () => {
  const unchanged = async (attempt: () => Promise<unknown>) => {
    const before = await on.items();
    const answer = await attempt();
    expect(await on.items()).toEqual(before);
    return answer;
  };

  test('if another order consumed the quote', async () => {
    await shop.receive('CONSUMED', 10);
    const { quoteId } = await shop.quote(one('CONSUMED'));
    await shop.place(quoteId);
    expect(await unchanged(() => shop.place(quoteId))).toEqual({
      ok: false,
      error: { reason: 'quote-consumed' },
    });
  });

  test('if two buyers order with one quote at once', async () => {
    await shop.receive('RACE', 10);
    const { quoteId } = await shop.quote(one('RACE'));
    const answers = await Promise.all([shop.place(quoteId), shop.place(quoteId)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.error.reason === 'quote-consumed')).toHaveLength(
      1,
    );
    expect(await counts('RACE')).toEqual({ available: 9, reserved: 1, onHand: 10 });
  });

  test('from the minute in which the quote expires', async () => {
    await shop.receive('EXPIRED', 10);
    const { quoteId } = await shop.quote(one('EXPIRED'));
    const { quoteId: other } = await shop.quote(one('EXPIRED'));
    shop.pass(30 * minuteMs - 1);
    expect(await shop.place(other)).toMatchObject({ ok: true });
    shop.pass(1);
    expect(await unchanged(() => shop.place(quoteId))).toEqual({
      ok: false,
      error: { reason: 'quote-expired' },
    });
  });

  test('if the quote belongs to another storefront, does not exist or was altered', async () => {
    await shop.receive('FOREIGN', 10);
    const unknown = { ok: false, error: { reason: 'quote-unknown' } };
    const foreign = await shop.quote(one('FOREIGN'), 'outlet');
    expect(await unchanged(() => shop.place(foreign.quoteId))).toEqual(unknown);
    expect(await unchanged(() => shop.place('quo_01KAXB3J5K0000000000000000'))).toEqual(unknown);
    const quote = await shop.quote(one('FOREIGN'));
    await shop.quotes.put({ ...quote, expiresAt: '2030-01-01T00:00:00.000Z' });
    expect(await unchanged(() => shop.place(quote.quoteId))).toEqual(unknown);
  });

  test('if the method is not offered, or if the address is not the one of the quote', async () => {
    await shop.receive('METHOD', 10);
    const { quoteId } = await shop.quote(one('METHOD'));
    expect(await unchanged(() => shop.place(quoteId, { payment: { method: 'shells' } }))).toEqual({
      ok: false,
      error: { reason: 'method-not-offered' },
    });
    const there = details();
    const moved = { ...there, shippingAddress: { ...there.shippingAddress, postalCode: '80331' } };
    expect(await unchanged(() => shop.place(quoteId, { details: moved }))).toEqual({
      ok: false,
      error: { reason: 'address-elsewhere', quoted: 'DE' },
    });
  });

  test('if the quote names no postal code, and the address is in a territory with other duties', async () => {
    await shop.receive('ISLAND', 10);
    const cost = { ...one('ISLAND'), destination: { country: 'DE' } };
    const { quoteId } = await shop.quote(cost);
    const at = (postalCode: string) => ({ details: details({ shippingAddress: address({ postalCode }) }) });
    // Heligoland, which is outside the customs territory of the Union: article 4 of Regulation (EU) 952/2013.
    expect(await unchanged(() => shop.place(quoteId, at('27498')))).toEqual({
      ok: false,
      error: {
        reason: 'territory',
        name: 'Heligoland',
        field: 'postalCode',
        detail: 'Heligoland has customs and tax rules of its own, and we do not sell there',
      },
    });
    expect(await shop.place(quoteId, at('20095'))).toMatchObject({ ok: true });
  });

  test('if the freight depends on the postal code, and the quote was made without one', async () => {
    await shop.receive('REMOTE', 10);
    const cost = { ...one('REMOTE'), destination: { country: 'DE' } };
    const option = {
      optionId: 'opt-1',
      labels: ['cheapest'],
      landedCost: cost,
      needsPostalCode: true as const,
    };
    const { quoteId } = await shop.quote(cost, 'shop', { options: [option] });
    const refusal = await unchanged(() => shop.place(quoteId));
    expect(refusal).toEqual({ ok: false, error: { reason: 'postal-code-not-quoted' } });
  });

  test('if customs need the consignee’s number and it is missing, which domestic goods do not need', async () => {
    await shop.receive('DECLARED', 10);
    const korea = { country: 'KR', postalCode: '04524' };
    const there = details();
    const to = (taxId?: string) => ({
      details: {
        ...there,
        shippingAddress: { ...there.shippingAddress, ...korea, ...(taxId === undefined ? {} : { taxId }) },
      },
    });
    const cost = { ...one('DECLARED'), destination: korea };
    const declared = await shop.quote(cost);
    expect(await unchanged(() => shop.place(declared.quoteId, to()))).toEqual({
      ok: false,
      error: { reason: 'tax-id-needed', number: 'personal customs clearance code' },
    });
    const placed = await shop.place(declared.quoteId, to('P123456789012'));
    const orderId = placed.ok ? placed.value.orderId : '';
    expect((await createOrderDetails(on.table).read(orderId)).shippingAddress.taxId).toBe('P123456789012');
    const facts = (await shop.timelines.load(orderId))?.facts;
    expect(JSON.stringify(facts)).not.toContain('P123456789012');

    const consignments = cost.consignments.map(({ dataSet: _, ...within }) => within);
    const domestic = await shop.quote({ ...cost, consignments });
    expect(await shop.place(domestic.quoteId, to())).toMatchObject({ ok: true });
  });

  test('if the payment method asks for data of the payer that is missing', async () => {
    await shop.receive('PAYER', 10);
    // A carrier that needs nothing of the address itself.
    const cost = one('PAYER');
    const consignments = cost.consignments.map((each) => ({ ...each, carrier: 'anyone' }));
    const { quoteId } = await shop.quote({ ...cost, consignments });
    const by = (given: ReturnType<typeof details>) =>
      shop.place(quoteId, { details: given, payment: { method: 'mobilepay' } });
    const { shippingAddress } = details();
    const bare = { customer: { email: 'ada@example.test' }, shippingAddress };
    const lack = (pointer: string, what: string) => ({
      ...{ pointer, code: 'payer-needs', detail: `the payment method needs ${what} of the shopper` },
    });
    const [phone, number] = [lack('/customer/phone', 'the telephone number'), 'the tax number'];
    expect(await unchanged(() => by(bare))).toEqual({
      ok: false,
      error: { reason: 'payer-needs', problems: [phone, lack('/shippingAddress/taxId', number)] },
    });
    const billed = { ...details(), billingAddress: shippingAddress };
    expect(await unchanged(() => by(billed))).toEqual({
      ok: false,
      error: { reason: 'payer-needs', problems: [lack('/billingAddress/taxId', number)] },
    });
    const known = { ...details(), billingAddress: { ...shippingAddress, taxId: '12345678' } };
    expect(await by(known)).toMatchObject({ ok: true });
  });

  test('if stock is gone: every missing SKU is named once, and no other SKU is reserved', async () => {
    const other = 'pl-poznan';
    await shop.receive('THERE', 10);
    await shop.receive('SHORT', 1);
    await shop.receive('SHORT', 1, other);
    const cost = landedCost({
      consignments: [
        consignmentOf([
          { sku: 'THERE', quantity: 1 },
          { sku: 'SHORT', quantity: 2 },
          { sku: 'NEVER', quantity: 1 },
        ]),
        consignmentOf([{ sku: 'SHORT', quantity: 2 }], other),
      ],
    });
    const { quoteId } = await shop.quote(cost);
    expect(await unchanged(() => shop.place(quoteId))).toEqual({
      ok: false,
      error: { reason: 'stock-gone', skus: ['SHORT', 'NEVER'] },
    });
    // The refusal did not consume the quote.
    await shop.receive('SHORT', 5);
    await shop.receive('SHORT', 5, other);
    await shop.receive('NEVER', 1);
    expect(await shop.place(quoteId)).toMatchObject({ ok: true });
  });
});

describe('many buyers at the same time', () => {
  const buyers = async (sku: string, wants: readonly number[]) => {
    const quotes = await Promise.all(wants.map((quantity) => shop.quote(one(sku, quantity))));
    return Promise.all(quotes.map(({ quoteId }) => shop.place(quoteId)));
  };

  test.each([
    [40, 10],
    [10, 40],
    [1, 1],
  ])('%i buyers of %i units receive exactly the smaller number', async (count, units) => {
    const sku = `FLASH-${count}-${units}`;
    await shop.receive(sku, units);
    const answers = await buyers(
      sku,
      Array.from({ length: count }, () => 1),
    );
    const sold = Math.min(count, units);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(sold);
    for (const answer of answers)
      if (!answer.ok) expect(answer.error).toEqual({ reason: 'stock-gone', skus: [sku] });
    expect(await counts(sku)).toEqual({ available: units - sold, reserved: sold, onHand: units });
  });

  test('of several units each never receive more than the stock, and none is refused while enough is left', async () => {
    await shop.receive('SEVERAL', 20);
    const wants = [7, 5, 3, 7, 5, 3, 7, 5, 3, 1, 1, 1];
    const answers = await buyers('SEVERAL', wants);
    const sold = answers.reduce((all, answer, index) => all + (answer.ok ? (wants[index] ?? 0) : 0), 0);
    const left = 20 - sold;
    expect(left).toBeGreaterThanOrEqual(0);
    for (const [index, answer] of answers.entries())
      if (!answer.ok) expect(wants[index]).toBeGreaterThan(left);
    expect(await counts('SEVERAL')).toEqual({ available: left, reserved: sold, onHand: 20 });
  });

  test('of several SKUs each reserve nothing if one SKU is refused', async () => {
    await Promise.all([shop.receive('LEFT', 6), shop.receive('RIGHT', 6)]);
    const baskets = Array.from({ length: 12 }, (_, index) =>
      costOf([
        { sku: index % 2 === 0 ? 'LEFT' : 'RIGHT', quantity: 1 },
        { sku: index % 2 === 0 ? 'RIGHT' : 'LEFT', quantity: 1 },
      ]),
    );
    const quotes = await Promise.all(baskets.map((cost) => shop.quote(cost)));
    const answers = await Promise.all(quotes.map(({ quoteId }) => shop.place(quoteId)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(6);
    for (const sku of ['LEFT', 'RIGHT'])
      expect(await counts(sku)).toEqual({ available: 0, reserved: 6, onHand: 6 });
  });
});

test('after all orders, the figures on the table add up', async () => {
  for (const item of await on.items()) {
    if (!String(item.pk).startsWith('STOCK#')) continue;
    const { onHand, available, reserved, quarantined, received, shipped, writtenOff } = countersOf(item);
    expect([item.pk, onHand]).toEqual([item.pk, available + reserved + quarantined]);
    expect([item.pk, received]).toEqual([item.pk, onHand + shipped + writtenOff]);
  }
});
