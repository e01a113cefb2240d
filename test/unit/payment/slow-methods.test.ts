import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayMs, hourMs, later, minuteMs } from '../../../shared/kernel/time.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import {
  checkPayment,
  receivePaymentCallback,
  returnMoney,
  startPayment,
} from '../../../shared/payment/index.ts';
import type { MethodAbilities } from '../../../shared/payment/provider.ts';
import { factsNamed, orderStateOf } from '../../../shared/timeline/index.ts';
import { paymentId, placed, total } from '../../builders/facts.ts';
import { orderId, placedAt, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';
import { createIntentProvider, keptBy } from '../../fakes/intent-provider.ts';
import '../../property-seed.ts';

const flows = ['voucher', 'qr', 'push'] as const;
const METHOD_MS = 3 * dayMs;

/** An order that is paid by a method that takes days, at a provider that knows no state between waiting and paid. */
async function begun(flow: MethodAbilities['flow']) {
  const payment = { paymentId, method: 'slow', provider: 'till' };
  const [reservedUntil, payableUntil] = [later(placedAt, 10 * minuteMs), later(placedAt, METHOD_MS)];
  const harness = createHarness(timelineOf([placed({ payment, reservedUntil, payableUntil })]));
  const till = createIntentProvider('till', [
    {
      ...{ method: 'slow', flow, captures: 'at-once', partialCapture: 'none', authenticates: true },
      ...{ currencies: ['EUR'], reservationMs: METHOD_MS },
    },
  ]);
  const { providerByCode: _, ...steps } = harness.deps;
  const deps = { ...steps, providerByCode: async () => till };
  await startPayment(deps, orderId);
  let calls = 0;
  const deliver = (rawBody: Buffer) => {
    calls += 1;
    return receivePaymentCallback(deps, { code: 'till', callbackId: `evt_${calls}`, rawBody });
  };
  return {
    ...{ harness, till, deliver },
    check: () => checkPayment(deps, orderId, harness.cause),
    settle: () => returnMoney(deps, orderId, harness.cause),
    says: () => till.says(orderId, paymentId),
    count: (name: Parameters<typeof factsNamed>[1]) => factsNamed(harness.facts(), name).length,
  };
}

describe.each(flows)('a payment by %s', (flow) => {
  // The harness stands a minute after the order was placed.
  test('holds the stock for the time of its method, to the millisecond, and expires once', async () => {
    const order = await begun(flow);
    order.harness.pass(METHOD_MS - minuteMs - 1);
    await order.check();
    expect(order.count('order.expired')).toBe(0);
    order.harness.pass(1);
    await Promise.all([order.check(), order.check()]);
    await order.check();
    expect(order.harness.names().slice(1)).toEqual(['payment.started', 'payment.voided', 'order.expired']);
    expect(order.harness.timelines.stock.get('cn-shenzhen#TEA-TOWEL')).toMatchObject({ reserved: 0 });
  });

  test('that was made before the end counts, although its callback comes after it', async () => {
    const order = await begun(flow);
    order.harness.pass(METHOD_MS);
    order.till.pay(paymentId, 'captured');
    await order.check();
    await order.deliver(order.says());
    expect(order.count('order.expired')).toBe(0);
    expect(order.count('payment.captured')).toBe(1);
    expect(keptBy(order.till)).toBe(total.amount);
  });

  test('that is made after the end is refunded once, whatever is repeated', async () => {
    const order = await begun(flow);
    order.harness.pass(METHOD_MS);
    await order.check();
    // The till was offline when it sold the voucher: it takes money for an intent that we had voided.
    const [intent] = order.till.intents;
    Object.assign(intent ?? {}, { status: 'waiting' });
    order.till.pay(paymentId, 'captured');
    await Promise.all([order.deliver(order.says()), order.deliver(order.says())]);
    await order.settle();
    await order.deliver(order.says());
    expect([order.count('refund.requested'), order.count('refund.paid')]).toEqual([1, 1]);
    expect(keptBy(order.till)).toBe(0);
    expect(deadlinesOf(order.harness.facts())).toEqual([]);
  });
});

describe('a push that can not be called back', () => {
  async function unclosable() {
    const order = await begun('push');
    const { till } = order;
    Object.assign(till, { void: till.find });
    order.harness.pass(METHOD_MS);
    await order.check();
    expect(order.count('order.expired')).toBe(0);
    return order;
  }

  test('holds the order until it has ended', async () => {
    const order = await unclosable();
    const [intent] = order.till.intents;
    Object.assign(intent ?? {}, { status: 'failed' });
    await order.check();
    await order.check();
    expect(order.harness.names().slice(2)).toEqual(['payment.failed', 'payment.voided', 'order.expired']);
  });

  test('pays the order if it is approved meanwhile', async () => {
    const order = await unclosable();
    order.till.pay(paymentId, 'captured');
    await order.check();
    expect([order.count('payment.captured'), order.count('order.expired')]).toEqual([1, 0]);
    expect(keptBy(order.till)).toBe(total.amount);
  });
});

test('a redirect that the shopper has not finished ends with the first reservation', async () => {
  const order = await begun('redirect');
  order.harness.pass(9 * minuteMs);
  await order.check();
  expect(order.count('order.expired')).toBe(1);
});

const happening = fc.record({
  what: fc.constantFrom('pay', 'pay-voided', 'check', 'call', 'call', 'settle', 'hours', 'hours', 'days'),
  choice: fc.nat({ max: 40 }),
});

test('at any time and in any order, such an order ends once or is paid, and no late money is kept', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...flows),
      fc.array(happening, { minLength: 3, maxLength: 25 }),
      async (flow, events) => {
        const order = await begun(flow);
        const bodies: Buffer[] = [];
        const pay = (isVoided: boolean) => {
          const [intent] = order.till.intents;
          if (isVoided && intent?.status === 'voided') Object.assign(intent, { status: 'waiting' });
          if (order.till.pay(paymentId, 'captured')) bodies.push(order.says());
        };
        for (const { what, choice } of events) {
          if (what === 'pay' || what === 'pay-voided') pay(what === 'pay-voided');
          if (what === 'check') await order.check();
          if (what === 'settle') await order.settle();
          if (what === 'hours') order.harness.pass((1 + choice) * hourMs);
          if (what === 'days') order.harness.pass(dayMs);
          const body = bodies[choice % Math.max(bodies.length, 1)];
          if (what === 'call' && body !== undefined) await order.deliver(body);
        }
        for (const body of bodies) await order.deliver(body);
        order.harness.pass(METHOD_MS);
        await order.check();
        await order.settle();
        expect(order.count('order.expired')).toBeLessThan(2);
        const { ended } = orderStateOf(order.harness.facts());
        expect(keptBy(order.till)).toBe(ended === undefined ? total.amount : 0);
        expect(order.count('refund.requested')).toBeLessThan(2);
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);
