import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seed } from '../../../infra/cli/sample-shop/seed.ts';
import { type HandlersOnEngine, handlersOnEngine, type RouteId } from './handlers-on-engine.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

let handlers: HandlersOnEngine;
beforeAll(async () => {
  handlers = await handlersOnEngine();
  await seed(handlers.operator);
});
afterAll(() => handlers.stop());

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const sku = 'MUG-CERAMIC-350';
const shirt = 'TSHIRT-COTTON-NAVY';

const offer = (over: object = {}) => ({
  ...{ sku, casePack: 10, minimumUnits: 20, leadTimeDays: 30 },
  prices: [
    { fromUnits: 1, unitPrice: eur(420) },
    { fromUnits: 100, unitPrice: eur(390) },
  ],
  ...over,
});
const supplier = (over: object = {}) => ({
  ...{ name: 'Ningbo Ceramics', originCountries: ['CN'] },
  offers: [offer(), offer({ sku: shirt })],
  ...over,
});

let sent = 0;
const call = (route: RouteId, params: Record<string, string>, body?: unknown, key?: string) => {
  sent += 1;
  return handlers.call(route, {
    params,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { 'idempotency-key': key ?? `key-${sent}` },
  });
};
const putSupplier = (supplierId: string, over: object = {}) =>
  call('replenishment/put-supplier', { supplierId }, supplier(over));
const order = (over: object = {}, key?: string) =>
  call(
    'replenishment/post-replenishment-order',
    {},
    {
      ...{ kind: 'purchase', supplierId: 'ningbo', warehouseId: 'pl-poznan' },
      lines: [{ sku, units: 40 }],
      ...over,
    },
    key,
  );
type Body = Record<string, unknown> & { replenishmentOrderId: string };
const bodyOf = ({ body }: { body?: unknown }) => body as Body;
const step = (
  route: RouteId,
  replenishmentOrderId: string,
  body?: unknown,
  key?: string,
  decision?: string,
) => call(route, { replenishmentOrderId, ...(decision === undefined ? {} : { decision }) }, body, key);
const onHand = async (of: string, warehouse = 'pl-poznan') => {
  const { body } = await handlers.call('stock/get-stock', {
    params: { sku: of },
    query: { rebuilt: 'true' },
  });
  const { warehouses, rebuilt } = body as {
    warehouses: { warehouseId: string; onHand: number; available: number; inTransit: number }[];
    rebuilt: { differences?: unknown[] };
  };
  expect(rebuilt.differences ?? []).toEqual([]);
  return warehouses.find(({ warehouseId }) => warehouseId === warehouse);
};
const problem = (code: string) => `https://entrepot.dev/problems/${code}`;
const pointersOf = ({ body }: { body?: unknown }) =>
  (body as { errors: { pointer: string; code: string }[] }).errors.map(({ pointer, code }) => [
    pointer,
    code,
  ]);

describe('suppliers', () => {
  test('are stored with a secret of their own, listed page by page, and shown with their score', async () => {
    const first = await putSupplier('ningbo');
    const second = await putSupplier('qingdao', { status: 'down' });

    expect(first).toMatchObject({ status: 200, body: { supplierId: 'ningbo', status: 'up' } });
    const secrets = [first, second].map((answer) => bodyOf(answer).signingSecret);
    expect(secrets[0]).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(secrets[0]).not.toBe(secrets[1]);
    const page = await handlers.call('replenishment/get-suppliers', { query: { limit: '1' } });
    const { suppliers, cursor } = bodyOf(page) as unknown as {
      suppliers: { supplierId: string }[];
      cursor: string;
    };
    expect(suppliers.map(({ supplierId }) => supplierId)).toEqual(['ningbo']);
    expect(
      await handlers.call('replenishment/get-suppliers', { query: { limit: '1', cursor } }),
    ).toMatchObject({ body: { suppliers: [{ supplierId: 'qingdao' }] } });
    expect(await call('replenishment/get-supplier', { supplierId: 'ningbo' })).toMatchObject({
      status: 200,
      body: { scorecard: { score: 7_500, reasons: [{ code: 'no-history' }] }, deliveries: [] },
    });
    expect(await call('replenishment/get-supplier', { supplierId: 'nobody' })).toMatchObject({ status: 404 });
    expect(await handlers.call('replenishment/get-suppliers', { query: { cursor: 'x' } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '#/query/cursor' }] },
    });
  });

  test('are refused by the field that is wrong', async () => {
    const answer = await putSupplier('ningbo', {
      offers: [
        offer({
          prices: [
            { fromUnits: 10, unitPrice: eur(1) },
            { fromUnits: 10, unitPrice: { amount: 1, currency: 'USD' } },
          ],
        }),
        offer(),
      ],
      sending: { way: 'http', url: 'ftp://supplier.example' },
      shareLimitPercent: 0,
      container: { kilograms: 0 },
    });

    expect(answer.status).toBe(422);
    expect(pointersOf(answer).map(([pointer]) => pointer)).toEqual(
      expect.arrayContaining(['/container/kilograms', '/shareLimitPercent', '/sending/url']),
    );
    expect(pointersOf(await putSupplier('ningbo', { offers: [offer(), offer()] }))).toEqual([
      ['/offers/1/sku', 'custom'],
    ]);
  });
});

