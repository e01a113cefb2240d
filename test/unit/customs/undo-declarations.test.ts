import { describe, expect, test } from 'vitest';
import { clearParcels, receiveCustomsCallback, withdrawDeclarations } from '../../../shared/customs/index.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { cancelOrder, headOf } from '../../../shared/order/index.ts';
import { decideByOperator } from '../../../shared/screening/decide-by-operator.ts';
import { cancelled, declarationReleased, filed, parcelId, untilBooked } from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { answerBody } from '../../fakes/broker.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';

const clear = (harness: Harness) => clearParcels(harness.deps, orderId, harness.cause);
const withdraw = (harness: Harness) => withdrawDeclarations(harness.deps, orderId, harness.cause);

/** The order is cancelled and the function of that fact runs. */
async function cancel(harness: Harness, functions: 'at once' | 'later' = 'at once'): Promise<void> {
  await cancelOrder(harness.deps, orderId, { by: 'shopper' });
  if (functions === 'at once') await withdraw(harness);
}

/** A declaration was filed whose answer was lost, and the order is cancelled. The messages arrive later. */
async function filedUnnamed(): Promise<{ harness: Harness; lrn: string }> {
  const harness = createHarness(timelineOf(untilBooked()));
  harness.broker.breakNext('file', 'lost-answer');
  await expect(clear(harness)).rejects.toThrow('no answer');
  await cancel(harness, 'later');
  const [lrn = ''] = harness.broker.filed.keys();
  expect([lrn === '', harness.names().includes('declaration.filed')]).toEqual([false, false]);
  return { harness, lrn };
}

const keysOf = (harness: Harness) => deadlinesOf(harness.facts()).map(({ key }) => key);

const namesSinceEnd = (harness: Harness) => {
  const names = harness.names();
  return names.slice(names.indexOf('order.cancelled') + 1);
};

describe('a declaration that was filed while the order was cancelled', () => {
  test('is withdrawn when its message comes again, if the broker gave no answer', async () => {
    const harness = createHarness(timelineOf(untilBooked()));
    harness.broker.duringNext('file', () => cancel(harness, 'later'));
    harness.broker.breakNext('invalidate', 'no-answer');
    await expect(clear(harness)).rejects.toThrow('no answer');
    expect(harness.broker.withdrawn).toEqual([]);
    await clear(harness);
    expect(harness.broker.withdrawn).toEqual([...harness.broker.filed.keys()]);
    expect(namesSinceEnd(harness)).toEqual(['declaration.filed', 'declaration.invalidated']);
    await clear(harness);
    expect(harness.broker.withdrawn).toHaveLength(1);
  });

  test('is withdrawn by its number if no fact names it, although the broker does not show it yet', async () => {
    const { harness, lrn } = await filedUnnamed();
    harness.broker.withdrawal = 'requested';
    harness.broker.breakNext('find', 'lagging');
    await clear(harness);
    expect(harness.broker.withdrawn).toContain(lrn);
    expect(namesSinceEnd(harness)).toEqual(['declaration.filed']);
    const rawBody = answerBody(harness.broker.answer(lrn, 'invalidated'));
    await receiveCustomsCallback(harness.deps, { code: 'rest-broker', callbackId: 'evt', rawBody });
    expect(namesSinceEnd(harness)).toEqual(['declaration.filed', 'declaration.invalidated']);
  });

  test('is withdrawn when the message comes again, if no fact names it and the broker gave no answer', async () => {
    const { harness, lrn } = await filedUnnamed();
    harness.broker.withdrawal = 'requested';
    harness.broker.breakNext('invalidate', 'no-answer');
    await expect(clear(harness)).rejects.toThrow('no answer');
    await clear(harness);
    expect(harness.broker.withdrawn).toContain(lrn);
  });

  test('is reported to a person once, if the authority has released it', async () => {
    const { harness, lrn } = await filedUnnamed();
    harness.broker.answer(lrn, 'released');
    harness.broker.withdrawal = 'too-late';
    await clear(harness);
    await clear(harness);
    expect(namesSinceEnd(harness)).toEqual(['declaration.filed', 'declaration.released', 'order.held']);
    expect(harness.facts().at(-1)?.data).toEqual({ reason: 'declaration-released', parcelId });
  });

  test('is reported to a person if it stays valid and can’t be recorded any more', async () => {
    const { harness } = await filedUnnamed();
    harness.broker.withdrawal = 'too-late';
    const deps = { ...harness.deps, seller: async () => undefined };
    await clearParcels(deps, orderId, harness.cause);
    expect(harness.facts().at(-1)?.data).toEqual({ reason: 'declaration-released', parcelId });
  });
});

describe('a withdrawal that the authority decides on', () => {
  const requested = () => {
    const harness = createHarness(timelineOf([...untilBooked(), filed(), cancelled()]));
    harness.broker.answer('LRN1', 'accepted');
    harness.broker.withdrawal = 'requested';
    return harness;
  };

  test('can be requested again, and an answer without a callback is found', async () => {
    const harness = requested();
    await withdraw(harness);
    expect(harness.names().at(-1)).toBe('declaration.accepted');
    harness.broker.answer('LRN1', 'invalidated');
    await withdraw(harness);
    await withdraw(harness);
    expect(harness.names().slice(-2)).toEqual(['declaration.accepted', 'declaration.invalidated']);
  });

  test('is requested again if the declaration is released instead, and a person has to look', async () => {
    const harness = requested();
    await withdraw(harness);
    harness.broker.withdrawal = 'too-late';
    const rawBody = answerBody(harness.broker.answer('LRN1', 'released'));
    await receiveCustomsCallback(harness.deps, { code: 'rest-broker', callbackId: 'evt', rawBody });
    expect(harness.names().slice(-2)).toEqual(['declaration.released', 'order.held']);
  });
});

test('a cancelled order without a declaration gets none, and needs no person', async () => {
  const harness = createHarness(timelineOf([...untilBooked(), cancelled()]));
  await clear(harness);
  await withdraw(harness);
  expect([harness.broker.filed.size, namesSinceEnd(harness)]).toEqual([0, ['parcel.undeclared']]);
  expect(headOf(harness.facts()).attention).toEqual([]);
});

test('a declaration whose answer was lost is withdrawn, though its message found the order held', async () => {
  const harness = createHarness(timelineOf(untilBooked()));
  harness.broker.breakNext('file', 'lost-answer');
  await expect(clear(harness)).rejects.toThrow('no answer');
  await decideByOperator(harness.deps, orderId, 'hold', { by: 'operator' });
  await clear(harness);
  await decideByOperator(harness.deps, orderId, 'refuse', { by: 'operator' });
  expect(keysOf(harness)).toContain(`withdrawal:${parcelId}`);
  await withdraw(harness);
  expect(harness.broker.withdrawn).toEqual([...harness.broker.filed.keys()]);
  expect(namesSinceEnd(harness)).toEqual(['parcel.undeclared']);
  expect(keysOf(harness)).not.toContain(`withdrawal:${parcelId}`);
});

test('an order that continues causes no withdrawal', async () => {
  const harness = createHarness(timelineOf([...untilBooked(), filed(), declarationReleased()]));
  await clear(harness);
  expect(harness.broker.withdrawn).toEqual([]);
});
