import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { receiveWarehouseCallback, stopDispatch } from '../../../shared/warehouse/index.ts';
import {
  booked,
  cancellationRequested,
  cleared,
  dispatched,
  dispatchRequested,
  filed,
  otherParcelId,
  parcelId,
  untilDispatched,
  untilFulfilling,
  untilPaid,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';
import { updateBody } from '../../fakes/warehouse-system.ts';

const one = idOf('dispatch', 1);
const two = idOf('dispatch', 2);
const accepted = (dispatchId: string, of: string): NewFact => ({
  name: 'dispatch.accepted',
  data: { dispatchId, parcelId: of },
});
const stop = (harness: Harness) => stopDispatch(harness.deps, orderId, harness.cause);

const stopping: NewFact[] = [...untilFulfilling(), accepted(one, parcelId), cancellationRequested()];

/** Two parcels at two warehouses that work on them, and a request to stop. */
function twoAtWork(...more: NewFact[]): NewFact[] {
  return [
    ...forTwoParcels(untilPaid()),
    booked(),
    booked({ parcelId: otherParcelId, trackingNumber: 'TRACK2', carrierShipmentId: 'shp_2' }),
    filed(),
    cleared(),
    cleared({ parcelId: otherParcelId, basis: 'no-customs-border' }),
    dispatchRequested(),
    accepted(one, parcelId),
    dispatchRequested({ dispatchId: two, parcelId: otherParcelId, warehouseId: 'pl-poznan' }),
    accepted(two, otherParcelId),
    ...more,
    cancellationRequested(),
  ];
}

async function since(facts: NewFact[], prepare: (harness: Harness) => void = () => {}) {
  const harness = createHarness(timelineOf(facts));
  prepare(harness);
  await stop(harness);
  await stop(harness);
  return { harness, names: harness.names().slice(facts.length), head: harness.timelines.headOf(orderId) };
}

describe('stopping one parcel', () => {
  test('cancels the order and releases its stock if the warehouse stops in time', async () => {
    const { harness, names } = await since(stopping);
    expect(names).toEqual(['dispatch.cancelled', 'order.cancelled']);
    expect([...harness.system.cancelled]).toEqual([one]);
    expect(harness.timelines.stock.get('cn-shenzhen#TEA-TOWEL')).toMatchObject({
      available: 1000,
      reserved: 0,
    });
  });

  test('is refused if it is too late, and the order continues', async () => {
    const { names, head } = await since(stopping, ({ system }) => system.packedUp.add(one));
    expect(names).toEqual(['order.cancellation_refused']);
    expect(head?.status).toBe('fulfilling');
  });

  test('is refused if the parcel is handed over during the request', async () => {
    const { names, head } = await since([...stopping, dispatched()]);
    expect(names).toEqual(['order.cancellation_refused']);
    expect(head?.status).toBe('dispatched');
  });

  test('does nothing for an order without a request to stop', async () => {
    for (const facts of [untilFulfilling(), untilDispatched()]) {
      const { harness, names } = await since(facts);
      expect([names, harness.system.cancelled.size]).toEqual([[], 0]);
    }
  });

  test('is requested again if the warehouse does not answer', async () => {
    const harness = createHarness(timelineOf(stopping));
    harness.system.isDown = true;
    await expect(stop(harness)).rejects.toThrow('no answer');
    harness.system.isDown = false;
    await stop(harness);
    expect(harness.names().slice(-2)).toEqual(['dispatch.cancelled', 'order.cancelled']);
  });

  test('has the same result if the warehouse stops by itself', async () => {
    const harness = createHarness(timelineOf(stopping));
    const rawBody = updateBody(harness.system.work(one, 'cancelled'));
    await receiveWarehouseCallback(harness.deps, { code: 'wms', callbackId: 'e', rawBody });
    await stop(harness);
    expect(harness.names().slice(stopping.length)).toEqual(['dispatch.cancelled', 'order.cancelled']);
  });

  test('is recorded with the operator’s name as refused by an operator', async () => {
    const { harness } = await since([...stopping.slice(0, -1), cancellationRequested('operator')]);
    expect(harness.facts().at(-1)?.data).toEqual({ reason: 'operator' });
  });
});

describe('stopping a dispatch whose request may still arrive', () => {
  const facts = [...untilFulfilling(), cancellationRequested()];

  test('cancels it before it arrives, and the warehouse refuses it when it arrives', async () => {
    const harness = createHarness(timelineOf(facts));
    await stop(harness);
    expect([...harness.system.cancelled]).toEqual([one]);
    expect(harness.names().slice(facts.length)).toEqual(['dispatch.cancelled', 'order.cancelled']);
    await harness.system.request('', {
      ...{ dispatchId: one, parcelId, warehouseId: 'cn-shenzhen', lines: [], shipBy: '' },
      label: { url: '', trackingNumber: '', carrier: '' },
    });
    expect(harness.system.orders.size).toBe(0);
  });

  test('cancels the dispatch at the warehouse if the request arrived', async () => {
    const harness = createHarness(timelineOf(facts));
    await harness.system.request('', {
      ...{ dispatchId: one, parcelId, warehouseId: 'cn-shenzhen', lines: [], shipBy: '' },
      label: { url: '', trackingNumber: '', carrier: '' },
    });
    await stop(harness);
    expect([...harness.system.cancelled]).toEqual([one]);
    expect(harness.names().at(-1)).toBe('order.cancelled');
  });
});

describe('stopping two parcels', () => {
  test('cancels the order if both stop in time', async () => {
    const { names } = await since(twoAtWork());
    expect(names).toEqual(['dispatch.cancelled', 'dispatch.cancelled', 'order.cancelled']);
  });

  test('needs a person for the other parcel if one is too late', async () => {
    const { names, head } = await since(twoAtWork(), ({ system }) => system.packedUp.add(one));
    expect(names).toEqual(['dispatch.cancelled', 'order.cancellation_refused', 'order.held']);
    expect(head).toMatchObject({ status: 'held', list: 'attention' });
  });

  test('is refused if both are too late', async () => {
    const { names, head } = await since(twoAtWork(), ({ system }) => {
      system.packedUp.add(one);
      system.packedUp.add(two);
    });
    expect(names).toEqual(['order.cancellation_refused']);
    expect(head?.status).toBe('fulfilling');
  });

  test('needs a person if one parcel left before', async () => {
    const { names } = await since(twoAtWork(dispatched()));
    expect(names).toEqual(['dispatch.cancelled', 'order.cancellation_refused', 'order.held']);
  });

  test('includes a parcel whose dispatch was not requested yet', async () => {
    const facts = twoAtWork().filter((fact) => !('dispatchId' in fact.data && fact.data.dispatchId === two));
    const { names, head } = await since(facts);
    expect(names).toEqual(['dispatch.cancelled', 'order.cancelled']);
    expect(head?.status).toBe('cancelled');
  });
});
