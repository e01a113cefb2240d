import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/catalog.ts';
import { requestDispatch } from '../../../shared/warehouse/index.ts';
import {
  cancellationRequested,
  cancelled,
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
import { consignment, landedCost } from '../../builders/landed-cost.ts';
import { forThreeCartons } from '../../builders/several-cartons.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createWorld, type World } from '../../fakes/world.ts';

const dispatchId = idOf('dispatch', 1);
const request = (world: World) => requestDispatch(world.deps, orderId, world.cause);
const dispatchCancelled: NewFact = { name: 'dispatch.cancelled', data: { dispatchId, parcelId } };

describe('requesting a dispatch', () => {
  test('names it before the warehouse is asked', async () => {
    const world = createWorld(timelineOf(untilCleared()));
    world.system.isDown = true;
    await expect(request(world)).rejects.toThrow('no answer');
    expect(world.names().at(-1)).toBe('dispatch.requested');
    expect(world.system.orders.size).toBe(0);
  });

  test('asking again asks for the same', async () => {
    const world = createWorld(timelineOf(untilCleared()));
    world.system.isDown = true;
    await expect(request(world)).rejects.toThrow('no answer');
    world.system.isDown = false;
    await request(world);
    await request(world);
    expect(new Set(world.system.requests).size).toBe(1);
    expect(world.names().filter((name) => name === 'dispatch.requested')).toHaveLength(1);
    expect([...world.system.orders.values()]).toMatchObject([
      {
        ...{ parcelId, warehouseId: 'cn-shenzhen', lines: [{ sku: 'TEA-TOWEL', quantity: 2 }] },
        label: { trackingNumber: 'TRACK1', carrier: 'easypost' },
        shipBy: '2026-11-24T10:00:08.000Z',
      },
    ]);
  });

  test('tells the warehouse which others the parcel passes', async () => {
    const landed = landedCost({ consignments: [consignment({ via: ['pl-poznan', 'fr-lille'] })] });
    const facts = untilCleared().map((fact) =>
      fact.name === 'order.placed' ? placed({ landedCost: landed }) : fact,
    );
    const world = createWorld(timelineOf(facts));
    await request(world);
    expect([...world.system.orders.values()]).toMatchObject([
      { warehouseId: 'cn-shenzhen', via: ['pl-poznan', 'fr-lille'] },
    ]);
  });

  test('tells the warehouse what goes in each carton, and which label is on it', async () => {
    const world = createWorld(timelineOf(forThreeCartons(untilCleared())));
    await request(world);
    const [order] = [...world.system.orders.values()];
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

  test('two at once request one', async () => {
    const world = createWorld(timelineOf(untilCleared()));
    await Promise.all([request(world), request(world)]);
    expect(world.system.orders.size).toBe(1);
    expect(world.names().filter((name) => name === 'dispatch.requested')).toHaveLength(1);
  });

  test.each([
    ['uncleared', untilBooked()],
    ['held', [...untilCleared(), screeningHeld()]],
    ['cancelled', [...untilCleared(), cancelled()]],
    ['refunded', [...untilCleared(), refundRequested({ reason: 'operator' })]],
    ['dispatched', untilDispatched()],
    ['stopped by the warehouse', [...untilFulfilling(), dispatchCancelled]],
  ])('asks for nothing when the order is %s', async (_, facts) => {
    const world = createWorld(timelineOf(facts));
    await request(world);
    expect(world.system.requests).toEqual([]);
    expect(world.names()).toHaveLength(facts.length);
  });

  test('does not repeat a request when the order is being stopped', async () => {
    const world = createWorld(timelineOf([...untilFulfilling(), cancellationRequested()]));
    await request(world);
    expect(world.system.requests).toEqual([]);
  });

  test('asks a warehouse that stopped anew when a person released the order', async () => {
    const world = createWorld(timelineOf([...untilFulfilling(), dispatchCancelled, released('operator')]));
    await request(world);
    expect(world.names().at(-1)).toBe('dispatch.requested');
    expect(world.system.requests).not.toContain(dispatchId);
  });

  test('makes up for what the warehouse did and nobody heard', async () => {
    const world = createWorld(timelineOf(untilCleared()));
    await request(world);
    const [own = ''] = world.system.requests;
    world.system.work(own, 'accepted');
    world.system.work(own, 'packed');
    world.system.work(own, 'handed-over');
    await request(world);
    await request(world);
    expect(world.names().slice(-3)).toEqual(['dispatch.accepted', 'parcel.packed', 'parcel.dispatched']);
    expect(world.system.requests).toHaveLength(1);
  });

  test('an order cancelled while the request is on its way is stopped at the warehouse', async () => {
    const world = createWorld(timelineOf(untilCleared()));
    const append = (...facts: NewFact[]) =>
      world.timelines.append({
        ...{ timeline: world.timeline(), facts, cause: world.cause },
        now: '2026-11-23T10:10:00.000Z',
      });
    world.system.onRequest = async () => {
      await append(cancellationRequested());
      const [own = ''] = world.system.requests;
      await append({ name: 'dispatch.cancelled', data: { dispatchId: own, parcelId } }, cancelled());
    };
    await request(world);
    expect(world.system.cancelled).toEqual(new Set(world.system.requests));
    expect(world.names().slice(-2)).toEqual(['dispatch.cancelled', 'order.cancelled']);
  });
});
