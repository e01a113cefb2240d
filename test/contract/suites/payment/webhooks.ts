import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../../property-seed.ts';
import { hookFaults } from '../../../../infra/sandbox/pages/help.ts';
import { paymentOf } from '../../../../shared/payment/payment.ts';
import type { PaymentUpdate, ProviderRefund } from '../../../../shared/payment/provider.ts';
import { timelineOf } from '../../../builders/timeline.ts';
import type { Bench } from './bench.ts';
import { applied } from './books.ts';
import { type Intent, partOf } from './intent.ts';
import { NOBODY_DECLINES } from './money.ts';
import { proofs } from './proofs.ts';
import { unless } from './unless.ts';

const isOurs = (update: PaymentUpdate) => update.kind === 'payment' || update.kind === 'refund';

/** What the provider reports by itself: read, and applied in any order. */
export function describeWebhooks(bench: Bench, methods: readonly string[]): void {
  const { contract } = bench.entry;

  it('sends webhooks that pass verification and can be read', async () => {
    const { orderId, paymentId, ...callbacks } = await paidAndRefunded(bench);
    for (const callback of callbacks.all)
      expect(await bench.provider.verify(new Date().toISOString(), callback)).toMatchObject({
        genuine: true,
      });
    const updates = await bench.read(callbacks.all);
    for (const one of updates.filter(isOurs)) expect(one).toMatchObject({ orderId, paymentId });
    const statuses = updates.flatMap((one) =>
      one.kind === 'payment' ? [one.payment.status] : one.kind === 'refund' ? [one.refund.status] : [],
    );
    expect(statuses).toContain('captured');
    if (contract.reportsRefunds !== false) expect(statuses).toContain('paid');
    // Where callbacks are hints, each of them finds the last state.
    const isReported = contract.lookedUp === undefined && bench.offer().captures !== 'at-once';
    if (isReported) expect(statuses).toContain('authorised');
    expect(updates.filter((one) => one.kind === 'unrecognised')).toEqual([]);
  });

  describe.each(methods)('%s: webhooks', (method) => {
    it(proofs.anyOrder.title, async () => {
      const { intent, all, answer } = await paidAndRefunded(bench, method);
      const reported = (await bench.read(all)).filter(isOurs);
      const updates = contract.reportsRefunds === false ? [...reported, answer] : reported;
      const twice = [...updates, ...updates];
      const anyOrder = fc.shuffledSubarray(twice, { minLength: twice.length });
      fc.assert(
        fc.property(anyOrder, (shuffled) => {
          const payment = paymentOf(timelineOf(applied(intent, shuffled)));
          expect(payment).toMatchObject({ status: 'captured', captured: intent.amount });
          const part = partOf(intent.amount, 1);
          expect(payment.refunds).toMatchObject([{ status: 'paid', amount: part }]);
        }),
        { numRuns: 40 },
      );
    });
  });

  describe.each(methods)('%s: webhooks of an intent that brings no money', (method) => {
    const isDeclined = contract.neverDeclined?.includes(method) !== true;
    const decline = 'about a decline and the void after it end the payment in any order';
    unless(isDeclined ? undefined : NOBODY_DECLINES)(decline, async () => {
      let intent: Intent | undefined;
      const all = await bench.hooksOf(async () => {
        intent = await bench.start(method);
        await bench.pay(intent, 'declined');
        if (contract.endsByItself?.includes(method) !== true) await bench.void(intent);
      });
      const updates = (await bench.read(all)).filter(isOurs);
      fc.assert(
        fc.property(anyOrderOf([...updates, ...updates]), (shuffled) => {
          const { status, captures } = paymentOf(timelineOf(applied(present(intent), shuffled)));
          expect(['started', 'voided']).toContain(status);
          expect(captures).toEqual([]);
        }),
        { numRuns: 20 },
      );
    });

    const pushes = bench.offer(method).captures === 'at-once';
    const voided = 'about an authorisation and its void end the payment in any order';
    unless(pushes ? proofs.voided.otherwise : undefined)(voided, async () => {
      let intent: Intent | undefined;
      let answer: PaymentUpdate | undefined;
      const all = await bench.hooksOf(async () => {
        intent = await bench.paid(method);
        const { orderId, paymentId } = intent;
        answer = { kind: 'payment', orderId, paymentId, payment: await bench.void(intent) };
      });
      const updates = [...(await bench.read(all)).filter(isOurs), present(answer)];
      fc.assert(
        fc.property(anyOrderOf([...updates, ...updates]), (shuffled) => {
          const payment = paymentOf(timelineOf(applied(present(intent), shuffled)));
          expect(payment).toMatchObject({ status: 'voided', captures: [] });
        }),
        { numRuns: 20 },
      );
    });
  });

  describe.each(hookFaults)('if a webhook meets the fault $kind', ({ kind, fault }) => {
    it('the genuine ones say the same of the payment', async () => {
      const ids = bench.ids();
      const hook = kind === 'delay' ? { ...fault, delayMs: 100 } : fault;
      bench.partners.faults.add({ partner: bench.code, reference: textIn(ids.paymentId), times: 2, hook });
      const { intent, all, answer } = await paidAndRefunded(bench, undefined, ids);
      bench.partners.faults.clear();
      const verdicts = await Promise.all(
        all.map((one) => bench.provider.verify(new Date().toISOString(), one)),
      );
      const genuine = all.filter((_, index) => verdicts[index]?.genuine === true);
      if (kind === 'forge') expect(genuine.length).toBeLessThan(all.length);
      const reported = (await bench.read(genuine)).filter(isOurs);
      const updates = contract.reportsRefunds === false ? [...reported, answer] : reported;
      const payment = paymentOf(timelineOf(applied(intent, updates)));
      expect(payment).toMatchObject({ status: 'captured', captured: intent.amount });
      expect(payment.refunds).toMatchObject([{ status: 'paid', amount: partOf(intent.amount, 1) }]);
    });
  });

  it('has an example of every type of event', () => {
    const shown = new Set(contract.reported.map(({ type }) => type));
    expect(contract.eventTypes.filter((type) => !shown.has(type))).toEqual([]);
    expect(contract.reported.some(({ update }) => update.kind === 'unrecognised')).toBe(true);
  });

  it.each(contract.reported)('translates $name', ({ body, update }) => {
    expect(bench.provider.interpret(Buffer.from(JSON.stringify(body)))).toEqual(update);
  });

  const lookedUp = contract.lookedUp ?? [];
  it.skipIf(lookedUp.length === 0).each(lookedUp)(
    'translates what it finds: $name',
    async ({ reference, answers, updates }) => {
      const provider = bench.bind(async ({ url }) => {
        const body = answers[new URL(url).pathname];
        const status = body === undefined ? 404 : 200;
        return { status, headers: {}, body: JSON.stringify(body ?? { message: 'not found', cause: [] }) };
      });
      expect(await provider.lookUp?.('2026-11-30T12:00:00.000Z', { reference })).toEqual(updates);
    },
  );

  it('throws for a callback that it cannot read', () => {
    expect(() => bench.provider.interpret(Buffer.from('{"id":'))).toThrow(/shape/);
  });
}

const anyOrderOf = <Item>(items: readonly Item[]) =>
  fc.shuffledSubarray([...items], { minLength: items.length });

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('no intent was made');
  return value;
}

/** The part of an id that every provider repeats: some references have no prefixes. */
const textIn = (id: string): string => id.slice(id.indexOf('_') + 1);

async function paidAndRefunded(bench: Bench, method?: string, ids = bench.ids()) {
  let intent: Intent | undefined;
  let refund: ProviderRefund | undefined;
  const all = await bench.hooksOf(async () => {
    intent = await bench.captured(method, ids);
    refund = await bench.refund(intent, partOf(intent.amount, 1));
  });
  if (intent === undefined || refund === undefined) throw new Error('no intent was made');
  const { orderId, paymentId } = intent;
  const answer: PaymentUpdate = { kind: 'refund', orderId, paymentId, refund };
  return { intent, orderId, paymentId, all, answer };
}
