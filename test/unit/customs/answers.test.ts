import { describe, expect, test } from 'vitest';
import type { DeclarationAnswer } from '../../../shared/customs/broker.ts';
import { clearParcels, receiveCustomsCallback, withdrawDeclarations } from '../../../shared/customs/index.ts';
import { NotYet } from '../../../shared/timeline/index.ts';
import { booked, cancelled, parcelId, untilBooked, untilPaid } from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { answerBody } from '../../fakes/broker.ts';
import { createWorld, type World } from '../../fakes/world.ts';

const clear = (world: World) => clearParcels(world.deps, orderId, world.cause);

const hear = (world: World, answer: DeclarationAnswer, callbackId = 'evt_1') =>
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

describe('the authority’s answers', () => {
  const told = async (...statuses: DeclarationAnswer['status'][]) => {
    const world = await filedWorld();
    const lrn = lrnOf(world);
    for (const [index, status] of statuses.entries())
      await hear(world, world.broker.answer(lrn, status), `evt_${index}`);
    return world;
  };

  test.each([
    [
      ['accepted', 'released'],
      ['declaration.accepted', 'declaration.released', 'parcel.cleared'],
    ],
    [
      ['released', 'accepted'],
      ['declaration.released', 'parcel.cleared'],
    ],
    [['accepted', 'accepted'], ['declaration.accepted']],
    [
      ['released', 'released'],
      ['declaration.released', 'parcel.cleared'],
    ],
    [
      ['released', 'refused', 'inspection'],
      ['declaration.released', 'parcel.cleared'],
    ],
    [
      ['inspection', 'accepted', 'inspection'],
      ['declaration.queried', 'order.held'],
    ],
    [
      ['inspection', 'released'],
      ['declaration.queried', 'order.held', 'declaration.released', 'parcel.cleared'],
    ],
    [
      ['documents-wanted', 'detained'],
      ['declaration.queried', 'order.held', 'declaration.queried', 'order.held'],
    ],
    [
      ['refused', 'released'],
      ['declaration.refused', 'order.held'],
    ],
    [
      ['invalidated', 'accepted'],
      ['declaration.invalidated', 'order.held'],
    ],
    [['received'], []],
  ] as const)('%j', async (statuses, then) => {
    const world = await told(...statuses);
    expect(since(world).slice(1)).toEqual(then);
  });

  test('a released parcel lets the held order go on', async () => {
    const world = await told('inspection');
    expect(world.timelines.headOf(orderId)).toMatchObject({ status: 'held', list: 'attention' });
    await hear(world, world.broker.answer(lrnOf(world), 'released'));
    expect(world.timelines.headOf(orderId)).toMatchObject({ status: 'cleared', list: 'open' });
  });

  test('a code that we do not know is told, and guessed as nothing', async () => {
    const world = await told('unrecognised');
    expect(since(world)).toEqual(['declaration.filed']);
    expect(world.notices).toEqual([
      {
        code: 'partner-word-unrecognised',
        detail: { orderId, parcelId, partner: 'rest-broker', word: 'IM999' },
      },
    ]);
  });

  test('of an order that was cancelled clear nothing', async () => {
    const world = await filedWorld();
    await world.timelines.append({
      ...{ timeline: world.timeline(), facts: [cancelled()], cause: world.cause },
      now: '2026-11-23T12:00:00.000Z',
    });
    await hear(world, world.broker.answer(lrnOf(world), 'released'));
    expect(since(world)).toEqual(['declaration.filed', 'order.cancelled', 'declaration.released']);
  });

  test('that overtake the writing of the filing come again', async () => {
    const world = createWorld(timelineOf([...untilPaid(), booked()]));
    const answer = world.broker.answer('UNKNOWN', 'accepted');
    await expect(hear(world, answer)).rejects.toBeInstanceOf(NotYet);
  });
});

describe('withdrawal', () => {
  const cancelledWorld = async (status?: DeclarationAnswer['status']) => {
    const world = await filedWorld();
    if (status !== undefined) await hear(world, world.broker.answer(lrnOf(world), status));
    await world.timelines.append({
      ...{ timeline: world.timeline(), facts: [cancelled()], cause: world.cause },
      now: '2026-11-23T12:00:00.000Z',
    });
    return world;
  };
  const withdraw = (world: World) => withdrawDeclarations(world.deps, orderId, world.cause);

  test('is asked for once', async () => {
    const world = await cancelledWorld('accepted');
    await withdraw(world);
    await withdraw(world);
    expect(since(world).slice(2)).toEqual(['order.cancelled', 'declaration.invalidated']);
    expect(world.broker.withdrawn).toHaveLength(1);
  });

  test('that the authority decides on is told by its answer', async () => {
    const world = await cancelledWorld('accepted');
    world.broker.withdrawal = 'requested';
    await withdraw(world);
    expect(since(world).at(-1)).toBe('order.cancelled');
    await hear(world, world.broker.answer(lrnOf(world), 'invalidated'));
    expect(since(world).at(-1)).toBe('declaration.invalidated');
  });

  test('after the release needs a person', async () => {
    const world = await cancelledWorld('released');
    world.broker.withdrawal = 'too-late';
    await withdraw(world);
    await withdraw(world);
    expect(since(world).slice(-2)).toEqual(['order.cancelled', 'order.held']);
    expect(world.notices).toHaveLength(1);
  });

  test('does not touch an order that goes on', async () => {
    const world = await filedWorld();
    await withdraw(world);
    expect(world.broker.withdrawn).toEqual([]);
  });
});
