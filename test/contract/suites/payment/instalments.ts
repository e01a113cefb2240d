import { describe, expect, it } from 'vitest';
import { defined } from '../../../../shared/kernel/defined.ts';
import { add, money } from '../../../../shared/kernel/money.ts';
import { captureIdOf } from '../../../../shared/timeline/instalments.ts';
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
  });
}
