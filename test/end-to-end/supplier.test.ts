import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectSupplier } from '../../infra/cli/sample-shop/sample-supplier.ts';
import { signAsStandardWebhook } from '../../infra/sandbox/signatures.ts';
import { type Partners, startPartners } from '../../infra/sandbox/start-partners.ts';
import type { Delivery } from '../../infra/sandbox/supplier/office.ts';
import { supplierSandbox } from '../../infra/sandbox/supplier/partner.ts';
import { tableClient } from '../../shared/aws/clients.ts';
import { readAll } from '../../shared/aws/read-all.ts';
import { replenishmentKeys } from '../../shared/aws/replenishment/replenishment-keys.ts';
import type { ReplenishmentOrderView } from '../../shared/replenishment/purchasing/order-view.ts';
import { PACE, type RunningBackend, runBackend } from './running-backend.ts';

const FIRST = 'first-supplier';
const SECOND = 'second-supplier';
/** Products of the tests of one word each: a need is ordered once. */
const OWN_SKUS = {
  ...{ LATE: 'PULLOVER-COTTON', SHORT: 'BACKPACK-CANVAS', DAMAGED: 'SOCKS-COTTON-5' },
  FEWER: 'TOY-BEAR-PLUSH',
} as const;
const SKUS = ['MUG-CERAMIC-350', 'CREAM-HAND-75', 'TSHIRT-COTTON-NAVY', 'MAT-YOGA', 'BOOK-GARDEN'] as const;

