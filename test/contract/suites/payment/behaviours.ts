import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../../property-seed.ts';
import { fromJson, type Money, toJson, zero } from '../../../../shared/kernel/money.ts';
import { decideOnDispute } from '../../../../shared/payment/apply-dispute.ts';
import { paymentOf, refundable } from '../../../../shared/payment/payment.ts';
import type { LookedUp, PaymentUpdate, ProviderDispute } from '../../../../shared/payment/provider.ts';
import { factsNamed } from '../../../../shared/timeline/index.ts';
import { timelineOf } from '../../../builders/timeline.ts';
import { present } from '../../../fixtures/partner-calls.ts';
import type { Bench } from './bench.ts';
import { applied } from './books.ts';
import { type Intent, nthId, partOf } from './intent.ts';

type Behaviour = 'declined' | 'other_amount' | 'other_currency' | 'paid_late' | 'disputed';

/** What shoppers and banks may do, as far as the sandbox's page says that it can. */
export function describeBehaviours(bench: Bench, methods: readonly string[]): void {
  const { contract, partner } = bench.entry;
  const known = (partner.help?.behaviours ?? []).map(({ name }) => name);
  // What the shopper paid is read in the sandbox's own books.
  const can = (behaviour: Behaviour) => contract.movements !== undefined && known.includes(behaviour);

  /** The shopper of that intent behaves so. Some sandboxes look at it at the page and at the bank. */
  const behaves = ({ paymentId }: Intent, behaviour: Behaviour) =>
    bench.partners.faults.add({ partner: bench.code, reference: paymentId, times: 2, behaviour });

  /** What the provider says because of `act`: by its callbacks, and when it is asked. */
  const said = async (intent: Intent, act: () => Promise<unknown>): Promise<LookedUp[]> => {
    const calls = await bench.hooksOf(act);
    const updates = await bench.read(calls);
    if (contract.outcomesByCallback === true) return updates;
    const { orderId, paymentId } = intent;
    const payment = await bench.provider.find(present(), intent);
    return [...updates, { kind: 'payment', orderId, paymentId, payment }];
  };

  describe.each(methods)('%s: a shopper', (method) => {
    for (const behaviour of ['other_amount', 'other_currency'] as const)
      it.skipIf(!can(behaviour))(
        `who pays ${behaviour} pays no order: it is held, with the money that came`,
        async () => {
          const intent = await bench.start(method);
          behaves(intent, behaviour);
          const updates = await said(intent, () => bench.pay(intent));
          const { facts } = timelineOf(applied(intent, updates));
          const reasons = factsNamed(facts, 'order.held').map(({ data }) => data.reason);
          expect(reasons).toEqual(['amount-differs']);
          expect(factsNamed(facts, 'payment.authorised')).toEqual([]);
          const booked = factsNamed(facts, 'payment.captured').map(({ data }) => fromJson(data.amount));
          expect(booked).toEqual(await takenOf(bench, intent));
        },
      );

    const isDeclinable = can('declined') && contract.neverDeclined?.includes(method) !== true;
    it.skipIf(!isDeclinable)('who is declined by the bank has paid nothing', async () => {
      const intent = await bench.start(method);
      behaves(intent, 'declined');
      const updates = await said(intent, () => bench.pay(intent));
      const { facts } = timelineOf(applied(intent, updates));
      const names = facts.map(({ name }) => name);
      expect(names).not.toContain('payment.authorised');
      expect(names).not.toContain('payment.captured');
      expect(await takenOf(bench, intent)).toEqual([]);
    });

    const expires = contract.expires?.[method];
    it.skipIf(!can('paid_late') || expires === undefined)(
      'who pays after the time is over gets the money back, once',
      async () => {
        const intent = await bench.start(method);
        behaves(intent, 'paid_late');
        const updates = await said(intent, async () => {
          await expires?.(bench.url, intent);
          if ((await takenOf(bench, intent)).length === 0) await bench.pay(intent);
        });
        const payment = paymentOf(timelineOf(applied(intent, updates)));
        const { refunded: before } = await bench.effects(intent);
        expect(before).toBe(0);
        if (payment.status === 'captured') {
          for (const _ of [1, 2]) await bench.refund(intent);
          expect(await bench.effects(intent)).toMatchObject({ captures: 1, refunds: 1 });
        } else {
          // It was authorised at most, and no order will capture it.
          await bench.void(intent);
          expect(await takenOf(bench, intent)).toEqual([]);
          expect(await bench.effects(intent)).toMatchObject({ refunds: 0 });
        }
      },
    );

    it.skipIf(!can('disputed'))(
      'who contests a payment that was partly refunded is refunded no more of what was taken',
      async () => {
        const intent = await bench.start(method);
        behaves(intent, 'disputed');
        let part: Money = zero(intent.amount.currency);
        const updates = await said(intent, async () => {
          await bench.pay(intent);
          if (bench.offer(method).captures !== 'at-once') await bench.capture(intent);
          part = (await bench.refund(intent, partOf(intent.amount, 1))).amount;
        });
        const disputes = updates.flatMap((one) => (one.kind === 'dispute' ? [one] : []));
        expect(disputes.length).toBeGreaterThan(0);
        for (const one of disputes)
          expect(await ownerOf(bench, one)).toMatchObject({ paymentId: intent.paymentId });
        // Some providers take no refund of a contested payment.
        const { refunded } = await bench.effects(intent);
        expect([0, part.amountMinor]).toContain(refunded);
        const payment = paymentOf(timelineOf(withDisputes(intent, updates, disputes)));
        const withdrawn = disputes.at(-1)?.dispute.withdrawn.amountMinor ?? 0;
        // The bank may take back more than is left: then the shopper has more than was paid, and we refund nothing.
        expect(refundable(payment).amountMinor).toBeLessThanOrEqual(intent.amount.amountMinor - withdrawn);
        const last = lastDispute(withDisputes(intent, updates, disputes));
        fc.assert(
          fc.property(anyOrder([...disputes, ...disputes]), (shuffled) => {
            expect(lastDispute(withDisputes(intent, updates, shuffled))).toEqual(last);
          }),
          { numRuns: 20 },
        );
      },
    );
  });

  it.skipIf(!can('disputed'))(
    'a refund of a contested payment is given back once, or not at all',
    async () => {
      const intent = await bench.start();
      behaves(intent, 'disputed');
      await bench.hooksOf(async () => {
        await bench.pay(intent);
        if (bench.offer().captures !== 'at-once') await bench.capture(intent);
      });
      const part = partOf(intent.amount, 1);
      const again = nthId(intent.refundId, 2);
      const answers = [await bench.refund(intent, part), await bench.refund(intent, part)];
      const whole = await bench.refund(intent, intent.amount, again);
      expect(new Set(answers.map(({ status }) => status === 'failed')).size).toBe(1);
      const { refunds, refunded } = await bench.effects(intent);
      expect(refunds).toBeLessThanOrEqual(whole.status === 'failed' ? 1 : 2);
      expect(refunded).toBeLessThanOrEqual(intent.amount.amountMinor);
    },
  );
}

