import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Behaviour } from '../../../infra/sandbox/faults.ts';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import type { EasyPostEvent } from '../../../shared/shipping/carriers/easypost/sandbox/wire.ts';
import type { WarehouseCallback } from '../../../shared/warehouse/systems/wms/sandbox/wire.ts';
import { EasyPost, type EasyPostSdk } from './easypost-sdk.ts';
import { sampleDispatch } from './samples.ts';
import { bodiesAt, callJson, keys, type Receiver, startFast, startReceiver, until } from './sandbox.ts';

let receiver: Receiver;
let partners: Partners;
let easypost: EasyPostSdk;

beforeAll(async () => {
  receiver = await startReceiver();
  partners = await startFast(receiver.url);
  easypost = new EasyPost(keys.easypost.apiKey, { baseUrl: `${partners.urlOf('easypost')}/v2/` });
});

afterAll(async () => {
  await partners.stop();
  await receiver.stop();
});

function order(body: { dispatchId: string }, idempotencyKey = `key-${body.dispatchId}`) {
  return callJson(`${partners.urlOf('wms')}/v1/dispatch-orders`, keys.wms.apiKey, {
    body,
    idempotencyKey,
  });
}

function read(dispatchId: string) {
  return callJson(`${partners.urlOf('wms')}/v1/dispatch-orders/${dispatchId}`, keys.wms.apiKey, {});
}

function cancel(dispatchId: string) {
  const url = `${partners.urlOf('wms')}/v1/dispatch-orders/${dispatchId}/cancellation`;
  return callJson(url, keys.wms.apiKey, { body: { reason: 'order cancelled' } });
}

const callbacksFor = (dispatchId: string) =>
  bodiesAt<WarehouseCallback>(receiver, '/v1/hooks/warehouse/wms').filter(
    (one) => one.data.dispatchId === dispatchId,
  );
const typesFor = (dispatchId: string) =>
  callbacksFor(dispatchId).map((one) => one.type.replace('dispatch_order.', ''));
const scansOf = (code: string) =>
  bodiesAt<EasyPostEvent>(receiver, '/v1/hooks/carrier/easypost')
    .filter((event) => event.result.tracking_code === code)
    .map((event) => event.result.status_detail);

/** Buys a label from China to the country, and lets the warehouse dispatch the parcel. */
async function dispatch(reference: string, behaviour?: Behaviour): Promise<string> {
  if (behaviour !== undefined) partners.faults.add({ partner: 'easypost', reference, behaviour });
  const place = (city: string, country: string) => ({ name: 'A', street1: 'Street 1', city, country });
  const item = { description: 'T-shirt', quantity: 1, value: 10, weight: 7, origin_country: 'CN' };
  const shipment = await easypost.Shipment.create({
    reference,
    from_address: place('Shenzhen', 'CN'),
    to_address: place('Berlin', 'DE'),
    parcel: { weight: 7 },
    customs_info: { customs_items: [item] },
  });
  const bought = await easypost.Shipment.buy(shipment.id, shipment.lowestRate());
  await order(sampleDispatch(`dsp_${reference}`, bought.tracking_code));
  return bought.tracking_code;
}