describe('a purchase order', () => {
  test('goes from its proposal to the shelf, and its units are stock once', async () => {
    const before = await onHand(sku);
    const placed = await order({ lines: [{ sku, units: 40, needBy: '2027-02-01' }] }, 'first');
    expect(placed).toMatchObject({
      status: 201,
      body: { status: 'proposed', total: eur(16_800), lines: [{ ordered: 40, open: 40, received: 0 }] },
    });
    const id = bodyOf(placed).replenishmentOrderId;
    expect(bodyOf(await order({ lines: [{ sku, units: 40, needBy: '2027-02-01' }] }, 'first'))).toEqual(
      bodyOf(placed),
    );
    expect(await order({ lines: [{ sku, units: 50 }] }, 'first')).toMatchObject({
      status: 422,
      body: { type: problem('idempotency-key-reused') },
    });

    const notice = {
      ...{ noticeId: 'ASN-1', lines: [{ sku, units: 40 }], expectedAt: '2027-01-20T08:00:00.000Z' },
      ...{ leg: { mode: 'sea', fromCountry: 'CN', portOfArrival: 'PLGDN' }, freight: eur(1_001) },
    };
    expect(await step('replenishment/post-notice', id, notice)).toMatchObject({
      status: 409,
      body: { type: problem('illegal-move') },
    });
    expect(await step('replenishment/post-approval', id)).toMatchObject({ body: { status: 'approved' } });
    // Nothing is sent here: the job does that. A purchase that was not sent can't be on its way.
    expect(await step('replenishment/post-notice', id, notice)).toMatchObject({ status: 409 });
    await step('replenishment/post-order-decision', id, { reason: 'not-needed' }, 'c', 'cancel');
    expect(await call('replenishment/get-replenishment-order', { replenishmentOrderId: id })).toMatchObject({
      body: { status: 'cancelled', mayBe: [], timeline: [{}, { operator: 'operator-1' }, {}] },
    });
    expect(await onHand(sku)).toEqual(before);
  });

  test('is not ordered twice for one need', async () => {
    const first = bodyOf(await order({ lines: [{ sku: shirt, units: 20 }] }));
    const again = await order({
      lines: [
        { sku: shirt, units: 20 },
        { sku, units: 20 },
      ],
    });
    expect(again.status).toBe(422);
    expect(pointersOf(again)).toEqual([['/lines/0/sku', 'covered']]);
    const more = await order({
      lines: [{ sku: shirt, units: 30, inAdditionTo: [first.replenishmentOrderId] }],
    });
    expect(more).toMatchObject({ status: 201, body: { lines: [{ sku: shirt, ordered: 30 }] } });

    const open = await handlers.call('replenishment/get-replenishment-orders', { query: { limit: '1' } });
    const { orders, cursor } = bodyOf(open) as unknown as { orders: Body[]; cursor: string };
    expect(orders.map(({ replenishmentOrderId }) => replenishmentOrderId)).toEqual([
      bodyOf(more).replenishmentOrderId,
    ]);
    expect(
      await handlers.call('replenishment/get-replenishment-orders', { query: { cursor } }),
    ).toMatchObject({ body: { orders: [{ replenishmentOrderId: first.replenishmentOrderId }] } });
    for (const { replenishmentOrderId } of [first, bodyOf(more)])
      await step('replenishment/post-order-decision', replenishmentOrderId, {}, undefined, 'cancel');
    // Once they have ended, the need may be ordered again.
    expect(await order({ lines: [{ sku: shirt, units: 20 }] })).toMatchObject({ status: 201 });
  });

  test('names each field that can not be ordered', async () => {
    const wrong = await order({
      lines: [
        { sku, units: 25 },
        { sku: 'HAT', units: 20 },
      ],
    });
    expect(pointersOf(wrong)).toEqual([
      ['/lines/0/units', 'unorderable-quantity'],
      ['/lines/1/sku', 'not-offered'],
    ]);
    expect(pointersOf(await order({ supplierId: 'qingdao' }))).toEqual([['/supplierId', 'supplier-down']]);
    expect(pointersOf(await order({ warehouseId: 'nowhere' }))).toEqual([
      ['/warehouseId', 'warehouse-unknown'],
    ]);
    expect(
      pointersOf(
        await order({
          lines: [
            { sku, units: 20 },
            { sku, units: 20 },
          ],
        }),
      ),
    ).toEqual([['/lines/1/sku', 'twice']]);
  });

  test('within the limit approves itself, and one over it waits', async () => {
    const settings = (body: object) => call('replenishment/put-purchasing-settings', {}, body);
    await settings({ approvalLimit: eur(8_400) });
    const within = bodyOf(await order({ lines: [{ sku, units: 20 }] }));
    expect(within).toMatchObject({ status: 'approved', total: eur(8_400) });
    await step('replenishment/post-order-decision', within.replenishmentOrderId, {}, undefined, 'cancel');
    const over = bodyOf(await order({ lines: [{ sku, units: 30 }] }));
    expect(over).toMatchObject({ status: 'proposed', total: eur(12_600) });
    await step('replenishment/post-order-decision', over.replenishmentOrderId, {}, undefined, 'cancel');
    await settings({ approvalLimit: { amount: 100_000, currency: 'USD' } });
    const other = bodyOf(await order({ lines: [{ sku, units: 20 }] }));
    expect(other.status).toBe('proposed');
    await step('replenishment/post-order-decision', other.replenishmentOrderId, {}, undefined, 'cancel');
    expect(await settings({ approvalLimit: eur(0) })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/approvalLimit/amount' }] },
    });
  });
});