/** The items in any order. */
const anyOrder = <Item>(items: readonly Item[]) =>
  fc.shuffledSubarray([...items], { minLength: items.length });

const lastDispute = (facts: ReturnType<typeof applied>) =>
  factsNamed(timelineOf(facts).facts, 'payment.disputed').at(-1)?.data;

/** What the provider took, by its own books. */
async function takenOf({ entry, url }: Bench, { paymentId }: Intent): Promise<Money[]> {
  const movements = (await entry.contract.movements?.(url, paymentId)) ?? [];
  return movements.flatMap(({ kind, amount }) =>
    kind === 'captured' && amount.amountMinor > 0 ? [amount] : [],
  );
}

function ownerOf({ provider }: Bench, update: Extract<LookedUp, { kind: 'dispute' }>) {
  return update.owner ?? provider.ownerOf?.(present(), update);
}

/** The facts of the order with the disputes that were reported. */
function withDisputes(
  intent: Intent,
  updates: readonly PaymentUpdate[],
  disputes: readonly { readonly dispute: ProviderDispute }[],
) {
  const facts = applied(intent, updates);
  for (const { dispute } of disputes) {
    expect(toJson(dispute.withdrawn).amount).toBeLessThanOrEqual(toJson(dispute.amount).amount);
    facts.push(...decideOnDispute(timelineOf(facts), dispute).facts);
  }
  return facts;
}
