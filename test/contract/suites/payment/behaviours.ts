import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../../property-seed.ts';
import type { PaymentBehaviour } from '../../../../infra/sandbox/payment-behaviours.ts';
import { fromJson, type Money, zero } from '../../../../shared/kernel/money.ts';
import { paymentOf, refundable } from '../../../../shared/payment/payment.ts';
import type { LookedUp } from '../../../../shared/payment/provider.ts';
import { attentionOf, factsNamed } from '../../../../shared/timeline/index.ts';
import { timelineOf } from '../../../builders/timeline.ts';
import { present } from '../../../fixtures/partner-calls.ts';
import type { Bench } from './bench.ts';
import { applied } from './books.ts';
import { type Intent, nthId, partOf } from './intent.ts';
import { NO_END, NOBODY_DECLINES } from './money.ts';
import { unless } from './unless.ts';

/** What each sandbox has to do, or to say why its original can't. */
const WANTED = [
  ...(['declined', 'other_amount', 'other_currency', 'paid_late'] as const),
  ...(['disputed', 'refund_fails'] as const),
] as const satisfies readonly PaymentBehaviour[];
type Wanted = (typeof WANTED)[number];
type TakesAgain = NonNullable<Bench['entry']['contract']['takesAgain']>;

/** What shoppers and banks do by themselves. */
export function describeBehaviours(bench: Bench, methods: readonly string[]): void {
  // What the shopper paid is read in the sandbox's own books. The sandboxes of the guides show none.
  if (bench.entry.contract.movements === undefined) return;

  it.each(methods)(
    'its sandbox does by %s all that a shopper and a bank may do, or says why not',
    (method) => {
      const known = (bench.entry.partner.help?.behaviours ?? []).map(({ name }) => name);
      const unknown = WANTED.filter(
        (one) => !known.includes(one) && whyNot(bench, one, method) === undefined,
      );
      expect(unknown).toEqual([]);
    },
  );

  describe.each(methods)('%s: a shopper', (method) => {
    describeOtherMoney(bench, method);
    describeLate(bench, method);
    describeContested(bench, method);
    describeFailedRefund(bench, method);
    const { takesAgain } = bench.entry.contract;
    if (takesAgain !== undefined && bench.offer(method).captures !== 'at-once')
      describeFailedCapture(bench, method, takesAgain);
  });
}

/** Why the shopper or the bank can't behave so by that method; undefined if they can. */
function whyNot({ entry: { contract } }: Bench, behaviour: Wanted, method: string): string | undefined {
  const said = contract.neverHappens?.[behaviour];
  const reason = typeof said === 'string' ? said : said?.[method];
  if (reason !== undefined) return reason;
  if (behaviour === 'declined' && contract.neverDeclined?.includes(method) === true) return NOBODY_DECLINES;
  return behaviour === 'paid_late' && contract.expires?.[method] === undefined ? NO_END : undefined;
}

/** The shopper of that intent behaves so. Some sandboxes look at it at the page and at the bank. */
const behaves = (bench: Bench, { paymentId }: Intent, behaviour: PaymentBehaviour) =>
  bench.partners.faults.add({ partner: bench.code, reference: paymentId, times: 2, behaviour });

/** What the provider says because of `act`: by its callbacks, and when it is asked. */
async function said(bench: Bench, intent: Intent, act: () => Promise<unknown>): Promise<LookedUp[]> {
  const calls = await bench.hooksOf(act);
  const updates = await bench.read(calls);
  if (bench.entry.contract.outcomesByCallback === true) return updates;
  const { orderId, paymentId } = intent;
  const payment = await bench.provider.find(present(), intent);
  return [...updates, { kind: 'payment', orderId, paymentId, payment }];
}

