import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { money } from '../../../shared/kernel/money.ts';
import { ok, refused } from '../../../shared/kernel/result.ts';
import { orderOf } from '../../../shared/order/index.ts';
import { receivePaymentCallback } from '../../../shared/payment/index.ts';
import { decideByOperator } from '../../../shared/screening/decide-by-operator.ts';
import { screenOrder } from '../../../shared/screening/index.ts';
import { operatorRequest } from '../../../shared/timeline/index.ts';
import { address, details } from '../../builders/details.ts';
import {
  cancellationRequested,
  cancelled,
  captured,
  expired,
  held,
  paymentId,
  placed,
  screeningHeld,
  untilAuthorised,
  untilBooked,
  untilDispatched,
  untilFulfilling,
  untilPaid,
  untilReleased,
  untilStarted,
  voided,
} from '../../builders/facts.ts';
import { consignment, landedCost, line } from '../../builders/landed-cost.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';
import { callbackBody } from '../../fakes/payment-provider.ts';

const screen = (harness: Harness) => screenOrder(harness.deps, orderId, harness.cause);
const statusOf = (harness: Harness) => harness.timelines.headOf(orderId)?.status;

describe('screening an order', () => {
  test('releases a usual order, once', async () => {
    const harness = createHarness(timelineOf(untilAuthorised()));
    await screen(harness);
    await screen(harness);
    expect(harness.names().slice(3)).toEqual(['screening.released']);
    expect(statusOf(harness)).toBe('released');
  });

  test('says that the payment was captured before, so that the parcels are booked at once', async () => {
    const harness = createHarness(timelineOf([...untilAuthorised(), captured()]));
    await screen(harness);
    expect(harness.names().slice(4)).toEqual(['screening.released']);
    expect(harness.facts().at(-1)?.data).toMatchObject({ by: 'rules', payment: 'captured' });
    expect(statusOf(harness)).toBe('paid');
    const usual = createHarness(timelineOf(untilAuthorised()));
    await screen(usual);
    expect(usual.facts().at(-1)?.data).not.toHaveProperty('payment');
  });

  test('holds an order that a person has to check', async () => {
    const harness = createHarness(timelineOf(untilAuthorised()));
    harness.setDetails(details({ shippingAddress: address({ line1: 'PO Box 5' }) }));
    await screen(harness);
    expect(harness.names().slice(3)).toEqual(['screening.held']);
    expect(harness.timelines.headOf(orderId)).toMatchObject({ status: 'held', list: 'attention' });
  });

  test('lets a refusal override a hold, cancels the order and releases its stock', async () => {
    const harness = createHarness(timelineOf(untilAuthorised()));
    harness.setDetails(details({ shippingAddress: address({ line1: 'PO Box 5', country: 'RU' }) }));
    await screen(harness);
    expect(harness.names().slice(3)).toEqual(['screening.refused', 'order.cancelled']);
    expect(harness.facts().at(-1)?.data).toEqual({ reason: 'screening-refused' });
    expect(harness.timelines.stock.get('cn-shenzhen#TEA-TOWEL')).toMatchObject({ reserved: 0 });
  });

  test.each([
    ['not paid', untilStarted()],
    ['cancelled', [...untilAuthorised(), cancelled()]],
    ['expired', [...untilStarted(), expired()]],
    ['without its hold', [...untilAuthorised(), voided(), held('payment-voided')]],
    ['held by a person', [...untilAuthorised(), screeningHeld()]],
  ])('leaves an order unchanged that is %s', async (_, facts) => {
    const harness = createHarness(timelineOf(facts));
    await screen(harness);
    expect(harness.names()).toHaveLength(facts.length);
  });

  test('by rules never releases an order that was held before', async () => {
    const harness = createHarness(timelineOf(untilAuthorised()));
    // The provider captures less than the requested amount, before the screening.
    const payment = {
      ...({ providerPaymentId: 'pi_1', status: 'captured' } as const),
      ...{ amount: money(3927, 'EUR'), captures: [{ reference: 'ch_1', amount: money(3000, 'EUR') }] },
    };
    const rawBody = callbackBody({ kind: 'payment', orderId, paymentId, payment });
    await receivePaymentCallback(harness.deps, { code: 'stripe', callbackId: 'e1', rawBody });
    await screen(harness);
    await screen(harness);
    expect(harness.names().slice(3)).toEqual(['payment.captured', 'order.held', 'screening.held']);
    expect(orderOf(harness.facts())).toMatchObject({
      status: 'held',
      attention: [{ reason: 'amount-differs' }, { reason: 'screening' }],
    });
    await decideByOperator(harness.deps, orderId, 'release', { by: 'operator' });
    expect(orderOf(harness.facts())).toMatchObject({ status: 'paid', attention: [] });
  });

  test('by rules still refuses an order that was held before', async () => {
    const harness = createHarness(timelineOf([...untilAuthorised(), held('amount-differs')]));
    harness.setDetails(details({ shippingAddress: address({ country: 'RU' }) }));
    await screen(harness);
    expect(harness.names().slice(-2)).toEqual(['screening.refused', 'order.cancelled']);
  });

  test('leaves an order cancelled that is cancelled during the check', async () => {
    const harness = createHarness(timelineOf(untilAuthorised()));
    harness.timelines.beforeNextAppend(async () => {
      await harness.timelines.append({
        ...{ timeline: harness.timeline(), facts: [cancelled()], cause: harness.cause },
        now: '2026-11-23T10:02:00.000Z',
      });
    });
    await screen(harness);
    expect(harness.names().slice(3)).toEqual(['order.cancelled']);
  });
});

