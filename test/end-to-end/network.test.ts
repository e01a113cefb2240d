import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiProblem } from '../../infra/cli/client/api-client.ts';
import { sampleWarehouses } from '../../infra/cli/sample-shop/network.ts';
import { confirmAsBrowser } from '../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';
import { operatorView, type RunningBackend, runBackend } from './running-backend.ts';
import { baskets, isDelivered } from './shopper.ts';

interface Planned {
  readonly quoteId: string;
  readonly landedCost: {
    readonly consignments: readonly {
      readonly warehouseId: string;
      readonly via?: readonly string[];
      readonly service: string;
      readonly workDay?: string;
    }[];
  };
}

/** Goods that only Poznań has. */
const basket = {
  ...baskets.DE,
  lines: [{ sku: 'CREAM-HAND-75', quantity: 1 }],
};

const [, sample] = sampleWarehouses;
if (sample === undefined) throw new Error('the sample network has a warehouse in Poznań');

const hub = {
  ...sample,
  ...{ warehouseId: 'de-leipzig', name: 'Leipzig', kind: 'hub', timeZone: 'Europe/Berlin', lanes: [] },
  parent: undefined,
  address: {
    name: 'Sample Shop Leipzig',
    line1: 'Lagerstraße 1',
    city: 'Leipzig',
    postalCode: '04435',
    country: 'DE',
  },
};
const poznan = {
  ...sample,
  parent: {
    warehouseId: 'de-leipzig',
    transferHours: 12,
    departures: ['18:00'],
    transferRate: { currency: 'EUR', perConsignmentMinor: 40, perKilogramMinor: 20 },
  },
};

