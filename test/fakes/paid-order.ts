import type { NewFact } from '../../events/all-events.ts';
import type { TrackingStatus } from '../../events/parcel.ts';
import { fromJson } from '../../shared/kernel/money.ts';
import { receiveScans } from '../../shared/shipping/index.ts';
import { paymentId } from '../builders/facts.ts';
import { orderId, timelineOf } from '../builders/timeline.ts';
import { trackingBody } from './carrier.ts';
import { createHarness, type Harness } from './harness.ts';
import { createFakePaymentProvider } from './payment-provider.ts';

/** An order whose captured money is at the provider, so that it can be refunded. */
export async function paidOrder(facts: readonly NewFact[]): Promise<Harness> {
  const harness = createHarness(timelineOf([...facts]));
  const [order] = harness.facts();
  if (order?.name !== 'order.placed') throw new Error('an order is placed first');
  const amount = fromJson(order.data.landedCost.totals.total);
  Object.assign(harness.provider, createFakePaymentProvider(amount));
  await harness.provider.start(order.recordedAt, {
    orderId,
    paymentId,
    amount,
    method: 'card',
    country: 'DE',
    payableUntil: order.data.reservedUntil,
  });
  harness.provider.pay('captured');
  return harness;
}

/** The carrier reports that status of the parcel with the number. */
export async function receive(
  harness: Harness,
  trackingNumber: string,
  status: TrackingStatus,
): Promise<void> {
  const scannedAt = '2026-12-02T08:00:00.000Z';
  const scan = { scanId: `${trackingNumber}-${status}`, status, carrierStatus: status, scannedAt };
  const rawBody = trackingBody(harness.carrier.scan(trackingNumber, scan));
  await receiveScans(harness.deps, { code: 'easypost', callbackId: `evt-${status}`, rawBody });
}

/** What is left on each account in minor units, zero balances left out. Positive: debit. */
export function balances({ timelines }: Harness): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { account, amount } of timelines.journals.flatMap(({ postings }) => postings))
    sums.set(account, (sums.get(account) ?? 0) + amount.amountMinor);
  return Object.fromEntries([...sums].filter(([, amount]) => amount !== 0));
}