function describeOtherMoney(bench: Bench, method: string): void {
  for (const behaviour of ['other_amount', 'other_currency'] as const)
    unless(whyNot(bench, behaviour, method))(
      `who pays ${behaviour} pays no order: it is held, with the money that came`,
      async () => {
        const intent = await bench.start(method);
        behaves(bench, intent, behaviour);
        const updates = await said(bench, intent, () => bench.pay(intent));
        const { facts } = timelineOf(applied(intent, updates));
        const reasons = factsNamed(facts, 'order.held').map(({ data }) => data.reason);
        expect(reasons).toEqual(['amount-differs']);
        expect(factsNamed(facts, 'payment.authorised')).toEqual([]);
        const booked = factsNamed(facts, 'payment.captured').map(({ data }) => fromJson(data.amount));
        expect(booked).toEqual(await movedOf(bench, intent, 'captured'));
      },
    );

  unless(whyNot(bench, 'declined', method))('who is declined by the bank has paid nothing', async () => {
    const intent = await bench.start(method);
    behaves(bench, intent, 'declined');
    const updates = await said(bench, intent, () => bench.pay(intent));
    const { facts } = timelineOf(applied(intent, updates));
    const names = facts.map(({ name }) => name);
    expect(names).not.toContain('payment.authorised');
    expect(names).not.toContain('payment.captured');
    expect(await movedOf(bench, intent, 'captured')).toEqual([]);
  });
}

function describeLate(bench: Bench, method: string): void {
  const expires = bench.entry.contract.expires?.[method];
  unless(whyNot(bench, 'paid_late', method))(
    'who pays after the time is over gets the money back, once',
    async () => {
      const intent = await bench.start(method);
      behaves(bench, intent, 'paid_late');
      const updates = await said(bench, intent, async () => {
        await expires?.(bench.url, intent);
        if ((await movedOf(bench, intent, 'captured')).length === 0) await bench.pay(intent);
      });
      const payment = paymentOf(timelineOf(applied(intent, updates)));
      expect(['authorised', 'captured']).toContain(payment.status);
      const { refunded: before } = await bench.effects(intent);
      expect(before).toBe(0);
      if (payment.status === 'captured') {
        for (const _ of [1, 2]) await bench.refund(intent);
        expect(await bench.effects(intent)).toMatchObject({ captures: 1, refunds: 1 });
      } else {
        // It was authorised at most, and no order will capture it.
        await bench.void(intent);
        expect(await movedOf(bench, intent, 'captured')).toEqual([]);
        expect(await bench.effects(intent)).toMatchObject({ refunds: 0 });
      }
    },
  );
}