describe('changes of the network while the shop is open', () => {
  let running: RunningBackend;

  beforeAll(async () => {
    running = await runBackend();
  });
  afterAll(() => running.stop());

  const call = <Answer>(method: 'GET' | 'PUT' | 'POST', path: string, body?: object, headers = {}) =>
    running.backend.operator.call<Answer>({ method, path, ...(body === undefined ? {} : { body }), headers });
  const put = <Answer = unknown>({ warehouseId, ...body }: { warehouseId?: string }, over: object = {}) =>
    call<Answer>('PUT', `/v1/admin/warehouses/${warehouseId}`, { ...body, ...over });
  const quote = async () => (await running.shopper.quote(basket)) as unknown as Planned;
  const refusalOf = async (attempt: Promise<unknown>) => {
    const error = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof ApiProblem)) throw new Error('the call was not refused');
    return [error.status, (error.problem as { type: string }).type.split('/').at(-1)];
  };
  const place = (quoteId: string) => running.shopper.place(quoteId, 'DE');

  it('a closed warehouse receives no new orders, and its waiting orders are listed', async () => {
    const [before, after] = [await quote(), await quote()];
    expect(before.landedCost.consignments).toMatchObject([{ warehouseId: 'pl-poznan' }]);
    const { orderId } = await place(before.quoteId);
    const { openOrders } = await put<{ openOrders: string[] }>(sample, { active: false });
    expect(await refusalOf(place(after.quoteId))).toEqual([409, 'warehouse-closed']);
    // The closed warehouse still has enough goods, but no open lane leads from it.
    expect(await refusalOf(quote())).toEqual([422, 'no-lane']);
    const listed = await Promise.all(
      openOrders.map((path) => call<{ orders: { orderId: string; warehouses: string[] }[] }>('GET', path)),
    );
    expect(listed.flatMap(({ orders }) => orders)).toMatchObject([{ orderId, warehouses: ['pl-poznan'] }]);
    await put(sample);
    expect((await quote()).landedCost.consignments).toMatchObject([{ warehouseId: 'pl-poznan' }]);
  });

  it('a day at its capacity receives no more work, and work begins on the next day', async () => {
    // The parcels of the earlier orders and of this one fill the day.
    await put(sample, { capacity: { ordersPerDay: 2 } });
    const workDay = async () => (await quote()).landedCost.consignments[0]?.workDay ?? '';
    const { quoteId } = await quote();
    const today = await workDay();
    await place(quoteId);
    await wait(6_000);
    expect((await workDay()) > today).toBe(true);
    await put(sample);
    expect(await workDay()).toBe(today);
  });

  it('a carrier that is marked down is in no quote until it is up, and the author of the mark is stored', async () => {
    const [road] = sample.lanes as unknown as { rateCards: object[] }[];
    const costly = { ...road, service: 'economy', rateCards: (road?.rateCards ?? []).map(costlier) };
    await put(sample, { lanes: [...sample.lanes, costly] });
    const service = async () => (await quote()).landedCost.consignments[0]?.service;
    const path = '/v1/admin/carriers/easypost/health';
    const usual = await service();
    expect(usual).not.toBe('economy');
    const services = ['standard', 'express'];
    await call('PUT', path, { status: 'down', services, reason: 'strike' });
    expect(await service()).toBe('economy');
    await call('PUT', path, { status: 'up', reason: 'strike is over' });
    expect(await service()).toBe(usual);
    const { down, marks } = await call<{ down: string[]; marks: object[] }>('GET', path);
    expect(down).toEqual([]);
    const markedBy = expect.stringMatching(/./);
    expect(marks).toMatchObject([
      { status: 'up', reason: 'strike is over', markedBy },
      { status: 'down', services, reason: 'strike', markedBy },
    ]);
    const unknown = '/v1/admin/carriers/nobody/health';
    expect(await refusalOf(call('PUT', unknown, { status: 'down', reason: 'x' }))).toEqual([
      404,
      'not-found',
    ]);
  });

  it('an unknown carrier or warehouse system is refused, and the known codes are named', async () => {
    const [first, ...others] = sample.lanes;
    const sent = { system: 'warehouse', lanes: [{ ...first, carrier: 'dhl' }, ...others] };
    const error: unknown = await put(sample, sent).catch((thrown: unknown) => thrown);
    if (!(error instanceof ApiProblem)) throw new Error('the call was not refused');
    expect(error.problem).toMatchObject({
      status: 422,
      errors: [
        { pointer: '/system', detail: expect.stringContaining('wms') },
        { pointer: '/lanes/0/carrier', detail: expect.stringContaining('easypost') },
      ],
    });
  });

  it('an order that a hub fills is delivered through the regional warehouse', async () => {
    await put(hub);
    await put(poznan);
    const stock = (warehouseId: string, body: object, key: string) =>
      call(
        'POST',
        '/v1/admin/stock/movements',
        { sku: 'CREAM-HAND-75', warehouseId, ...body },
        { 'idempotency-key': key },
      );
    const { warehouses } = await call<{ warehouses: { warehouseId: string; available: number }[] }>(
      'GET',
      '/v1/admin/stock/CREAM-HAND-75',
    );
    const left = warehouses.find(({ warehouseId }) => warehouseId === 'pl-poznan')?.available ?? 0;
    await stock('pl-poznan', { kind: 'write-off', quantity: left }, 'empty-poznan');
    await stock('de-leipzig', { kind: 'receive', quantity: 5 }, 'fill-leipzig');
    const { quoteId, landedCost } = await quote();
    expect(landedCost.consignments).toMatchObject([{ warehouseId: 'de-leipzig', via: ['pl-poznan'] }]);
    const placed = await place(quoteId);
    await confirmAsBrowser(running.stripeUrl, placed.payment.nextAction.clientSecret ?? '');
    const { parcels } = await running.shopper.follow(placed, isDelivered);
    expect(parcels).toMatchObject([{ warehouseId: 'de-leipzig', via: ['pl-poznan'] }]);
    const { facts } = await operatorView(running.backend, placed.orderId);
    expect(facts.find(({ name }) => name === 'dispatch.requested')?.data).toMatchObject({
      warehouseId: 'de-leipzig',
    });
  });
});

/** The card with every price of the first weight break one euro higher. */
function costlier(card: object): object {
  const { zones } = card as { zones: { weightBreaks: { upToGrams: number; priceMinor: number }[] }[] };
  return {
    ...card,
    zones: zones.map((zone) => ({
      ...zone,
      weightBreaks: zone.weightBreaks.map((each) => ({ ...each, priceMinor: each.priceMinor + 100 })),
    })),
  };
}
