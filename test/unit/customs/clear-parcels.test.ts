import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/catalog.ts';
import type { DeclarationAnswer } from '../../../shared/customs/broker.ts';
import { clearParcels, receiveCustomsCallback } from '../../../shared/customs/index.ts';
import { address, details } from '../../builders/details.ts';
import {
  cancelled,
  parcelId,
  placed,
  released,
  screeningHeld,
  untilBooked,
  untilCleared,
  untilPaid,
} from '../../builders/facts.ts';
import { domesticConsignment, landedCost } from '../../builders/landed-cost.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { answerBody } from '../../fakes/broker.ts';
import { createWorld, type World } from '../../fakes/world.ts';

const clear = (world: World) => clearParcels(world.deps, orderId, world.cause);

const _hear = (world: World, answer: DeclarationAnswer, callbackId = 'evt_1') =>
  receiveCustomsCallback(world.deps, { code: 'rest-broker', callbackId, rawBody: answerBody(answer) });

function lrnOf(world: World): string {
  const [lrn] = [...world.broker.filed.keys()].slice(-1);
  if (lrn === undefined) throw new Error('nothing was filed');
  return lrn;
}

async function filedWorld(): Promise<World> {
  const world = createWorld(timelineOf(untilBooked()));
  await clear(world);
  return world;
}

const since = (world: World) => world.names().slice(untilBooked().length);

describe('clearance', () => {
  test('declares a parcel over a customs border once', async () => {
    const world = await filedWorld();
    await clear(world);
    await clear(world);
    expect(world.broker.filed.size).toBe(1);
    expect(since(world)).toEqual(['declaration.filed']);
    expect(world.facts().at(-1)?.data).toMatchObject({
      declared: { goods: { amount: 2400 }, duty: { amount: 300 }, tax: { amount: 627 }, fees: { amount: 0 } },
    });
  });

  test('clears a parcel that crosses none at once', async () => {
    const cost = landedCost({ consignments: [domesticConsignment()] });
    const [, ...rest] = untilBooked();
    const amount = cost.totals.total;
    const facts = [
      placed({ landedCost: cost }),
      ...rest.map((fact) => ('amount' in fact.data ? { ...fact, data: { ...fact.data, amount } } : fact)),
    ] as NewFact[];
    const world = createWorld(timelineOf(facts));
    await clear(world);
    await clear(world);
    expect(since(world)).toEqual(['parcel.cleared']);
    expect(world.facts().at(-1)?.data).toEqual({ parcelId, basis: 'no-customs-border' });
    expect(world.broker.filed.size).toBe(0);
  });

  test.each([
    ['held', [...untilBooked(), screeningHeld()]],
    ['cancelled', [...untilBooked(), cancelled()]],
    ['without a label', untilPaid()],
    ['cleared', untilCleared()],
  ])('files nothing for an order that is %s', async (_, facts) => {
    const world = createWorld(timelineOf(facts));
    await clear(world);
    expect(world.broker.filed.size).toBe(0);
    expect(world.names()).toHaveLength(facts.length);
  });

  test('what is missing holds the order and is named', async () => {
    const world = createWorld(timelineOf(untilBooked()));
    const { postalCode: _, ...shippingAddress } = address();
    world.setDetails(details({ shippingAddress }));
    await clear(world);
    await clear(world);
    expect(since(world)).toEqual(['order.held']);
    expect(world.facts().at(-1)?.data).toEqual({
      reason: 'declaration-incomplete: consignee.postalCode',
      parcelId,
    });
  });

  test('a lost answer is a filing that the broker knows when it is repeated', async () => {
    const world = createWorld(timelineOf(untilBooked()));
    const { file } = world.broker;
    world.broker.file = async (...args) => {
      await file(...args);
      world.broker.file = file;
      throw new Error('no answer');
    };
    await expect(clear(world)).rejects.toThrow('no answer');
    const lrn = lrnOf(world);
    await clear(world);
    expect([...world.broker.filed.keys()]).toEqual([lrn]);
    expect(since(world)).toEqual(['declaration.filed']);
  });

  test('a broker that lost it gets it again under the same number', async () => {
    const world = await filedWorld();
    const lrn = lrnOf(world);
    world.broker.forget(lrn);
    await clear(world);
    expect([...world.broker.filed.keys()]).toEqual([lrn]);
    expect(since(world)).toEqual(['declaration.filed']);
  });

  test('an answer that nobody called about is asked for', async () => {
    const world = await filedWorld();
    world.broker.answer(lrnOf(world), 'released');
    await clear(world);
    expect(since(world)).toEqual(['declaration.filed', 'declaration.released', 'parcel.cleared']);
    expect(world.timelines.headOf(orderId)?.status).toBe('cleared');
  });

  test('a broker that answers at once is believed at once', async () => {
    const world = createWorld(timelineOf(untilBooked()));
    world.broker.firstAnswer = 'released';
    await clear(world);
    expect(since(world)).toEqual(['declaration.filed', 'declaration.released', 'parcel.cleared']);
  });

  test('a refused declaration is filed anew, under another number, when a person released the order', async () => {
    const world = createWorld(timelineOf(untilBooked()));
    world.broker.firstAnswer = 'refused';
    await clear(world);
    await clear(world);
    expect(since(world)).toEqual(['declaration.filed', 'declaration.refused', 'order.held']);
    expect(world.notices.map(({ code }) => code)).toEqual(['partner-refused']);
    world.broker.firstAnswer = 'accepted';
    await world.timelines.append({
      ...{ timeline: world.timeline(), facts: [released('operator')], cause: world.cause },
      now: '2026-11-23T12:00:00.000Z',
    });
    await clear(world);
    expect(since(world).slice(3)).toEqual([
      'screening.released',
      'declaration.filed',
      'declaration.accepted',
    ]);
    expect(world.broker.filed.size).toBe(2);
  });

  test('but not while it is held again', async () => {
    const world = createWorld(timelineOf(untilBooked()));
    world.broker.firstAnswer = 'refused';
    await clear(world);
    await world.timelines.append({
      ...{ timeline: world.timeline(), cause: world.cause, now: '2026-11-23T12:00:00.000Z' },
      facts: [released('operator'), screeningHeld()],
    });
    await clear(world);
    expect(world.broker.filed.size).toBe(1);
  });

  test('an order cancelled while the broker files is withdrawn', async () => {
    const world = createWorld(timelineOf(untilBooked()));
    world.timelines.beforeNextAppend(async () => {
      await world.timelines.append({
        ...{ timeline: world.timeline(), facts: [cancelled()], cause: world.cause },
        now: '2026-11-23T10:02:00.000Z',
      });
    });
    await clear(world);
    expect(since(world)).toEqual(['order.cancelled', 'declaration.filed', 'declaration.invalidated']);
  });
});
