import { describe, expect, test } from 'vitest';
import type { DeclarationAnswer } from '../../../shared/customs/broker.ts';
import { clearParcels, receiveCustomsCallback, withdrawDeclarations } from '../../../shared/customs/index.ts';
import { NotYet } from '../../../shared/timeline/index.ts';
import { booked, cancelled, parcelId, untilBooked, untilPaid } from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { answerBody } from '../../fakes/broker.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';

const clear = (harness: Harness) => clearParcels(harness.deps, orderId, harness.cause);

const hear = (harness: Harness, answer: DeclarationAnswer, callbackId = 'evt_1') =>
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

describe('the authority’s answers', () => {
  const reported = async (...statuses: DeclarationAnswer['status'][]) => {
    const harness = await filedDeps();
    const lrn = lrnOf(harness);
    for (const [index, status] of statuses.entries())
      await hear(harness, harness.broker.answer(lrn, status), `evt_${index}`);
    return harness;
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
    const harness = await reported(...statuses);
    expect(since(harness).slice(1)).toEqual(then);
  });

  test('that a parcel is released lets the held order continue', async () => {
    const harness = await reported('inspection');
    expect(harness.timelines.headOf(orderId)).toMatchObject({ status: 'held', list: 'attention' });
    await hear(harness, harness.broker.answer(lrnOf(harness), 'released'));
    expect(harness.timelines.headOf(orderId)).toMatchObject({ status: 'cleared', list: 'open' });
  });

  test('with an unknown code is reported, and changes nothing', async () => {
    const harness = await reported('unrecognised');
    expect(since(harness)).toEqual(['declaration.filed']);
    expect(harness.notices).toEqual([
      {
        code: 'partner-word-unrecognised',
        detail: { orderId, parcelId, partner: 'rest-broker', word: 'IM999' },
      },
    ]);
  });

  test('about a cancelled order clears nothing; a release needs a person, because only the authority can undo it', async () => {
    const harness = await filedDeps();
    await harness.timelines.append({
      ...{ timeline: harness.timeline(), facts: [cancelled()], cause: harness.cause },
      now: '2026-11-23T12:00:00.000Z',
    });
    await hear(harness, harness.broker.answer(lrnOf(harness), 'released'));
    expect(since(harness)).toEqual([
      'declaration.filed',
      'order.cancelled',
      'declaration.released',
      'order.held',
    ]);
  });

  test('that arrives before the filing is stored is delivered again', async () => {
    const harness = createHarness(timelineOf([...untilPaid(), booked()]));
    const answer = harness.broker.answer('UNKNOWN', 'accepted');
    await expect(hear(harness, answer)).rejects.toBeInstanceOf(NotYet);
  });
});

describe('withdrawal of a declaration', () => {
  const cancelledDeps = async (status?: DeclarationAnswer['status']) => {
    const harness = await filedDeps();
    if (status !== undefined) await hear(harness, harness.broker.answer(lrnOf(harness), status));
    await harness.timelines.append({
      ...{ timeline: harness.timeline(), facts: [cancelled()], cause: harness.cause },
      now: '2026-11-23T12:00:00.000Z',
    });
    return harness;
  };
  const withdraw = (harness: Harness) => withdrawDeclarations(harness.deps, orderId, harness.cause);

  test('is requested once', async () => {
    const harness = await cancelledDeps('accepted');
    await withdraw(harness);
    await withdraw(harness);
    expect(since(harness).slice(2)).toEqual(['order.cancelled', 'declaration.invalidated']);
    expect(harness.broker.withdrawn).toHaveLength(1);
  });

  test('is reported by the authority’s answer if the authority had already decided', async () => {
    const harness = await cancelledDeps('accepted');
    harness.broker.withdrawal = 'requested';
    await withdraw(harness);
    expect(since(harness).at(-1)).toBe('order.cancelled');
    await hear(harness, harness.broker.answer(lrnOf(harness), 'invalidated'));
    expect(since(harness).at(-1)).toBe('declaration.invalidated');
  });

  test('needs a person after the goods are released', async () => {
    const harness = await cancelledDeps('released');
    harness.broker.withdrawal = 'too-late';
    await withdraw(harness);
    await withdraw(harness);
    expect(since(harness).slice(-2)).toEqual(['order.cancelled', 'order.held']);
    expect(harness.notices).toHaveLength(1);
  });

  test('does not happen for an order that continues', async () => {
    const harness = await filedDeps();
    await withdraw(harness);
    expect(harness.broker.withdrawn).toEqual([]);
  });
});