function describeContested(bench: Bench, method: string): void {
  unless(whyNot(bench, 'disputed', method))(
    'who contests a payment that was partly refunded is refunded no more of what was taken',
    async () => {
      const intent = await bench.start(method);
      behaves(bench, intent, 'disputed');
      let part: Money = zero(intent.amount.currency);
      const updates = await said(bench, intent, async () => {
        await bench.pay(intent);
        if (bench.offer(method).captures !== 'at-once') await bench.capture(intent);
        part = (await bench.refund(intent, partOf(intent.amount, 1))).amount;
      });
      const disputes = updates.flatMap((one) => (one.kind === 'dispute' ? [one] : []));
      expect(disputes.length).toBeGreaterThan(0);
      for (const one of disputes)
        expect(one.owner ?? (await bench.provider.ownerOf?.(present(), one))).toMatchObject({
          paymentId: intent.paymentId,
        });
      for (const { dispute } of disputes)
        expect(dispute.withdrawn.amountMinor).toBeLessThanOrEqual(dispute.amount.amountMinor);
      // Some providers take no refund of a contested payment.
      const { refunded } = await bench.effects(intent);
      expect([0, part.amountMinor]).toContain(refunded);
      const withdrawn = disputes.at(-1)?.dispute.withdrawn.amountMinor ?? 0;
      // The bank may take back more than is left: then the shopper has more than was paid, and we refund nothing.
      expect(refundable(paymentOf(timelineOf(applied(intent, updates)))).amountMinor).toBeLessThanOrEqual(
        intent.amount.amountMinor - withdrawn,
      );
      const last = outcomeOf(intent, updates);
      fc.assert(
        fc.property(anyOrder([...updates, ...updates]), (shuffled) => {
          expect(outcomeOf(intent, shuffled)).toEqual(last);
        }),
        { numRuns: 20 },
      );
    },
  );

  unless(whyNot(bench, 'disputed', method))(
    'who contests a payment is given each refund of it once, or none',
    async () => {
      const intent = await bench.start(method);
      behaves(bench, intent, 'disputed');
      await bench.hooksOf(async () => {
        await bench.pay(intent);
        if (bench.offer(method).captures !== 'at-once') await bench.capture(intent);
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

/** How often an open refund is asked for until its outcome must be known. */
const QUESTIONS = 4;

function describeFailedRefund(bench: Bench, method: string): void {
  unless(whyNot(bench, 'refund_fails', method))(
    "whose bank does not take a refund can be refunded again, in any order of the provider's words",
    async () => {
      const intent = await bench.start(method);
      const part = partOf(intent.amount, 1);
      const updates = await said(bench, intent, async () => {
        await bench.pay(intent);
        if (bench.offer(method).captures !== 'at-once') await bench.capture(intent);
        behaves(bench, intent, 'refund_fails');
        expect((await bench.refund(intent, part)).amount).toEqual(part);
      });
      const answers = [];
      for (let asked = 0; asked < QUESTIONS; asked += 1) answers.push(await bench.refund(intent, part));
      expect(answers.at(-1)).toMatchObject({ status: 'failed', amount: part });
      expect(await movedOf(bench, intent, 'refunded')).toEqual([]);
      const { orderId, paymentId } = intent;
      const words = [
        ...updates,
        ...answers.map((refund) => ({ kind: 'refund', orderId, paymentId, refund }) as const),
      ];
      fc.assert(
        fc.property(anyOrder([...words, ...words]), (shuffled) => {
          const payment = paymentOf(timelineOf(applied(intent, shuffled)));
          expect(payment).toMatchObject({ captured: intent.amount, refunds: [{ status: 'failed' }] });
          expect(refundable(payment)).toEqual(intent.amount);
        }),
        { numRuns: 20 },
      );
      bench.partners.faults.clear();
      const whole = await bench.refund(intent, intent.amount, nthId(intent.refundId, 2));
      expect(['pending', 'paid']).toContain(whole.status);
      expect(await movedOf(bench, intent, 'refunded')).toEqual([intent.amount]);
    },
  );
}

function describeFailedCapture(bench: Bench, method: string, takesAgain: TakesAgain): void {
  it('whose capture fails after it was reported has paid nothing, until it is taken again', async () => {
    const intent = await bench.start(method);
    const updates = await said(bench, intent, async () => {
      await bench.pay(intent);
      behaves(bench, intent, 'capture_fails');
      await bench.capture(intent);
    });
    const unpaid = timelineOf(applied(intent, updates));
    expect(paymentOf(unpaid)).toMatchObject({ captured: zero(intent.amount.currency), captures: [] });
    expect(attentionOf(unpaid.facts).map(({ reason }) => reason)).toContain('capture-failed');
    expect(await movedOf(bench, intent, 'captured')).toEqual([]);
    const again = await said(bench, intent, () => takesAgain(bench.url, intent.paymentId));
    expect(await movedOf(bench, intent, 'captured')).toEqual([intent.amount]);
    const words = [...updates, ...again];
    fc.assert(
      fc.property(anyOrder([...words, ...words]), (shuffled) => {
        expect(paymentOf(timelineOf(applied(intent, shuffled))).captured).toEqual(intent.amount);
      }),
      { numRuns: 20 },
    );
  });
}

/** The items in any order. */
const anyOrder = <Item>(items: readonly Item[]) =>
  fc.shuffledSubarray([...items], { minLength: items.length });

/** The money of the payment, its refunds and the last word of its dispute, after these updates. */
function outcomeOf(intent: Intent, updates: readonly LookedUp[]) {
  const timeline = timelineOf(applied(intent, updates));
  const { captured, refunds, withdrawn } = paymentOf(timeline);
  const dispute = factsNamed(timeline.facts, 'payment.disputed').at(-1)?.data;
  return { captured, withdrawn, dispute, refunds: refunds.map(({ status, amount }) => ({ status, amount })) };
}

/** What the provider took or gave back, by its own books. */
async function movedOf({ entry, url }: Bench, { paymentId }: Intent, meant: 'captured' | 'refunded') {
  const movements = (await entry.contract.movements?.(url, paymentId)) ?? [];
  return movements.flatMap(({ kind, amount }) => (kind === meant && amount.amountMinor > 0 ? [amount] : []));
}
