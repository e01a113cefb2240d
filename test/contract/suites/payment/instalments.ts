import { describe, expect, it } from 'vitest';
import type { NewFact } from '../../../../events/all-events.ts';
import { defined } from '../../../../shared/kernel/defined.ts';
import { add, money } from '../../../../shared/kernel/money.ts';
import { dayMs, toInstant } from '../../../../shared/kernel/time.ts';
import {
  capturePayment,
  checkPayment,
  requestRefund,
  returnMoney,
  startPayment,
} from '../../../../shared/payment/index.ts';
import { factsNamed } from '../../../../shared/timeline/index.ts';
import { captureIdOf } from '../../../../shared/timeline/instalments.ts';
import { placed, released } from '../../../builders/facts.ts';
import { planOfOrder, sentAndDelivered } from '../../../builders/instalments.ts';
import { orderId, timelineOf } from '../../../builders/timeline.ts';
import { createHarness } from '../../../fakes/harness.ts';
import { impatientSend, present } from '../../../fixtures/partner-calls.ts';
import { amountOf, type Bench } from './bench.ts';
import { type Intent, nthId } from './intent.ts';

/** An order in three instalments, by a method that can be charged later without the shopper. */
export function describeInstalments(bench: Bench, method: string): void {
  const { contract } = bench.entry;
  const total = amountOf(bench.offer(method));
  const each = money(Math.floor(total.amountMinor / 3), total.currency);
  const first = money(total.amountMinor - 2 * each.amountMinor, total.currency);

  const begun = async (pays?: (url: string, intent: Intent) => Promise<void>): Promise<Intent> => {
    const intent = await bench.start(method, undefined, total, undefined, first);
    await (pays === undefined ? bench.pay(intent) : pays(bench.url, intent));
    return intent;
  };
  const charge = (intent: Intent, n: number, failures = 0) =>
    bench.capture(intent, {
      ...{ amount: n === 1 ? first : each, isFinal: n === 3, instalment: n },
      captureId: captureIdOf(intent.paymentId, n, failures),
    });

  describe(`${method}: instalments`, () => {
    it('authorise the whole amount, and take each part once', async () => {
      const intent = await begun();
      expect(await bench.find(intent)).toMatchObject({ status: 'authorised', amount: total, captures: [] });
      for (const n of [1, 1, 2, 2, 3, 3]) await charge(intent, n);
      const { captures, amount, status } = await bench.find(intent);
      expect({ amount, status }).toEqual({ amount: total, status: 'authorised' });
      expect(captures.map((one) => one.amount)).toEqual([first, each, each]);
      expect(captures.map(({ captureId }) => captureId)).toEqual(
        [1, 2, 3].map((n) => captureIdOf(intent.paymentId, n)),
      );
      expect(new Set(captures.map(({ reference }) => reference)).size).toBe(3);
      expect(await bench.effects(intent)).toMatchObject({ captures: 3 });
    });

    it('are charged once at once, and when an answer was lost', async () => {
      const intent = await begun();
      await charge(intent, 1);
      await Promise.allSettled([charge(intent, 2), charge(intent, 2)]);
      expect((await charge(intent, 2)).captures).toHaveLength(2);
      const send = impatientSend(bench.code);
      const losing = bench.bind(async (request) => {
        const answer = await send(request);
        if (request.method === 'POST') throw new Error('the answer is lost');
        return answer;
      });
      const captureId = captureIdOf(intent.paymentId, 3);
      const command = { ...intent, amount: each, captureId, isFinal: true, instalment: 3 };
      await expect(losing.capture(present(), command)).rejects.toThrow('the answer is lost');
      expect((await charge(intent, 3)).captures).toHaveLength(3);
      expect(await bench.effects(intent)).toMatchObject({ captures: 3 });
    });

    it.each(contract.declinedLater ?? [])(
      'are declined with $code, and each key is one attempt',
      async ({ code, pays }) => {
        const intent = await begun(pays);
        await charge(intent, 1);
        const captureId = captureIdOf(intent.paymentId, 2);
        for (const _ of [1, 2]) {
          const declined = await charge(intent, 2);
          expect(declined).toMatchObject({ status: 'authorised', declined: { captureId, code } });
          expect(declined.captures).toHaveLength(1);
        }
        const again = captureIdOf(intent.paymentId, 2, 1);
        expect(await charge(intent, 2, 1)).toMatchObject({ declined: { captureId: again, code } });
        // The first one, and two attempts.
        expect(await bench.effects(intent)).toMatchObject({ intents: 3, captures: 1 });
      },
    );

    it('are void before the first is taken, and over afterwards, with what was taken', async () => {
      const early = await begun();
      expect(await bench.void(early)).toMatchObject({ status: 'voided', captures: [] });
      const intent = await begun();
      await charge(intent, 1);
      await charge(intent, 2);
      const over = await bench.void(intent);
      expect(over.status).toBe('captured');
      expect(over.captures).toHaveLength(2);
    });

    it('are each given back from its own capture, and never above it', async () => {
      const intent = await begun();
      for (const n of [1, 2]) await charge(intent, n);
      const [one, two] = (await bench.find(intent)).captures;
      const back = (of: typeof one, amount = each, nth = 1) =>
        bench.refund(intent, amount, nthId(intent.refundId, nth), defined({ of: of?.reference }));
      expect(await back(two, each, 1)).toMatchObject({ status: 'paid', amount: each });
      expect(await back(two, each, 1)).toMatchObject({ status: 'paid', amount: each });
      expect(await back(two, money(100, each.currency), 2)).toMatchObject({ status: 'failed' });
      expect(await back(one, first, 3)).toMatchObject({ status: 'paid', amount: first });
      const { refunds, refunded } = await bench.effects(intent);
      expect({ refunds, refunded }).toEqual({ refunds: 2, refunded: add(each, first).amountMinor });
    });

    it('pay an order from the first to the last, with refunds, while the clock moves on', async () => {
      const { paymentId } = bench.ids();
      const payment = { paymentId, method, provider: bench.code, plan: planOfOrder(3) };
      const harness = createHarness(timelineOf([placed({ payment })]));
      const deps = { ...harness.deps, providerByCode: async () => bench.provider };
      const add = (...facts: NewFact[]) =>
        harness.timelines.append({
          ...{ timeline: harness.timeline(), facts, cause: harness.cause, now: toInstant(deps.clock()) },
        });
      const days = async (count: number) => {
        harness.pass(count * dayMs);
        // The sweeper comes again and again.
        for (const _ of [1, 2]) await capturePayment(deps, orderId, harness.cause);
      };
      const captured = () =>
        factsNamed(harness.facts(), 'payment.captured').map(({ data }) => [
          data.instalment,
          data.amount.amount,
        ]);

      const started = await startPayment(deps, orderId);
      if (!started.ok || started.value.nextAction.type !== 'confirm') throw new Error('nothing to confirm');
      const amount = money(3_927, 'EUR');
      const [start] = factsNamed(harness.facts(), 'payment.started');
      const { nextAction } = started.value;
      const providerPaymentId = start?.data.providerPaymentId ?? '';
      await bench.entry.contract.shopperPays(
        bench.url,
        { method, amount, paymentId, providerPaymentId, nextAction },
        'good',
      );
      await checkPayment(deps, orderId, harness.cause);
      await add(released());
      await days(0);
      await add(...sentAndDelivered());
      expect(captured()).toEqual([[1, 1_309]]);
      const refund = (minor: number) => {
        const request = { requestId: `refund-${minor}`, operator: 'op', amount: money(minor, 'EUR') };
        return requestRefund(deps, orderId, request);
      };
      expect(await refund(309)).toMatchObject({ ok: true, value: { lowered: { amount: 309 } } });
      for (let day = 0; day < 70; day += 10) await days(10);
      expect(captured()).toEqual([
        [1, 1_309],
        [2, 1_309],
        [3, 1_000],
      ]);
      // 15.00 are more than the last capture: 10.00 of it, and 5.00 of the one before.
      await refund(1_500);
      for (const _ of [1, 2]) await returnMoney(deps, orderId, harness.cause);
      expect(factsNamed(harness.facts(), 'refund.paid').map(({ data }) => data.amount.amount)).toEqual([
        1_000, 500,
      ]);
      const effects = await bench.entry.contract.effects(bench.url, paymentId);
      expect(effects).toEqual({ intents: 3, captures: 3, refunds: 2, refunded: 1_500 });
    });
  });
}
