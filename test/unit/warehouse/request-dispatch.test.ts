import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { dispatchIdOf } from '../../../shared/kernel/ids.ts';
import { actOnOrder } from '../../../shared/timeline/index.ts';
import { requestDispatch } from '../../../shared/warehouse/index.ts';
import {
  cancellationRequested,
  cancelled,
  captured,
  parcelId,
  placed,
  refundRequested,
  released,
  screeningHeld,
  untilBooked,
  untilCleared,
  untilDispatched,
  untilFulfilling,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { consignment, landedCost, line } from '../../builders/landed-cost.ts';
import { forThreeCartons } from '../../builders/several-cartons.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';

const dispatchId = idOf('dispatch', 1);
const request = (harness: Harness) => requestDispatch(harness.deps, orderId, harness.cause);
const dispatchCancelled: NewFact = { name: 'dispatch.cancelled', data: { dispatchId, parcelId } };

const labelVoided: NewFact = { name: 'parcel.label_voided', data: { parcelId } };

describe('requesting a dispatch', () => {
  test('records the dispatch before the warehouse is asked', async () => {
    const harness = createHarness(timelineOf(untilCleared()));
    harness.system.isDown = true;
    await expect(request(harness)).rejects.toThrow('no answer');
    expect(harness.names().at(-1)).toBe('dispatch.requested');
    expect(harness.system.orders.size).toBe(0);
  });

  test('numbers the dispatch orders of an order, so that each id leads to it', async () => {
    const harness = createHarness(timelineOf([...untilCleared()]));
    await request(harness);
    const first = dispatchIdOf(orderId, 1) ?? '';
    expect([...harness.system.orders.keys()]).toEqual([first]);
    const stopped: NewFact = { name: 'dispatch.cancelled', data: { dispatchId: first, parcelId } };
    const again = createHarness(
      timelineOf([...harness.facts().map(({ name, data }) => ({ name, data }) as NewFact), stopped]),
    );
    await actOnOrder(again.deps, orderId, again.cause, () => [released('operator')]);
    await request(again);
    expect([...again.system.orders.keys()]).toEqual([dispatchIdOf(orderId, 2)]);
  });

  test('repeats the same request', async () => {
    const harness = createHarness(timelineOf(untilCleared()));
    harness.system.isDown = true;
    await expect(request(harness)).rejects.toThrow('no answer');
    harness.system.isDown = false;
    await request(harness);
    await request(harness);
    expect(new Set(harness.system.requests).size).toBe(1);
    expect(harness.names().filter((name) => name === 'dispatch.requested')).toHaveLength(1);
    expect([...harness.system.orders.values()]).toMatchObject([
      {
        ...{ parcelId, warehouseId: 'cn-shenzhen', lines: [{ sku: 'TEA-TOWEL', quantity: 2 }] },
        label: { trackingNumber: 'TRACK1', carrier: 'easypost' },
        shipBy: '2026-11-24T10:00:08.000Z',
      },
    ]);
  });

  test('names the other warehouses that the parcel passes', async () => {
    const landed = landedCost({ consignments: [consignment({ via: ['pl-poznan', 'fr-lille'] })] });
    const facts = untilCleared().map((fact) =>
      fact.name === 'order.placed' ? placed({ landedCost: landed }) : fact,
    );
    const harness = createHarness(timelineOf(facts));
    await request(harness);
    expect([...harness.system.orders.values()]).toMatchObject([
      { warehouseId: 'cn-shenzhen', via: ['pl-poznan', 'fr-lille'] },
    ]);
  });

  test('asks for the sum of a SKU that is on two lines', async () => {
    const lines = [line({ quantity: 2 }), line({ lineId: '2', quantity: 3 })];
    const twoLines = placed({ landedCost: landedCost({ consignments: [consignment({ lines })] }) });
    const { amount, currency } = twoLines.data.landedCost.totals.total;
    const paid = captured({ amount: { amount, currency } });
    const facts = untilCleared().map((fact) => {
      if (fact.name === 'order.placed') return twoLines;
      return fact.name === 'payment.captured' ? paid : fact;
    });
    const harness = createHarness(timelineOf(facts));
    await request(harness);
    expect([...harness.system.orders.values()]).toMatchObject([
      { lines: [{ sku: 'TEA-TOWEL', quantity: 5 }] },
    ]);
  });

  test('names the goods of each carton and its label', async () => {
    const harness = createHarness(timelineOf(forThreeCartons(untilCleared())));
    await request(harness);
    const [order] = [...harness.system.orders.values()];
    expect(order).toMatchObject({
      label: { trackingNumber: 'TRACK1' },
      lines: [
        { sku: 'TEA-TOWEL', quantity: 5 },
        { sku: 'LAMP', quantity: 1 },
      ],
    });
    expect(order?.cartons?.map(({ label, lines }) => [label.trackingNumber, lines])).toEqual([
      ['TRACK1', [{ sku: 'TEA-TOWEL', quantity: 2 }]],
      ['TRACK2', [{ sku: 'TEA-TOWEL', quantity: 2 }]],
      [
        'TRACK3',
        [
          { sku: 'LAMP', quantity: 1 },
          { sku: 'TEA-TOWEL', quantity: 1 },
        ],
      ],
    ]);
  });

  test('requests only once if two calls run at the same time', async () => {
    const harness = createHarness(timelineOf(untilCleared()));
    await Promise.all([request(harness), request(harness)]);
    expect(harness.system.orders.size).toBe(1);
    expect(harness.names().filter((name) => name === 'dispatch.requested')).toHaveLength(1);
  });

  test.each([
    ['uncleared', untilBooked()],
    ['held', [...untilCleared(), screeningHeld()]],
    ['cancelled', [...untilCleared(), cancelled()]],
    ['refunded', [...untilCleared(), refundRequested({ reason: 'operator' })]],
    ['dispatched', untilDispatched()],
    ['stopped by the warehouse', [...untilFulfilling(), dispatchCancelled]],
    ['without a valid label, because the carrier has voided it', [...untilCleared(), labelVoided]],
  ])('requests nothing if the order is %s', async (_, facts) => {
    const harness = createHarness(timelineOf(facts));
    await request(harness);
    expect(harness.system.requests).toEqual([]);
    expect(harness.names()).toHaveLength(facts.length);
  });

  test('does not repeat a request while the order is being stopped', async () => {
    const harness = createHarness(timelineOf([...untilFulfilling(), cancellationRequested()]));
    await request(harness);
    expect(harness.system.requests).toEqual([]);
  });

  test('requests again after the warehouse stopped and a person released the order', async () => {
    const harness = createHarness(
      timelineOf([...untilFulfilling(), dispatchCancelled, released('operator')]),
    );
    await request(harness);
    expect(harness.names().at(-1)).toBe('dispatch.requested');
    expect(harness.system.requests).not.toContain(dispatchId);
  });

  test('records warehouse work that no callback reported', async () => {
    const harness = createHarness(timelineOf(untilCleared()));
    await request(harness);
    const [own = ''] = harness.system.requests;
    harness.system.work(own, 'accepted');
    harness.system.work(own, 'packed');
    harness.system.work(own, 'handed-over');
    await request(harness);
    await request(harness);
    expect(harness.names().slice(-3)).toEqual(['dispatch.accepted', 'parcel.packed', 'parcel.dispatched']);
    expect(harness.system.requests).toHaveLength(1);
  });

  test('stops the dispatch if the order is cancelled during the request', async () => {
    const harness = createHarness(timelineOf(untilCleared()));
    const append = (...facts: NewFact[]) =>
      harness.timelines.append({
        ...{ timeline: harness.timeline(), facts, cause: harness.cause },
        now: '2026-11-23T10:10:00.000Z',
      });
    harness.system.onRequest = async () => {
      await append(cancellationRequested());
      const [own = ''] = harness.system.requests;
      await append({ name: 'dispatch.cancelled', data: { dispatchId: own, parcelId } }, cancelled());
    };
    await request(harness);
    expect(harness.system.cancelled).toEqual(new Set(harness.system.requests));
    expect(harness.names().slice(-2)).toEqual(['dispatch.cancelled', 'order.cancelled']);
  });
});
