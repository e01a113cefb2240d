import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningBackend, runBackend } from './running-backend.ts';
import { baskets } from './shopper.ts';

interface Position {
  readonly warehouseId: string;
  readonly buckets: number;
  readonly available: number;
  readonly reserved: number;
  readonly inTransit: number;
  readonly onHand: number;
}
interface StockAnswer {
  readonly warehouses: readonly Position[];
  readonly total: Omit<Position, 'warehouseId' | 'buckets'>;
  readonly transfers: readonly { readonly transferId: string; readonly open: number }[];
  readonly rebuilt?: { readonly orders: number; readonly differences: readonly unknown[] };
}

describe('stock through the API', () => {
  let running: RunningBackend;
  let token: string;
  const sku = 'MAT-YOGA';
  const [from, to] = ['pl-poznan', 'cn-shenzhen'] as const;
  beforeAll(async () => {
    running = await runBackend();
    token = await running.backend.cloud.issueToken(['stock:read', 'stock:write']);
  });
  afterAll(() => running.stop());

  async function send(method: string, path: string, body?: unknown, bearer = token) {
    const response = await fetch(`${running.backend.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as { errors?: { pointer: string }[] };
    return { status: response.status, answer, pointers: (answer.errors ?? []).map(({ pointer }) => pointer) };
  }
  const move = (body: object) => send('POST', '/v1/admin/stock/movements', body);
  const stockOf = async (query = '') =>
    (await send('GET', `/v1/admin/stock/${sku}${query}`)).answer as unknown as StockAnswer;
  const at = ({ warehouses }: StockAnswer, warehouseId: string) =>
    warehouses.find((position) => position.warehouseId === warehouseId);

  it('is divided into buckets before a sale, sold from them, and rebuilt from its records', async () => {
    const before = await stockOf();
    const spread = await send('PUT', `/v1/admin/stock/${sku}/buckets`, { warehouseId: from, buckets: 16 });
    expect(spread).toMatchObject({ status: 200, answer: { sku, warehouseId: from, buckets: 16 } });
    expect(at(await stockOf(), from)).toEqual({ ...at(before, from), buckets: 16 });
    const basket = { ...baskets.DE, lines: [{ sku, quantity: 3 }] };
    const quotes = await Promise.all(Array.from({ length: 6 }, () => running.shopper.quote(basket)));
    await Promise.all(quotes.map(({ quoteId }) => running.shopper.place(quoteId, 'DE')));
    const after = await stockOf('?rebuilt=true');
    expect(after.total.available).toBe(before.total.available - 18);
    expect(after.total.reserved).toBe(before.total.reserved + 18);
    expect(after.rebuilt).toMatchObject({ orders: 6, differences: [] });
  });

  it('is in transit between warehouses until it arrives', async () => {
    const before = await stockOf();
    const transfer = { sku, transferId: 'TR-1' };
    const expectedAt = '2099-01-01T00:00:00.000Z';
    const leaving = {
      kind: 'dispatch-transfer',
      ...transfer,
      warehouseId: from,
      toWarehouseId: to,
      expectedAt,
    };
    expect((await move({ ...leaving, quantity: 5 })).status).toBe(201);
    expect((await move({ ...leaving, quantity: 5 })).pointers).toEqual(['/transferId']);
    const onTheWay = await stockOf();
    expect(onTheWay.total).toEqual({
      ...before.total,
      ...{ available: before.total.available - 5, onHand: before.total.onHand - 5, inTransit: 5 },
      ...{ transferredIn: 5, transferredOut: 5 },
    });
    expect(onTheWay.transfers).toMatchObject([{ transferId: 'TR-1', open: 5, expectedAt }]);
    const arriving = { kind: 'receive-transfer', ...transfer, warehouseId: to };
    expect((await move({ ...arriving, quantity: 6 })).status).toBe(409);
    const arrived = await move({ ...arriving, quantity: 4, writeOff: { quantity: 1, reason: 'crushed' } });
    expect(arrived.status).toBe(201);
    const after = await stockOf('?rebuilt=true');
    expect(after).toMatchObject({ total: { inTransit: 0 }, transfers: [], rebuilt: { differences: [] } });
    expect(at(after, to)?.available).toBe((at(before, to)?.available ?? 0) + 4);
  });

  it.each([
    [
      'an unknown warehouse',
      { kind: 'receive', sku, warehouseId: 'xx-nowhere', quantity: 1 },
      '/warehouseId',
    ],
    ['a quantity in words', { kind: 'receive', sku, warehouseId: from, quantity: 'one' }, '/quantity'],
    ['no reason', { kind: 'adjust', sku, warehouseId: from, quantity: 1 }, '/reason'],
    [
      'an arrival in the past',
      {
        ...{
          kind: 'dispatch-transfer',
          sku,
          warehouseId: from,
          toWarehouseId: to,
          transferId: 'TR-2',
          quantity: 1,
        },
        expectedAt: '2020-01-01T00:00:00.000Z',
      },
      '/expectedAt',
    ],
    [
      'a transfer to itself',
      {
        ...{ kind: 'dispatch-transfer', sku, warehouseId: from, toWarehouseId: from, transferId: 'TR-2' },
        ...{ quantity: 1, expectedAt: '2099-01-01T00:00:00.000Z' },
      },
      '/toWarehouseId',
    ],
    [
      'a transfer that never left',
      { kind: 'receive-transfer', sku, warehouseId: to, transferId: 'TR-9', quantity: 1 },
      '/transferId',
    ],
  ])('with %s gets 422 that names the field', async (_, body, pointer) => {
    expect(await move(body)).toMatchObject({ status: 422, pointers: [pointer] });
  });

  it.each([
    [{ warehouseId: from, buckets: 0 }, 422, ['/buckets']],
    [{ warehouseId: from, buckets: 65 }, 422, ['/buckets']],
    [{ warehouseId: from, buckets: 1.5 }, 422, ['/buckets']],
    [{ warehouseId: 'PL', buckets: 4 }, 422, ['/warehouseId']],
    [{ warehouseId: 'xx-nowhere', buckets: 4 }, 404, []],
  ])('with the number of buckets %j gets %i', async (body, status, pointers) => {
    expect(await send('PUT', `/v1/admin/stock/${sku}/buckets`, body)).toMatchObject({ status, pointers });
  });

  it('with an invalid cursor gets 422 that names the field', async () => {
    expect(await send('GET', `/v1/admin/stock/${sku}?rebuilt=true&cursor=AAAA`)).toMatchObject({
      ...{ status: 422, pointers: ['#/query/cursor'] },
    });
  });

  it('that was moved by hand is published on the bus', async () => {
    const { counts, settled } = running.backend.cloud;
    await settled(10_000);
    const before = counts()['events.put'] ?? 0;
    expect((await move({ kind: 'receive', sku, warehouseId: from, quantity: 1 })).status).toBe(201);
    await settled(10_000);
    expect(counts()['events.put']).toBe(before + 1);
  });

  it('needs the scope to change buckets', async () => {
    const reader = await running.backend.cloud.issueToken(['stock:read']);
    const body = { warehouseId: from, buckets: 2 };
    expect((await send('PUT', `/v1/admin/stock/${sku}/buckets`, body, reader)).status).toBe(403);
  });

  it('is checked by the job that follows demand', async () => {
    const { payload, error } = await running.backend.cloud.invoke(
      'entrepot-local-StockEvery5MinutesRebalanceStock',
      {},
    );
    expect({ payload, error }).toMatchObject({ payload: { raised: 0, busy: 0 }, error: undefined });
  });
});