describe('an operator', () => {
  const decide = async (facts: readonly NewFact[], decision: 'release' | 'hold' | 'refuse') => {
    const harness = createHarness(timelineOf(facts));
    const outcome = await decideByOperator(harness.deps, orderId, decision, { by: 'operator' });
    return { outcome, appended: harness.names().slice(facts.length), status: statusOf(harness) };
  };
  const heldAfterPayment = [...untilBooked(), held('customs-inspection')];
  const asks = (harness: Harness, decision: 'release' | 'hold' | 'refuse', key: string) =>
    decideByOperator(harness.deps, orderId, decision, {
      ...{ by: 'operator', request: operatorRequest(key, { decision }) },
    });

  test('who repeats a request gets the same answer, and decides nothing again', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    expect(await asks(harness, 'hold', 'a')).toEqual({ ok: true, value: 'decided' });
    expect(await asks(harness, 'release', 'b')).toEqual({ ok: true, value: 'decided' });
    const names = harness.names();
    expect(await asks(harness, 'hold', 'a')).toEqual({ ok: true, value: 'decided' });
    expect(harness.names()).toEqual(names);
  });

  test('can not use the key of a request for another decision', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    await asks(harness, 'hold', 'a');
    const names = harness.names();
    expect(await asks(harness, 'refuse', 'a')).toEqual({ ok: false, error: 'request-reused' });
    expect(harness.names()).toEqual(names);
  });

  test.each([
    [
      'release',
      'a held screening',
      [...untilAuthorised(), screeningHeld()],
      ['screening.released'],
      'released',
    ],
    ['release', 'one held where its parcel is', heldAfterPayment, ['screening.released'], 'booked'],
    ['release', 'one that is not held', untilPaid(), [], 'paid'],
    ['hold', 'a paid one', untilPaid(), ['screening.held'], 'held'],
    ['hold', 'a held one', [...untilPaid(), screeningHeld()], [], 'held'],
    [
      'refuse',
      'a held one',
      [...untilAuthorised(), screeningHeld()],
      ['screening.refused', 'order.cancelled'],
      'cancelled',
    ],
    [
      'refuse',
      'one that waits for its payment',
      [placed()],
      ['screening.refused', 'order.cancelled'],
      'cancelled',
    ],
    [
      'refuse',
      'one the warehouse is at work on',
      untilFulfilling(),
      ['screening.refused', 'order.cancellation_requested'],
      'cancelling',
    ],
    ['refuse', 'one that is refused already', [...untilAuthorised(), cancelled('operator')], [], 'cancelled'],
  ] as const)('%s %s', async (decision, _, facts, then, status) => {
    const decided = await decide(facts, decision);
    expect(decided).toEqual({
      outcome: ok(then.length === 0 ? 'no-change' : 'decided'),
      appended: then,
      status,
    });
  });

  test.each([
    ['release', 'not-paid-yet', [placed()]],
    ['hold', 'not-paid-yet', untilStarted()],
    ['release', 'order-ended', [...untilPaid(), cancelled()]],
    ['hold', 'being-stopped', [...untilFulfilling(), cancellationRequested()]],
    ['refuse', 'already-dispatched', untilDispatched()],
    ['refuse', 'order-ended', [placed(), expired()]],
  ] as const)('can not %s: %s', async (decision, refusal, facts) => {
    expect(await decide(facts, decision)).toMatchObject({ outcome: refused(refusal), appended: [] });
  });

  test('a hold stops the order, whatever its parcels do, until it is released', async () => {
    const harness = createHarness(timelineOf([...untilPaid(), screeningHeld()]));
    await harness.timelines.append({
      ...{ timeline: harness.timeline(), cause: harness.cause, now: '2026-11-23T10:02:00.000Z' },
      facts: untilBooked().slice(-1),
    });
    expect(statusOf(harness)).toBe('held');
    await decideByOperator(harness.deps, orderId, 'release', { by: 'operator' });
    expect(statusOf(harness)).toBe('booked');
  });
});

test('an order of loose lithium batteries is refused from end to end', async () => {
  const cost = landedCost({ consignments: [consignment({ lines: [line({ hsCode: '850760' })] })] });
  const facts = [placed({ landedCost: cost }), ...untilReleased().slice(1, 3)];
  const harness = createHarness(timelineOf(facts));
  await screen(harness);
  expect(harness.names().slice(3)).toEqual(['screening.refused', 'order.cancelled']);
});
