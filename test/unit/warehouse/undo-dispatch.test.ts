import { describe, expect, test } from 'vitest';
import { minuteMs } from '../../../shared/kernel/time.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { cancelOrder, headOf } from '../../../shared/order/index.ts';
import { attentionOf } from '../../../shared/timeline/index.ts';
import { dispatchesOf } from '../../../shared/warehouse/dispatch-state.ts';
import { receiveWarehouseCallback, requestDispatch, stopDispatch } from '../../../shared/warehouse/index.ts';
import type { WarehouseUpdate } from '../../../shared/warehouse/warehouse-system.ts';
import {
  cancellationRequested,
  cancelled,
  dispatched,
  dispatchRequested,
  parcelId,
  released,
  untilCleared,
  untilDispatched,
  untilFulfilling,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';
import { updateBody } from '../../fakes/warehouse-system.ts';

const dispatchId = idOf('dispatch', 1);
const dispatchCancelled = { name: 'dispatch.cancelled', data: { dispatchId, parcelId } } as const;
/** The facts of an order whose only dispatch was cancelled. */
const ended = [...untilFulfilling(), cancellationRequested(), dispatchCancelled, cancelled()];

const delivered = {
  name: 'parcel.delivered',
  data: { parcelId, deliveredAt: '2026-11-25T10:00:00.000Z' },
} as const;

const request = (harness: Harness) => requestDispatch(harness.deps, orderId, harness.cause);
const cancel = (harness: Harness) => cancelOrder(harness.deps, orderId, { by: 'shopper' });
const stop = (harness: Harness) => stopDispatch(harness.deps, orderId, harness.cause);

function report(harness: Harness, status: WarehouseUpdate['status'], id = dispatchId) {
  const rawBody = updateBody(harness.system.work(id, status));
  return receiveWarehouseCallback(harness.deps, { code: 'wms', callbackId: `evt_${status}`, rawBody });
}

/** A cleared parcel whose first request gave no answer. */
async function requestedInVain(): Promise<Harness> {
  const harness = createHarness(timelineOf(untilCleared()));
  harness.system.breakNext('request', 'no-answer');
  await expect(request(harness)).rejects.toThrow('no answer');
  harness.pass(6 * minuteMs);
  return harness;
}

const holdsOf = (harness: Harness) =>
  harness.facts().flatMap((fact) => (fact.name === 'order.held' ? [fact.data.reason] : []));

describe('a request that arrives after the stop', () => {
  test('is cancelled when its message comes again, if the first cancellation got no answer', async () => {
    const harness = await requestedInVain();
    harness.system.duringNext('request', async () => {
      expect(await cancel(harness)).toBe('asked-the-warehouse');
      await stop(harness);
      // This warehouse does not remember cancellations of unknown orders.
      harness.system.cancelled.clear();
      harness.system.breakNext('cancel', 'no-answer');
    });
    await expect(request(harness)).rejects.toThrow('no answer');
    expect([harness.system.orders.size, harness.system.cancelled.size]).toEqual([1, 0]);
    await request(harness);
    expect([...harness.system.cancelled]).toEqual([...harness.system.orders.keys()]);
  });

  test('is cancelled when its message comes again, if its answer was lost', async () => {
    const harness = await requestedInVain();
    harness.system.duringNext('request', async () => {
      await cancel(harness);
      await stop(harness);
      harness.system.cancelled.clear();
    });
    harness.system.breakNext('request', 'lost-answer');
    await expect(request(harness)).rejects.toThrow('no answer');
    await request(harness);
    expect([...harness.system.cancelled]).toEqual([...harness.system.orders.keys()]);
    expect(holdsOf(harness)).toEqual([]);
  });

  test('is reported to a person once, if the goods are packed when its message comes again', async () => {
    const harness = createHarness(timelineOf(ended));
    harness.system.packedUp.add(dispatchId);
    await request(harness);
    await request(harness);
    expect(harness.names().slice(ended.length)).toEqual(['order.held']);
    expect(holdsOf(harness)).toEqual(['handed-over-after-stop']);
    expect(harness.notices).toHaveLength(1);
    expect(headOf(harness.facts())).toMatchObject({ status: 'cancelled', list: 'attention' });
  });
});

describe('a stop', () => {
  test('always asks the warehouse to cancel, even if the warehouse shows no such order yet', async () => {
    const harness = createHarness(timelineOf(untilCleared()));
    await request(harness);
    harness.system.breakNext('find', 'lagging');
    harness.pass(2 * minuteMs);
    await cancel(harness);
    await stop(harness);
    expect([...harness.system.cancelled]).toEqual([...harness.system.orders.keys()]);
    expect(harness.names().slice(-2)).toEqual(['dispatch.cancelled', 'order.cancelled']);
  });

  test('that arrives before the request makes the warehouse refuse the request', async () => {
    const harness = await requestedInVain();
    harness.system.duringNext('request', async () => {
      await cancel(harness);
      await stop(harness);
    });
    await request(harness);
    expect(harness.system.orders.size).toBe(0);
    expect(harness.names().at(-1)).toBe('order.cancelled');
  });
});

describe('a cancelled dispatch order that the warehouse works on', () => {
  test.each(['accepted', 'picked', 'packed', 'short'] as const)(
    'is cancelled again at once when it is %s',
    async (status) => {
      const harness = createHarness(timelineOf(ended));
      await report(harness, status);
      expect([...harness.system.cancelled]).toEqual([dispatchId]);
      expect(holdsOf(harness)).toEqual([]);
    },
  );

  test('is reported to a person once, if its goods are packed', async () => {
    const harness = createHarness(timelineOf(ended));
    harness.system.packedUp.add(dispatchId);
    await report(harness, 'packed');
    await report(harness, 'packed');
    expect(holdsOf(harness)).toEqual(['handed-over-after-stop']);
    expect(harness.notices).toMatchObject([{ code: 'partner-refused' }]);
  });

  test('is cancelled when the call comes again, if the warehouse gave no answer', async () => {
    const harness = createHarness(timelineOf(ended));
    harness.system.breakNext('cancel', 'no-answer');
    await expect(report(harness, 'accepted')).rejects.toThrow('no answer');
    await report(harness, 'accepted');
    expect([...harness.system.cancelled]).toEqual([dispatchId]);
  });

  test('is cancelled although the order continues, and the new dispatch order stays', async () => {
    const harness = createHarness(
      timelineOf([...untilFulfilling(), dispatchCancelled, released('operator')]),
    );
    await request(harness);
    const [next = ''] = harness.system.requests;
    await report(harness, 'accepted');
    await report(harness, 'accepted', next);
    expect([...harness.system.cancelled]).toEqual([dispatchId]);
    expect(harness.system.orders.has(next)).toBe(true);
  });
});

test('an order that nobody stopped causes no further call', async () => {
  for (const facts of [untilCleared(), untilFulfilling(), untilDispatched()]) {
    const harness = createHarness(timelineOf(facts));
    await request(harness);
    await request(harness);
    await report(harness, 'packed', harness.system.requests[0]);
    expect(harness.system.cancelled.size).toBe(0);
  }
});

describe('a parcel that leaves with a dispatch order that was reported as cancelled and replaced', () => {
  async function replaced(): Promise<{ readonly harness: Harness; readonly second: string }> {
    const harness = createHarness(timelineOf(untilFulfilling()));
    await report(harness, 'cancelled');
    await harness.timelines.append({
      ...{ timeline: harness.timeline(), facts: [released('operator')], cause: harness.cause },
      now: '2026-11-23T12:00:00.000Z',
    });
    await request(harness);
    const [second = ''] = harness.system.orders.keys();
    expect(second).not.toBe(dispatchId);
    harness.system.cancelled.clear();
    return { harness, second };
  }

  test('does not leave again: the replacement is cancelled, even if the first try gets no answer', async () => {
    const { harness, second } = await replaced();
    harness.system.breakNext('cancel', 'no-answer');
    await expect(report(harness, 'handed-over')).rejects.toThrow('no answer');
    await report(harness, 'handed-over');
    expect([...harness.system.cancelled]).toEqual([second]);
    expect(harness.facts().findLast(({ name }) => name === 'parcel.dispatched')?.data).toMatchObject({
      ...{ parcelId, dispatchId },
    });
    expect(harness.names().filter((name) => name === 'parcel.dispatched')).toHaveLength(1);
    expect(harness.names().at(-1)).toBe('dispatch.cancelled');
    expect(holdsOf(harness)).toEqual(['warehouse-cancelled', 'handed-over-after-stop']);
  });

  test('needs a person if the replacement has left too', async () => {
    const { harness, second } = await replaced();
    await report(harness, 'handed-over', second);
    expect([...harness.system.cancelled]).toEqual([]);
    expect(holdsOf(harness)).toEqual(['warehouse-cancelled']);
    for (let time = 0; time < 2; time += 1) await report(harness, 'handed-over');
    expect(holdsOf(harness)).toEqual(['warehouse-cancelled', 'handed-over-twice']);
    // The delivery of one of them does not settle that another one is under way.
    const attention = attentionOf(timelineOf([...harness.facts(), delivered]).facts);
    expect(attention).toMatchObject([{ reason: 'handed-over-twice', parcelId, dispatchId, stops: false }]);
  });

  test('does not leave again: the replacement is due until it is cancelled, and nothing new is sent', async () => {
    const { harness, second } = await replaced();
    harness.system.breakNext('cancel', 'no-answer');
    await expect(report(harness, 'handed-over')).rejects.toThrow('no answer');
    const due = () => deadlinesOf(harness.facts()).filter(({ key }) => key === `replacement:${parcelId}`);
    expect(due()).toMatchObject([{ step: 'dispatch', parcelId }]);
    const sent = harness.system.requests.length;
    await request(harness);
    expect([[...harness.system.cancelled], harness.system.requests.length]).toEqual([[second], sent]);
    expect(due()).toEqual([]);
  });

  test('and whose replacement is packed needs a person for that dispatch order', async () => {
    const { harness, second } = await replaced();
    harness.system.packedUp.add(second);
    await report(harness, 'handed-over');
    const held = harness.facts().flatMap((fact) => (fact.name === 'order.held' ? [fact.data] : []));
    expect(held.slice(1)).toMatchObject([
      { reason: 'handed-over-after-stop', parcelId, dispatchId },
      { reason: 'handed-over-after-stop', parcelId, dispatchId: second },
    ]);
    expect(deadlinesOf(harness.facts()).map(({ key }) => key)).not.toContain(`replacement:${parcelId}`);
  });

  test.each([
    [1, ['handed-over', 'requested']],
    [2, ['cancelled', 'handed-over']],
  ] as const)('is known by dispatch order %i that it left with', (number, statuses) => {
    const second = dispatchRequested({ dispatchId: idOf('dispatch', 2) });
    const left = dispatched({ dispatchId: idOf('dispatch', number) });
    const facts = [...untilFulfilling(), dispatchCancelled, released('operator'), second, left];
    expect(dispatchesOf(timelineOf(facts).facts).map(({ status }) => status)).toEqual(statuses);
  });
});
