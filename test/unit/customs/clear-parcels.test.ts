import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import type { DeclarationAnswer } from '../../../shared/customs/broker.ts';
import { clearParcels, receiveCustomsCallback } from '../../../shared/customs/index.ts';
import { address, details } from '../../builders/details.ts';
import {
  cancelled,
  parcelId,
  placed,
  released,
  screeningHeld,
  undeclared,
  untilBooked,
  untilCleared,
  untilPaid,
} from '../../builders/facts.ts';
import { domesticConsignment, landedCost } from '../../builders/landed-cost.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { answerBody } from '../../fakes/broker.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';

const clear = (harness: Harness) => clearParcels(harness.deps, orderId, harness.cause);

const _hear = (harness: Harness, answer: DeclarationAnswer, callbackId = 'evt_1') =>
  receiveCustomsCallback(harness.deps, { code: 'rest-broker', callbackId, rawBody: answerBody(answer) });

function lrnOf(harness: Harness): string {
  const [lrn] = [...harness.broker.filed.keys()].slice(-1);
  if (lrn === undefined) throw new Error('nothing was filed');
  return lrn;
}

async function filedDeps(): Promise<Harness> {
  const harness = createHarness(timelineOf(untilBooked()));
  await clear(harness);
  return harness;
}

const since = (harness: Harness) => harness.names().slice(untilBooked().length);

describe('clearance', () => {
  test('declares a parcel that crosses a customs border once', async () => {
    const harness = await filedDeps();
    await clear(harness);
    await clear(harness);
    expect(harness.broker.filed.size).toBe(1);
    expect(since(harness)).toEqual(['declaration.filed']);
    expect(harness.facts().at(-1)?.data).toMatchObject({
      declared: { goods: { amount: 2400 }, duty: { amount: 300 }, tax: { amount: 627 }, fees: { amount: 0 } },
    });
  });

  test('clears a parcel that crosses no customs border at once', async () => {
    const cost = landedCost({ consignments: [domesticConsignment()] });
    const [, ...rest] = untilBooked();
    const amount = cost.totals.total;
    const facts = [
      placed({ landedCost: cost }),
      ...rest.map((fact) => ('amount' in fact.data ? { ...fact, data: { ...fact.data, amount } } : fact)),
    ] as NewFact[];
    const harness = createHarness(timelineOf(facts));
    await clear(harness);
    await clear(harness);
    expect(since(harness)).toEqual(['parcel.cleared']);
    expect(harness.facts().at(-1)?.data).toEqual({ parcelId, basis: 'no-customs-border' });
    expect(harness.broker.filed.size).toBe(0);
  });

  test.each([
    ['held', [...untilBooked(), screeningHeld()]],
    ['cancelled', [...untilBooked(), cancelled(), undeclared()]],
    ['without a label', untilPaid()],
    ['cleared', untilCleared()],
  ])('files nothing for an order that is %s', async (_, facts) => {
    const harness = createHarness(timelineOf(facts));
    await clear(harness);
    expect(harness.broker.filed.size).toBe(0);
    expect(harness.names()).toHaveLength(facts.length);
  });

  test('holds the order and names the data that is missing', async () => {
    const harness = createHarness(timelineOf(untilBooked()));
    const { postalCode: _, ...shippingAddress } = address();
    harness.setDetails(details({ shippingAddress }));
    await clear(harness);
    await clear(harness);
    expect(since(harness)).toEqual(['order.held']);
    expect(harness.facts().at(-1)?.data).toEqual({
      reason: 'declaration-incomplete: consignee.postalCode',
      parcelId,
    });
  });

  test('finds the declaration at the broker after the first answer was lost', async () => {
    const harness = createHarness(timelineOf(untilBooked()));
    const { file } = harness.broker;
    harness.broker.file = async (...args) => {
      await file(...args);
      harness.broker.file = file;
      throw new Error('no answer');
    };
    await expect(clear(harness)).rejects.toThrow('no answer');
    const lrn = lrnOf(harness);
    await clear(harness);
    expect([...harness.broker.filed.keys()]).toEqual([lrn]);
    expect(since(harness)).toEqual(['declaration.filed']);
  });

  test('files again under the same number if the broker lost the declaration', async () => {
    const harness = await filedDeps();
    const lrn = lrnOf(harness);
    harness.broker.forget(lrn);
    await clear(harness);
    expect([...harness.broker.filed.keys()]).toEqual([lrn]);
    expect(since(harness)).toEqual(['declaration.filed']);
  });

  test('asks for an answer that no callback brought', async () => {
    const harness = await filedDeps();
    harness.broker.answer(lrnOf(harness), 'released');
    await clear(harness);
    expect(since(harness)).toEqual(['declaration.filed', 'declaration.released', 'parcel.cleared']);
    expect(harness.timelines.headOf(orderId)?.status).toBe('cleared');
  });

  test('accepts an answer that the broker gives at once', async () => {
    const harness = createHarness(timelineOf(untilBooked()));
    harness.broker.firstAnswer = 'released';
    await clear(harness);
    expect(since(harness)).toEqual(['declaration.filed', 'declaration.released', 'parcel.cleared']);
  });

  test('files a refused declaration again under another number after a person released the order', async () => {
    const harness = createHarness(timelineOf(untilBooked()));
    harness.broker.firstAnswer = 'refused';
    await clear(harness);
    await clear(harness);
    expect(since(harness)).toEqual(['declaration.filed', 'declaration.refused', 'order.held']);
    expect(harness.notices.map(({ code }) => code)).toEqual(['partner-refused']);
    harness.broker.firstAnswer = 'accepted';
    await harness.timelines.append({
      ...{ timeline: harness.timeline(), facts: [released('operator')], cause: harness.cause },
      now: '2026-11-23T12:00:00.000Z',
    });
    await clear(harness);
    expect(since(harness).slice(3)).toEqual([
      'screening.released',
      'declaration.filed',
      'declaration.accepted',
    ]);
    expect(harness.broker.filed.size).toBe(2);
  });

  test('files nothing while the order is held again', async () => {
    const harness = createHarness(timelineOf(untilBooked()));
    harness.broker.firstAnswer = 'refused';
    await clear(harness);
    await harness.timelines.append({
      ...{ timeline: harness.timeline(), cause: harness.cause, now: '2026-11-23T12:00:00.000Z' },
      facts: [released('operator'), screeningHeld()],
    });
    await clear(harness);
    expect(harness.broker.filed.size).toBe(1);
  });

  test('withdraws the declaration of an order that is cancelled during the filing', async () => {
    const harness = createHarness(timelineOf(untilBooked()));
    harness.timelines.beforeNextAppend(async () => {
      await harness.timelines.append({
        ...{ timeline: harness.timeline(), facts: [cancelled()], cause: harness.cause },
        now: '2026-11-23T10:02:00.000Z',
      });
    });
    await clear(harness);
    expect(since(harness)).toEqual(['order.cancelled', 'declaration.filed', 'declaration.invalidated']);
  });
});