describe('a dispatch order at the warehouse', () => {
  it('is picked, packed, weighed and handed over, with its tracking number', async () => {
    expect((await order(sampleDispatch('dsp_1', 'LX000000014CN'))).status).toBe(202);
    await until(() => typesFor('dsp_1').includes('handed_over'));
    expect(typesFor('dsp_1')).toEqual(['accepted', 'picked', 'packed', 'handed_over']);
    const [accepted, , packed, handedOver] = callbacksFor('dsp_1');
    expect(accepted?.data).not.toHaveProperty('weightGrams');
    // Two of 180 g and 40 g of packaging.
    expect(packed?.data).toMatchObject({ parcelId: 'par_of_dsp_1', weightGrams: 400 });
    expect(handedOver?.data.trackingNumber).toBe('LX000000014CN');
    expect((await read('dsp_1')).body).toMatchObject({ status: 'handed_over', weightGrams: 400 });
    expect((await cancel('dsp_1')).body).toEqual({ dispatchId: 'dsp_1', outcome: 'too_late' });
  });

  it('can be cancelled before it is packed, and then nothing leaves', async () => {
    await order(sampleDispatch('dsp_2'));
    expect((await cancel('dsp_2')).body).toEqual({ dispatchId: 'dsp_2', outcome: 'cancelled' });
    expect((await cancel('dsp_2')).body).toEqual({ dispatchId: 'dsp_2', outcome: 'cancelled' });
    await until(() => partners.idle());
    expect(typesFor('dsp_2')).toEqual(['cancelled']);
  });

  it('ends as short if the shelf holds too little', async () => {
    await order(sampleDispatch('dsp_3', 'none', 'MUG-SHORT'));
    await until(() => typesFor('dsp_3').includes('short'));
    expect(callbacksFor('dsp_3').at(-1)?.data.shortLines).toEqual([
      { sku: 'MUG-SHORT', ordered: 2, picked: 1 },
    ]);
    await until(() => partners.idle());
    expect(typesFor('dsp_3')).toEqual(['accepted', 'short']);
  });

  it('is accepted once, and only if it is complete', async () => {
    const first = await order(sampleDispatch('dsp_4'));
    const again = await order(sampleDispatch('dsp_4'));
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await order(sampleDispatch('dsp_4'), 'another key')).status).toBe(409);
    const bad = await order({
      ...sampleDispatch('dsp_5'),
      lines: [{ sku: 'A', quantity: 0 }],
      shipBy: 'soon',
      via: [''],
    } as never);
    expect(bad).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/lines/0/quantity' }, { pointer: '/via' }, { pointer: '/shipBy' }] },
    });
    expect((await read('dsp_none')).status).toBe(404);
  });

  it('of several cartons names the contents and the label of each carton', async () => {
    const sample = sampleDispatch('dsp_6', 'C1');
    const carton = (trackingNumber: string, quantity: number) => ({
      label: { ...sample.label, trackingNumber },
      ...{ dimensions: { lengthMm: 300, widthMm: 200, heightMm: 60 }, lines: [{ sku: 'MUG', quantity }] },
    });
    const lines = [{ sku: 'MUG', quantity: 3 }];
    const send = (...cartons: ReturnType<typeof carton>[]) => order({ ...sample, lines, cartons } as never);
    const wrong = { status: 422, body: { errors: [{ pointer: '/cartons' }] } };
    expect(await send(carton('C1', 2), carton('C2', 2))).toMatchObject(wrong);
    expect(await send(carton('C1', 2), carton('C1', 1))).toMatchObject(wrong);
    expect(await send(carton('C2', 2), carton('C3', 1))).toMatchObject(wrong);
    expect(
      (await order({ ...sample, lines, cartons: [carton('C1', 2), carton('C2', 1)] } as never, 'again'))
        .status,
    ).toBe(202);
  });
});

describe('the parcel’s journey', () => {
  it('has scans from the warehouse to the door', async () => {
    const code = await dispatch('par_road');
    await until(() => scansOf(code).includes('arrived_at_destination'));
    expect(scansOf(code)).toEqual([
      'label_created',
      'received_at_origin_facility',
      'departed_origin_facility',
      'arrived_at_facility',
      'status_update',
      'out_for_delivery',
      'arrived_at_destination',
    ]);
    const { trackers } = await easypost.Tracker.all({ tracking_code: code });
    expect(trackers[0]).toMatchObject({ status: 'delivered', finalized: true });
    expect(trackers[0]?.tracking_details.map((scan) => scan.tracking_location.city)).toEqual([
      'Shenzhen',
      'Shenzhen',
      'Shenzhen',
      'Frankfurt am Main',
      'Frankfurt am Main',
      'Berlin',
      'Berlin',
    ]);
    const shipment = await easypost.Shipment.retrieve('par_road');
    expect(shipment.status).toBe('delivered');
    expect((await easypost.Shipment.refund(shipment.id)).refund_status).toBe('rejected');
  });

  it.each([
    ['lost', 'failure'],
    ['damaged', 'failure'],
    ['returned', 'return_to_sender'],
    ['attempt_failed', 'delivered'],
    ['held', 'delivered'],
    ['stalled', 'in_transit'],
  ] as const)('ends otherwise for a parcel that is %s', async (behaviour, status) => {
    const code = await dispatch(`par_${behaviour}`, behaviour);
    await until(() => partners.idle());
    const { trackers } = await easypost.Tracker.all({ tracking_code: code });
    expect(trackers[0]?.status).toBe(status);
  });
});
