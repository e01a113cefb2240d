import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { later, minuteMs } from '../../../shared/kernel/time.ts';
import { deadlineOf } from '../../../shared/order/deadline.ts';
import { sweepDueOrders } from '../../../shared/order/index.ts';
import {
  cancelled,
  expired,
  held,
  placed,
  refundFailed,
  refundPaid,
  refundRequested,
  reservedUntil,
  screeningHeld,
  untilAuthorised,
  untilBooked,
  untilCleared,
  untilDispatched,
  untilFulfilling,
  untilPaid,
  untilReleased,
  untilStarted,
  voided,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';

const stepOf = (facts: readonly NewFact[]) => deadlineOf(timelineOf(facts).facts)?.step;

describe('the deadline of an order without progress', () => {
  test.each([
    ['payment', untilStarted()],
    ['screening', untilAuthorised()],
    ['capture', untilReleased()],
    ['booking', untilPaid()],
    ['clearance', untilBooked()],
    ['dispatch', untilCleared()],
    ['dispatch', untilFulfilling()],
    ['delivery', untilDispatched()],
    ['refund', [...untilPaid(), cancelled()]],
    ['refund', [...untilAuthorised(), cancelled()]],
    ['refund', [...untilDispatched(), refundRequested()]],
    // While a person is waited for, the partner goes on and is asked.
    ['clearance', [...untilBooked(), held('customs-inspection')]],
    ['delivery', [...untilDispatched(), held('parcel-exception')]],
  ] as const)('%s', (step, facts) => {
    expect(stepOf(facts)).toBe(step);
  });

  test.each([
    ['held by rules', [...untilAuthorised(), screeningHeld()]],
    ['held by a person', [...untilBooked(), screeningHeld()]],
  ])('needs a person if the order is %s', (_, facts) => {
    expect(deadlineOf(timelineOf(facts).facts)).toMatchObject({ step: undefined, waitingFor: 'a person' });
  });
});

describe('an order that has ended', () => {
  const part = { amount: 1000, currency: 'EUR' } as const;
  const rest = { amount: 2927, currency: 'EUR' } as const;

  test.each([
    ['expired, never started', [placed(), expired()]],
    ['expired, its intent voided', [...untilStarted(), voided(), expired()]],
    ['cancelled and refunded', [...untilPaid(), cancelled(), refundRequested(), refundPaid()]],
    [
      'cancelled, its refund failed: on the work list',
      [...untilPaid(), cancelled(), refundRequested(), refundFailed()],
    ],
  ])('%s has no deadline', (_, facts) => {
    expect(deadlineOf(timelineOf(facts).facts)).toBeUndefined();
  });

  test('has a deadline while a part of its money still has to be returned', () => {
    const partly = [
      ...untilPaid(),
      refundRequested({ amount: part }),
      refundPaid({ amount: part }),
      cancelled(),
    ];
    expect(stepOf(partly)).toBe('refund');
    const second = { refundId: idOf('refund', 2), amount: rest };
    expect(stepOf([...partly, refundRequested(second), refundPaid(second)])).toBeUndefined();
  });
});

describe('the sweeper', () => {
  function sweeping(harness: Harness) {
    const repeated: string[] = [];
    const overdue: string[] = [];
    const kept = { dueAt: '', version: 0, attempts: 0 };
    const sweep = () =>
      sweepDueOrders({
        ...{ timelines: harness.timelines, clock: harness.deps.clock },
        dueOrders: {
          due: async (now) => (kept.dueAt <= now ? [orderId] : []),
          attempts: async (_orderId, version) => (kept.version === version ? kept.attempts : 0),
          postpone: async (_orderId, update) => void Object.assign(kept, update),
          forget: async () => void Object.assign(kept, { dueAt: '9999' }),
        },
        repeat: async ({ step }) => void repeated.push(step),
        reportOverdue: ({ step }) => void overdue.push(step),
      });
    return { sweep, kept, repeated, overdue };
  }

  test('repeats a late step with growing delays, and reports it once', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    const { sweep, repeated, overdue } = sweeping(harness);
    for (let minute = 0; minute < 120; minute += 1) {
      await sweep();
      harness.pass(minuteMs);
    }
    expect(repeated.length).toBeGreaterThan(5);
    expect(repeated.length).toBeLessThan(15);
    expect(overdue).toEqual(['booking']);
    expect(harness.names().filter((name) => name === 'order.overdue')).toHaveLength(1);
  });

  test('does not call an order late during the time of the payment method, and checks the payment afterwards', async () => {
    const harness = createHarness(timelineOf(untilStarted()));
    const { sweep, kept, repeated, overdue } = sweeping(harness);
    for (let minute = 0; minute < 29; minute += 1) {
      await sweep();
      harness.pass(minuteMs);
    }
    expect(overdue).toEqual([]);
    expect(repeated.length).toBeGreaterThan(2);
    expect(kept.dueAt).toBe(reservedUntil);
    expect(later(kept.dueAt, 0) <= '2026-11-23T10:31:00.000Z').toBe(true);
  });
});
