import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { NotYet } from '../../../shared/timeline/index.ts';
import { decideOnUpdate } from '../../../shared/warehouse/apply-warehouse-update.ts';
import { receiveWarehouseCallback } from '../../../shared/warehouse/index.ts';
import type { WarehouseUpdate } from '../../../shared/warehouse/warehouse-system.ts';
import {
  cancellationRequested,
  cancelled,
  dispatchRequested,
  parcelId,
  scanned,
  untilCleared,
  untilDispatched,
  untilFulfilling,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { namesOf, orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';
import { createFakeWarehouseSystem, updateBody } from '../../fakes/warehouse-system.ts';

const dispatchId = idOf('dispatch', 1);
const update = (status: WarehouseUpdate['status'], over: Partial<WarehouseUpdate> = {}) =>
  createFakeWarehouseSystem().work(dispatchId, status, over);

function following(facts: readonly NewFact[], ...statuses: WarehouseUpdate['status'][]): string[] {
  let all: readonly NewFact[] = facts;
  for (const status of statuses) all = [...all, ...decideOnUpdate(timelineOf(all), update(status)).facts];
  return namesOf(all.slice(facts.length));
}

describe('an update from the warehouse', () => {
  test.each([
    [
      'in order',
      ['accepted', 'picked', 'packed', 'handed-over'],
      ['dispatch.accepted', 'parcel.packed', 'parcel.dispatched'],
    ],
    [
      'hand-over before packing',
      ['handed-over', 'packed', 'accepted'],
      ['parcel.dispatched', 'parcel.packed'],
    ],
    [
      'each twice',
      ['accepted', 'accepted', 'packed', 'packed', 'handed-over', 'handed-over'],
      ['dispatch.accepted', 'parcel.packed', 'parcel.dispatched'],
    ],
    ['short', ['accepted', 'short', 'short'], ['dispatch.accepted', 'dispatch.short', 'order.held']],
    [
      'short, then found',
      ['short', 'packed', 'handed-over'],
      ['dispatch.short', 'order.held', 'parcel.packed', 'parcel.dispatched'],
    ],
    ['short after it left', ['handed-over', 'short'], ['parcel.dispatched']],
    [
      'stopped by the warehouse itself',
      ['accepted', 'cancelled', 'cancelled'],
      ['dispatch.accepted', 'dispatch.cancelled', 'order.held'],
    ],
    ['stopped after it left', ['handed-over', 'cancelled'], ['parcel.dispatched']],
    [
      'left after it stopped, said twice',
      ['cancelled', 'handed-over', 'handed-over'],
      ['dispatch.cancelled', 'order.held', 'parcel.dispatched', 'order.held'],
    ],
  ] as const)('%s', (_, statuses, then) => {
    expect(following(untilFulfilling(), ...statuses)).toEqual(then);
  });

  test('adds nothing to an order that has ended, unless the parcel was stopped or has left', () => {
    const ended = [...untilFulfilling(), cancelled()];
    expect(following(ended, 'accepted', 'short')).toEqual([]);
    expect(following(ended, 'cancelled')).toEqual(['dispatch.cancelled']);
  });

  test('gives the true weight', () => {
    const [packed] = decideOnUpdate(
      timelineOf(untilFulfilling()),
      update('packed', { weightGrams: 415 }),
    ).facts;
    expect(packed).toMatchObject({ name: 'parcel.packed', data: { parcelId, weightGrams: 415 } });
  });

  test('names the missing goods', () => {
    const [short] = decideOnUpdate(timelineOf(untilFulfilling()), update('short')).facts;
    expect(short?.data).toMatchObject({ short: [{ sku: 'TEA-TOWEL', missingQuantity: 1 }] });
  });

  test('with an unknown word is reported, and its meaning is not guessed', () => {
    const decision = decideOnUpdate(
      timelineOf(untilFulfilling()),
      update('unrecognised', { word: 'levitated' }),
    );
    expect(decision).toEqual({
      facts: [],
      notices: [
        {
          code: 'partner-word-unrecognised',
          detail: { orderId, dispatchId, partner: 'wms', word: 'levitated' },
        },
      ],
    });
  });

  test('completes a delivery that the carrier reported first', () => {
    const delivered = scanned({ status: 'delivered', scanId: 's', scannedAt: '2026-11-24T12:00:00.000Z' });
    expect(following([...untilFulfilling(), delivered], 'handed-over')).toEqual([
      'parcel.dispatched',
      'parcel.delivered',
      'order.delivered',
    ]);
  });

  test('needs a person if a parcel left although its order ended because the warehouse had stopped it', () => {
    const stopped: NewFact[] = [
      ...untilFulfilling(),
      cancellationRequested(),
      { name: 'dispatch.cancelled', data: { dispatchId, parcelId } },
      cancelled(),
    ];
    const decision = decideOnUpdate(timelineOf(stopped), update('handed-over'));
    expect(decision.facts).toEqual([
      { name: 'order.held', data: { reason: 'handed-over-after-stop', parcelId, dispatchId } },
    ]);
    expect(decision.notices).toHaveLength(1);
    expect(following(stopped, 'handed-over', 'handed-over')).toEqual(['order.held']);
  });

  test('in any order, with any repeats, gives one hand-over and one weight', () => {
    const all: WarehouseUpdate['status'][] = ['accepted', 'picked', 'packed', 'handed-over'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...all), { maxLength: 8 }), (some) => {
        const names = following(untilFulfilling(), ...some, ...all);
        expect(names.filter((name) => name === 'parcel.dispatched')).toHaveLength(1);
        expect(names.filter((name) => name === 'parcel.packed')).toHaveLength(1);
        expect(names.filter((name) => name === 'dispatch.accepted').length).toBeLessThan(2);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a callback of a warehouse', () => {
  const call = { code: 'wms', callbackId: 'evt_1', rawBody: updateBody(update('accepted')) };

  test('finds its order by the dispatch', async () => {
    const harness = createHarness(timelineOf(untilFulfilling()));
    await receiveWarehouseCallback(harness.deps, call);
    await receiveWarehouseCallback(harness.deps, { ...call, callbackId: 'evt_2' });
    expect(harness.names().slice(-2)).toEqual(['dispatch.requested', 'dispatch.accepted']);
  });

  test('is delivered again if its dispatch is not stored yet', async () => {
    const harness = createHarness(timelineOf(untilCleared()));
    await expect(receiveWarehouseCallback(harness.deps, call)).rejects.toBeInstanceOf(NotYet);
    const now = '2026-11-23T10:05:00.000Z';
    const facts = [dispatchRequested()];
    await harness.timelines.append({ timeline: harness.timeline(), facts, cause: harness.cause, now });
    await receiveWarehouseCallback(harness.deps, call);
    expect(harness.names().at(-1)).toBe('dispatch.accepted');
  });

  test('with known work changes nothing', async () => {
    const harness = createHarness(timelineOf(untilDispatched()));
    await receiveWarehouseCallback(harness.deps, call);
    expect(harness.names()).toHaveLength(untilDispatched().length);
  });
});
