import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { orderView, orderViewSchema } from '../../../shared/order/index.ts';
import {
  captured,
  placed,
  refundFailed,
  refundPaid,
  refundRequested,
  started,
  total,
  untilAuthorised,
  untilPaid,
  untilStarted,
  voided,
} from '../../builders/facts.ts';
import { timelineOf } from '../../builders/timeline.ts';

const paymentOf = (facts: readonly NewFact[]) => {
  const view = orderViewSchema.parse(orderView(timelineOf(facts).facts));
  const [payment] = view.payments;
  return [payment?.status, payment?.captured.amount, payment?.refunded.amount];
};

const part = { amount: 1_000, currency: 'EUR' } as const;
const rest = { amount: total.amount - part.amount, currency: 'EUR' } as const;
const first = [refundRequested({ amount: part }), refundPaid({ amount: part })];
const second = [
  refundRequested({ refundId: 'ref_01KAXB3J5K0000000000000009', amount: rest }),
  refundPaid({ refundId: 'ref_01KAXB3J5K0000000000000009', amount: rest }),
];

describe('the payment of an order, in the view of its owner', () => {
  test.each<[string, readonly NewFact[], unknown[]]>([
    ['is waiting before the provider was asked', [placed()], ['waiting', 0, 0]],
    ['is started', untilStarted(), ['started', 0, 0]],
    ['is authorised', untilAuthorised(), ['authorised', 0, 0]],
    ['is captured', untilPaid(), ['captured', total.amount, 0]],
    ['is voided', [placed(), started(), voided()], ['voided', 0, 0]],
    [
      'stays captured while a refund is only requested',
      [...untilPaid(), refundRequested()],
      ['captured', total.amount, 0],
    ],
    [
      'is partially refunded after a part was returned',
      [...untilPaid(), ...first],
      ['partially_refunded', total.amount, part.amount],
    ],
    [
      'is refunded after the whole amount was returned in two parts',
      [...untilPaid(), ...first, ...second],
      ['refunded', total.amount, total.amount],
    ],
    [
      'is captured again after the bank sent the refund back',
      [...untilPaid(), ...first, refundFailed()],
      ['captured', total.amount, 0],
    ],
    [
      'is refunded if it was captured after the order stopped',
      [placed(), started(), captured(), refundRequested(), refundPaid()],
      ['refunded', total.amount, total.amount],
    ],
  ])('%s', (_name, facts, expected) => {
    expect(paymentOf(facts)).toEqual(expected);
  });
});