describe('a supplier over HTTP', () => {
  let running: RunningBackend;
  let suppliers: Partners;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'entrepot-suppliers-'));
    running = await runBackend();
    suppliers = await startPartners({
      ...{ dataDir, hooksBaseUrl: running.backend.url, pace: PACE },
      partners: [supplierSandbox(FIRST), supplierSandbox(SECOND)],
    });
    await operator('PUT', 'purchasing-settings', { approvalLimit: { amount: 5_000_000, currency: 'EUR' } });
  });
  afterAll(async () => {
    await suppliers.stop();
    await running.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const operator = <Answer>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object) =>
    running.backend.operator.call<Answer>({
      ...{ method, path: `/v1/admin/replenishment/${path}` },
      ...(method === 'POST' ? { headers: { 'idempotency-key': randomUUID() } } : {}),
      ...(body === undefined ? {} : { body }),
    });
  const orderOf = (id: string) => operator<ReplenishmentOrderView>('GET', `orders/${id}`);
  const runJob = () =>
    running.backend.cloud.runSchedule('entrepot-local-ReplenishmentEvery15MinutesSendOrders');
  /** Both sell the SKU; the first one is cheaper, and does what the word in its number of the article says. */
  const connectBoth = async (sku: string, word = '') => {
    const offers = (amount: number, supplierSku: string) => [
      {
        sku,
        supplierSku,
        leadTimeDays: 20,
        prices: [{ fromUnits: 1, unitPrice: { amount, currency: 'EUR' } }],
      },
    ];
    const { operator: client } = running.backend;
    await connectSupplier(client, suppliers, FIRST, { offers: offers(150, `A-${word}`) });
    await connectSupplier(client, suppliers, SECOND, { offers: offers(190, 'B') });
  };
  const order = async (sku: string, units = 40) => {
    const lines = [{ sku, units }];
    const body = { kind: 'purchase', supplierId: FIRST, warehouseId: 'pl-poznan', lines };
    const placed = await operator<ReplenishmentOrderView>('POST', 'orders', body);
    expect(placed.status).toBe('approved');
    return placed.replenishmentOrderId;
  };
  const until = async (id: string, status: string) =>
    await poll(async () => {
      const found = await orderOf(id);
      expect(found.status).toBe(status);
      return found;
    });
  /** Time goes on until the order is tried again. */
  const makeDue = async (id: string) => {
    const client = tableClient({
      ...{ endpoint: running.backend.cloud.tableUrl, region: 'eu-central-1' },
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    await client.send(
      new UpdateCommand({
        ...{ TableName: 'entrepot-local', Key: replenishmentKeys.head(id) },
        UpdateExpression: 'SET dueAt = :past',
        ConditionExpression: 'attribute_exists(dueAt)',
        ExpressionAttributeValues: { ':past': '2020-01-01T00:00:00.000Z' },
      }),
    );
  };
  /** All that happened to the order, and all that was promised of it, was that many days earlier. */
  const goOnBy = async (id: string, days: number) => {
    const client = tableClient({
      ...{ endpoint: running.backend.cloud.tableUrl, region: 'eu-central-1' },
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const table = { client, name: 'entrepot-local' };
    const earlier = (text: string) =>
      text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (at) =>
        new Date(Date.parse(at) - days * 86_400_000).toISOString(),
      );
    const items = await readAll(table, {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': replenishmentKeys.partition(id) },
    });
    for (const { pk, sk, steps } of items)
      if (steps !== undefined)
        await client.send(
          new UpdateCommand({
            ...{ TableName: table.name, Key: { pk, sk } },
            UpdateExpression: 'SET steps = :earlier',
            ExpressionAttributeValues: { ':earlier': earlier(String(steps)) },
          }),
        );
  };
  const heldBy = async <Held>(supplier: string, path: string): Promise<Held> =>
    (await (await fetch(`${suppliers.urlOf(supplier)}${path}`)).json()) as Held;
  const openOrders = async () =>
    (await operator<{ orders: ReplenishmentOrderView[] }>('GET', 'orders?limit=50')).orders;
  const available = async (sku: string) => {
    const path = `/v1/admin/stock/${sku}`;
    const { warehouses } = await running.backend.operator.call<{
      warehouses: { warehouseId: string; available: number }[];
    }>({ method: 'GET', path });
    return warehouses.find(({ warehouseId }) => warehouseId === 'pl-poznan')?.available ?? 0;
  };

  it('gets an order, answers twice, ships, and the units are on the shelf once', async () => {
    const [sku] = SKUS;
    await connectBoth(sku, 'TWICE');
    const id = await order(sku);
    await runJob();
    const shipped = await until(id, 'shipped');
    // The second messages must have been answered, or they would be sent again.
    await poll(async () => expect(suppliers.idle()).toBe(true));
    const names = (await orderOf(id)).timeline.map(({ name, by }) => `${name} ${by}`);
    expect(names.slice(2)).toEqual([
      'replenishment.sent clock',
      'replenishment.acknowledged supplier',
      'replenishment.shipped supplier',
    ]);
    expect(shipped.supplierReference).toMatch(/^SO-\d{6}$/);
    const [notice] = shipped.notices;
    expect(notice).toMatchObject({
      leg: { mode: 'sea', fromCountry: 'CN', portOfArrival: 'PLGDN', transportReference: 'MSKU1234565' },
      lines: [{ sku, units: 40 }],
    });
    const before = await available(sku);
    const delivery = await heldBy<Delivery>(
      FIRST,
      `/_sandbox/objects/${FIRST}.delivery?id=${notice?.noticeId}`,
    );
    const lines = delivery.lines.map(({ noticed: _, ...line }) => line);
    const { noticeId } = delivery;
    const closed = await operator<ReplenishmentOrderView>('POST', `orders/${id}/receipts`, {
      noticeId,
      lines,
    });
    expect(closed.status).toBe('closed');
    expect(await available(sku)).toBe(before + 40);
  });

  it.each([
    ['LATE', { short: 0, damaged: 0 }, 'late'],
    ['SHORT', { short: 1, damaged: 0 }, 'short'],
    ['DAMAGED', { short: 0, damaged: 1 }, 'damaged'],
  ] as const)(
    'that is %s: the good units are on the shelf, and its score says why',
    async (word, lost, code) => {
      const sku = OWN_SKUS[word];
      await connectBoth(sku, word);
      const id = await order(sku);
      await runJob();
      const shipped = await until(id, 'shipped');
      if (word === 'LATE') await goOnBy(id, 34);
      const before = await available(sku);
      const delivery = await heldBy<Delivery>(
        FIRST,
        `/_sandbox/objects/${FIRST}.delivery?id=${shipped.notices[0]?.noticeId}`,
      );
      const { noticeId } = delivery;
      const lines = delivery.lines.map(({ noticed: _, ...line }) => line);
      const counted = await operator<ReplenishmentOrderView>('POST', `orders/${id}/receipts`, {
        noticeId,
        lines,
      });
      const received = 40 - lost.short - lost.damaged;
      expect(await available(sku)).toBe(before + received);
      // What did not come stays open, and received + short + damaged is what the notice says.
      expect(counted).toMatchObject({
        status: word === 'LATE' ? 'closed' : 'received',
        lines: [{ ordered: 40, received, open: 40 - received }],
        notices: [
          {
            freight: { amount: 6_131, currency: 'EUR' },
            // The one line bears the whole bill, to the cent.
            counted: [{ noticed: 40, received, ...lost, firstLeg: { amount: 6_131, currency: 'EUR' } }],
          },
        ],
      });
      // Promised after 20 days, sent 34 days ago.
      expect(counted.notices[0]?.daysLate).toBe(word === 'LATE' ? 14 : 0);
      const { scorecard, deliveries } = await operator<{
        scorecard: { score: number; reasons: { code: string }[] };
        deliveries: { replenishmentOrderId: string; received: number }[];
      }>('GET', `suppliers/${FIRST}`);
      expect(scorecard.reasons.map((reason) => reason.code)).toContain(code);
      expect(deliveries.find(({ replenishmentOrderId }) => replenishmentOrderId === id)).toMatchObject({
        ...{ noticed: 40, received, ...lost, daysLate: word === 'LATE' ? 14 : 0 },
      });
    },
  );

  it('that takes a part of an order: quantities and total follow, and the rest is a need again', async () => {
    const sku = OWN_SKUS.FEWER;
    await connectBoth(sku, 'FEWER');
    const id = await order(sku);
    await runJob();
    const shipped = await until(id, 'shipped');
    // 20 of 40 at 1.50.
    expect(shipped).toMatchObject({
      lines: [{ sku, ordered: 20, open: 20, onTheWay: 20 }],
      total: { amount: 3_000, currency: 'EUR' },
    });
    const lines = [{ sku, units: 20, inAdditionTo: [id] }];
    const body = { kind: 'purchase', supplierId: SECOND, warehouseId: 'pl-poznan', lines };
    expect(await operator('POST', 'orders', body)).toMatchObject({ status: 'approved' });
  });

  it('that is down is tried again, and then the next one is asked', async () => {
    const [, sku] = SKUS;
    await connectBoth(sku);
    const id = await order(sku);
    const fault = { partner: FIRST, on: 'documents.take', call: { kind: 'error', status: 503 } } as const;
    const rule = suppliers.faults.add({ ...fault, times: 20 });
    for (let tries = 1; tries <= 5; tries += 1) {
      const { status, failedSendings } = await orderOf(id);
      expect([status, failedSendings]).toEqual(['approved', tries - 1]);
      if (tries > 1) await makeDue(id);
      await runJob();
    }
    expect(await orderOf(id)).toMatchObject({ status: 'cancelled', cancelledFor: 'supplier-silent' });
    // The next one gets the order although the first one can't be reached yet.
    await runJob();
    const next = (await openOrders()).find((each) => each.runId === `next-supplier:${id}`);
    expect(next).toMatchObject({ supplierId: SECOND, status: 'approved', lines: [{ sku, ordered: 40 }] });
    expect(await orderOf(id)).not.toHaveProperty('cancellationTakenAt');
    suppliers.faults.remove(rule);
    await makeDue(id);
    await runJob();
    // It never had the order: it has nothing to cancel.
    expect(await orderOf(id)).toMatchObject({ cancellationTakenAt: expect.any(String) });
    await until(next?.replenishmentOrderId ?? '', 'shipped');
    await runJob();
    expect((await openOrders()).filter(({ lines }) => lines.some((line) => line.sku === sku))).toHaveLength(
      1,
    );
  });

  it('that refuses is followed by the next one, and gets no cancellation', async () => {
    const [, , sku] = SKUS;
    await connectBoth(sku, 'REFUSED');
    const id = await order(sku);
    await runJob();
    expect(await until(id, 'cancelled')).toMatchObject({ cancelledFor: 'supplier-refused' });
    await runJob();
    const next = (await openOrders()).find((each) => each.runId === `next-supplier:${id}`);
    expect(next).toMatchObject({ supplierId: SECOND, lines: [{ sku, ordered: 40 }] });
    expect(await heldBy(FIRST, `/v1/orders/${id}`)).toMatchObject({ status: 'refused' });
  });

  it('gets a cancellation, again until it confirms', async () => {
    const [, , , sku] = SKUS;
    await connectBoth(sku, 'SILENT');
    const id = await order(sku);
    await runJob();
    expect((await orderOf(id)).status).toBe('sent');
    await operator('POST', `orders/${id}/cancel`, {});
    suppliers.faults.add({
      ...{ partner: FIRST, on: 'documents.take', reference: `${id}.cancellation`, times: 1 },
      call: { kind: 'error', status: 503 },
    });
    await runJob();
    expect(await heldBy(FIRST, `/v1/orders/${id}`)).toMatchObject({ status: 'received' });
    await makeDue(id);
    await runJob();
    expect(await heldBy(FIRST, `/v1/orders/${id}`)).toMatchObject({ status: 'cancelled' });
    expect(await orderOf(id)).toMatchObject({ status: 'cancelled', cancellationTakenAt: expect.any(String) });
    // Nothing is due any more.
    await expect(makeDue(id)).rejects.toThrow('conditional');
  });

  it('acts on its own orders only, and only with its own signature', async () => {
    const [, , , , sku] = SKUS;
    await connectBoth(sku, 'SILENT');
    const id = await order(sku);
    await runJob();
    const namespace = 'urn:oasis:names:specification:ubl:schema:xsd:OrderResponse-2';
    const xml = (code: string) =>
      `<OrderResponse xmlns="${namespace}"><ID>R-1</ID><OrderResponseCode>${code}</OrderResponseCode><OrderReference><ID>${id}</ID></OrderReference></OrderResponse>`;
    const call = async (supplier: string, signer: string, body: string) => {
      const secret = suppliers.keysOf(signer).webhookSecret;
      const timestamp = Math.floor(Date.now() / 1_000);
      const answer = await fetch(`${running.backend.url}/v1/hooks/supplier/${supplier}`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/xml',
          ...signAsStandardWebhook(secret, { id: 'm', timestamp, body }),
        },
      });
      return { status: answer.status, ...((await answer.json()) as { code?: string; errors?: object[] }) };
    };
    expect(await call(FIRST, SECOND, xml('AP'))).toMatchObject({ status: 401 });
    expect(await call(SECOND, SECOND, xml('AP'))).toMatchObject({ status: 404 });
    expect((await orderOf(id)).status).toBe('sent');
    expect(await call(FIRST, FIRST, xml('YES'))).toMatchObject({
      status: 422,
      errors: [{ pointer: '/OrderResponse/OrderResponseCode' }],
    });
    expect(await call(FIRST, FIRST, '<Invoice/>')).toMatchObject({ status: 422 });
    expect(await call(FIRST, FIRST, xml('AP'))).toMatchObject({ status: 200 });
    expect((await orderOf(id)).status).toBe('acknowledged');
    // The same number with another content is refused.
    expect(await call(FIRST, FIRST, xml('RE'))).toMatchObject({ status: 422 });
    expect((await orderOf(id)).status).toBe('acknowledged');
  });
});

/** Tries again for some seconds until it throws no more. */
async function poll<Value>(attempt: () => Promise<Value>): Promise<Value> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
