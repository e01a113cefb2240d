import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import type { TrackingStatus } from '../../../events/parcel.ts';
import { withdrawDeclarations } from '../../../shared/customs/index.ts';
import { money, toJson } from '../../../shared/kernel/money.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { closeParcel, headOf, orderOf } from '../../../shared/order/index.ts';
import { requestRefund, returnMoney } from '../../../shared/payment/index.ts';
import { decideByOperator } from '../../../shared/screening/decide-by-operator.ts';
import { voidLabels } from '../../../shared/shipping/index.ts';
import { moneyOf, orderStateOf, parcelsToGo } from '../../../shared/timeline/index.ts';
import {
  booked,
  cleared,
  dispatched,
  dispatchRequested,
  otherParcelId,
  parcelId,
  untilDispatched,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';
import type { Harness } from '../../fakes/harness.ts';
import { balances, paidOrder, receive } from '../../fakes/paid-order.ts';

const operator = { by: 'operator', reference: 'op' } as const;
const parcels = [parcelId, otherParcelId] as const;
const numbers = ['TRACK1', 'TRACK2'] as const;

/** An order of two parcels. The first has left. The second is booked, and may have left too. */
function order(hasSecondLeft: boolean): NewFact[] {
  const second = { parcelId: otherParcelId };
  return [
    ...forTwoParcels(untilDispatched()),
    booked({ ...second, carrierShipmentId: 'shp_2', trackingNumber: 'TRACK2' }),
    ...(hasSecondLeft
      ? [
          cleared({ ...second, basis: 'no-customs-border' }),
          dispatchRequested({ ...second, dispatchId: idOf('dispatch', 2), warehouseId: 'pl-poznan' }),
          dispatched(second),
        ]
      : []),
  ];
}

const which = fc.constantFrom(0, 1);
const amountMinor = fc.integer({ min: 1, max: 8000 });
const refund = fc.oneof(
  fc.constantFrom('share' as const, 'none' as const),
  amountMinor.map((amount) => toJson(money(amount, 'EUR'))),
);
const units = fc.integer({ min: 0, max: 2 });

const actions = fc.array(
  fc.oneof(
    fc.record({
      does: fc.constant('close' as const),
      which,
      outcome: fc.constantFrom('lost', 'returned', 'stopped'),
      refund,
      sellable: units,
      writtenOff: units,
    }),
    fc.record({
      does: fc.constant('scan' as const),
      which,
      status: fc.constantFrom<TrackingStatus>('in_transit', 'exception', 'lost', 'returned', 'delivered'),
    }),
    fc.record({ does: fc.constant('refund' as const), amountMinor }),
    fc.record({ does: fc.constant('pay' as const), as: fc.constantFrom('paid', 'failed') }),
    fc.record({ does: fc.constant('come-back' as const) }),
    fc.record({ does: fc.constantFrom('refund-all' as const, 'refuse' as const) }),
  ),
  { maxLength: 14 },
);

type Action = typeof actions extends fc.Arbitrary<(infer One)[]> ? One : never;

async function act(harness: Harness, action: Action, requestId: string): Promise<void> {
  const { deps, cause } = harness;
  switch (action.does) {
    case 'close': {
      const { sellable, writtenOff, outcome } = action;
      const counted = [{ sku: 'TEA-TOWEL', sellable, writtenOff }];
      const restock = outcome === 'returned' && sellable + writtenOff > 0 ? counted : undefined;
      const of = { parcelId: parcels[action.which] ?? parcelId, outcome, restock, refund: action.refund };
      await closeParcel(deps, orderId, of, operator);
      return;
    }
    case 'scan':
      await receive(harness, numbers[action.which] ?? 'TRACK1', action.status);
      return;
    case 'refund':
      await requestRefund(deps, orderId, {
        ...{ requestId, operator: 'op', amount: money(action.amountMinor, 'EUR') },
      });
      return;
    case 'refund-all':
      await requestRefund(deps, orderId, { requestId, operator: 'op' });
      return;
    case 'pay':
      harness.provider.refundsAnswer(action.as);
      await returnMoney(deps, orderId, cause);
      return;
    case 'come-back':
      await comeBack(harness);
      return;
    case 'refuse':
      await decideByOperator(deps, orderId, 'refuse', operator);
  }
}

/** The shopper's bank refuses the latest refund that was paid. */
async function comeBack(harness: Harness): Promise<void> {
  const { facts } = harness.timeline();
  const failed = new Set(
    facts.flatMap((fact) => (fact.name === 'refund.failed' ? [fact.data.refundId] : [])),
  );
  const paid = facts.findLast((fact) => fact.name === 'refund.paid' && !failed.has(fact.data.refundId));
  if (paid?.name !== 'refund.paid') return;
  const { paymentId, refundId } = paid.data;
  await harness.timelines.append({
    timeline: harness.timeline(),
    facts: [{ name: 'refund.failed', data: { paymentId, refundId, code: 'account-closed' } }],
    cause: harness.cause,
    now: paid.recordedAt,
  });
}

/** Ends every parcel: a parcel that has left arrives, and another is closed. Refunds are paid. */
async function finish(harness: Harness): Promise<void> {
  for (const [index, parcel] of parcels.entries()) {
    if (orderOf(harness.facts()).parcels[parcel] === 'dispatched')
      await receive(harness, numbers[index] ?? 'TRACK1', 'delivered');
    else
      await closeParcel(
        harness.deps,
        orderId,
        { parcelId: parcel, outcome: 'stopped', refund: 'share' },
        operator,
      );
  }
  // The closing of a parcel starts both.
  await voidLabels(harness.deps, orderId, harness.cause);
  await withdrawDeclarations(harness.deps, orderId, harness.cause);
  harness.provider.refundsAnswer('paid');
  await returnMoney(harness.deps, orderId, harness.cause);
}

/** Checks the sums, which must be right at every moment. The memory store checks the units of each place itself. */
function checkAlways(harness: Harness): void {
  const sums = new Map<string, number>();
  for (const { scheme, amounts } of harness.timelines.taxEntries)
    for (const { memberState, tax, taxable } of amounts) {
      const account = `tax-owed:${memberState}:${scheme}`;
      sums.set(account, (sums.get(account) ?? 0) - tax.amountMinor);
      sums.set(`taxable of ${account}`, (sums.get(`taxable of ${account}`) ?? 0) + taxable.amountMinor);
    }
  for (const [account, amount] of sums) {
    if (account.startsWith('tax-owed'))
      expect([account, balances(harness)[account] ?? 0]).toEqual([account, amount]);
    else expect(amount).toBeGreaterThanOrEqual(0);
  }
  expect(balances(harness)['provider-clearing:stripe'] ?? 0).toBe(7378 - paidBack(harness));
  expect(paidBack(harness)).toBeLessThanOrEqual(7378);
  // While a parcel is still to go, all of the money is never on its way back: by parcel, by amount, or in parts.
  const { facts } = harness.timeline();
  const { captured, returned } = moneyOf(facts);
  const isRunning = orderStateOf(facts).ended === undefined && parcelsToGo(facts).length > 0;
  expect(returned).toBeLessThanOrEqual(captured);
  if (isRunning) expect(returned).toBeLessThan(captured);
}

function paidBack(harness: Harness): number {
  const refunds = new Map<string, number>();
  for (const { name, data } of harness.facts()) {
    if (name === 'refund.paid') refunds.set(data.refundId, data.amount.amount);
    if (name === 'refund.failed') refunds.delete(data.refundId);
  }
  return [...refunds.values()].reduce((all, amount) => all + amount, 0);
}

function checkEnded(harness: Harness): void {
  const { status, parcels: progress, attention } = orderOf(harness.facts());
  const hasArrived = Object.values(progress).includes('delivered');
  expect([status, Object.values(progress)]).toEqual([
    hasArrived ? 'delivered' : 'closed',
    Object.values(progress),
  ]);
  const left = balances(harness);
  expect([left['customer-deposits'], left['tax-on-deposits']]).toEqual([undefined, undefined]);
  for (const { reserved } of harness.timelines.stock.values()) expect(reserved).toBe(0);
  // No deadline is left: the order is closed, or a person has to look at a reason that the end did not settle.
  expect(deadlinesOf(harness.facts())).toEqual([]);
  expect(attention.every(({ stops }) => !stops)).toBe(true);
  expect(headOf(harness.facts()).list).toBe(attention.length === 0 ? 'closed' : 'attention');
}

test('any mix of delivered, lost, returned and stopped parcels and refunds ends with clean books', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), actions, async (hasSecondLeft, all) => {
      const harness = await paidOrder(order(hasSecondLeft));
      for (const [index, action] of all.entries()) {
        await act(harness, action, `key-${index}`);
        checkAlways(harness);
      }
      await finish(harness);
      checkAlways(harness);
      checkEnded(harness);
    }),
    { numRuns: 300 },
  );
});