describe('a transfer order', () => {
  test('moves stock out with its notice and in with its receipt, once', async () => {
    const [from, to] = ['cn-shenzhen', 'pl-poznan'];
    const [was, had] = [await onHand(sku, from), await onHand(sku, to)];
    const body = {
      ...{ kind: 'transfer', supplierId: undefined, fromWarehouseId: from, warehouseId: to },
      ...{ expectedAt: '2099-01-20T08:00:00.000Z', lines: [{ sku, units: 12 }] },
    };
    const placed = bodyOf(await order(body));
    expect(placed).toMatchObject({ kind: 'transfer', status: 'approved' });
    const id = placed.replenishmentOrderId;
    const notice = {
      ...{ noticeId: 'TR-1', lines: [{ sku, units: 12 }], expectedAt: '2099-01-20T08:00:00.000Z' },
      ...{ leg: { mode: 'sea', fromCountry: 'CN' }, freight: eur(500) },
    };
    expect(
      await step('replenishment/post-notice', id, { ...notice, lines: [{ sku, units: 13 }] }),
    ).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/lines/0/units', code: 'more-than-open' }] },
    });
    const shipped = await step('replenishment/post-notice', id, notice, 'ship');
    expect(shipped).toMatchObject({
      status: 200,
      body: {
        status: 'shipped',
        notices: [
          { bulkEntry: [{ sku, units: 12, hsCode: '691200', originCountry: 'VN', freight: eur(500) }] },
        ],
      },
    });
    expect(await step('replenishment/post-notice', id, notice, 'ship')).toEqual(shipped);
    expect((await onHand(sku, from))?.onHand).toBe((was?.onHand ?? 0) - 12);
    expect((await onHand(sku, to))?.inTransit).toBe((had?.inTransit ?? 0) + 12);

    const receipt = { noticeId: 'TR-1', lines: [{ sku, received: 10, short: 1, damaged: 0 }] };
    expect(pointersOf(await step('replenishment/post-receipt', id, receipt))).toEqual([
      ['/lines/0', 'does-not-add-up'],
    ]);
    const full = { noticeId: 'TR-1', lines: [{ sku, received: 10, short: 1, damaged: 1, rejected: 0 }] };
    const received = await step('replenishment/post-receipt', id, full, 'count');
    expect(received).toMatchObject({
      body: { status: 'received', lines: [{ received: 10, open: 2, damaged: 1 }] },
    });
    expect(await step('replenishment/post-receipt', id, full, 'count')).toEqual(received);
    expect(await step('replenishment/post-receipt', id, full)).toMatchObject({
      status: 409,
      body: { type: problem('already-counted') },
    });
    const now = await onHand(sku, to);
    expect(now?.onHand).toBe((had?.onHand ?? 0) + 10);
    expect(now?.inTransit).toBe(had?.inTransit ?? 0);
    expect(await step('replenishment/post-order-decision', id, {}, undefined, 'close')).toMatchObject({
      body: { status: 'closed', lines: [{ ordered: 12, received: 10, open: 2 }] },
    });
  });

  test('is refused where the other warehouse has too few units, and nothing is written', async () => {
    const body = {
      ...{
        kind: 'transfer',
        supplierId: undefined,
        fromWarehouseId: 'cn-shenzhen',
        warehouseId: 'pl-poznan',
      },
      ...{ expectedAt: '2099-01-20T08:00:00.000Z', lines: [{ sku, units: 900_000 }] },
    };
    const id = bodyOf(await order(body)).replenishmentOrderId;
    const notice = {
      ...{ noticeId: 'TR-2', lines: [{ sku, units: 900_000 }], expectedAt: '2099-01-20T08:00:00.000Z' },
      leg: { mode: 'sea', fromCountry: 'CN' },
    };
    expect(await step('replenishment/post-notice', id, notice)).toMatchObject({
      status: 409,
      body: { type: problem('not-enough-stock') },
    });
    expect(await call('replenishment/get-replenishment-order', { replenishmentOrderId: id })).toMatchObject({
      body: { status: 'approved', notices: [] },
    });
  });
});
