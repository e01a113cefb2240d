import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runJob } from '../../infra/cli/jobs/run-job.ts';
import { message } from './alarm-faults-of-messages.ts';
import { onWorkList, postAsOperator } from './operator.ts';
import { booksOf } from './partners-books.ts';
import { payByKlarna, postToStripe } from './pay-by-klarna.ts';
import { balances, imbalances, operatorView, type RunningBackend, runBackend } from './running-backend.ts';
import { baskets, isDelivered, type Placed, patiently } from './shopper.ts';

let running: RunningBackend;
beforeAll(async () => {
  running = await runBackend();
});
afterAll(() => running.stop());

const post = <Answer>(path: string, form: Record<string, string>, key?: string) =>
  postToStripe<Answer>(running.stripeUrl, path, { form, key });

const factsOf = async (placed: Placed, name: string) =>
  (await operatorView(running.backend, placed.orderId)).facts.filter((fact) => fact.name === name);

interface Reconciled {
  readonly differences: readonly { readonly kind: string; readonly reference: string }[];
  readonly runs: readonly { readonly matched: number; readonly found: number }[];
}

const reconciled = () =>
  running.backend.operator.call<Reconciled>({ method: 'GET', path: '/v1/admin/reconciliations/stripe' });

describe.concurrent('money that moves after the order was placed', () => {
  it('is taken at dispatch, and only for the parcel that left', async () => {
    const { backend, shopper } = running;
    const { quoteId } = await shopper.quote(baskets.DE);
    const placed = await shopper.place(quoteId, 'DE', undefined, 'klarna');
    const { parcels } = await shopper.order(placed);
    expect(parcels).toHaveLength(2);
    // One of the two parcels crosses the border of the Union, and customs does not decide about it.
    backend.partners.faults.add({ partner: 'broker', behaviour: 'stalled', reference: 'EU_H7' });
    await payByKlarna(running.stripeUrl, placed.payment.nextAction.clientSecret ?? '');
    await shopper.follow(placed, ({ timeline }) => timeline.some(({ fact }) => fact === 'parcel.dispatched'));
    expect(await factsOf(placed, 'payment.captured')).toEqual([]);
    const left = (await factsOf(placed, 'parcel.dispatched')).map(({ data }) => data.parcelId);
    const stopped = parcels.find(({ parcelId }) => !left.includes(parcelId));
    const closing = { parcelId: stopped?.parcelId, outcome: 'stopped', refund: 'share' };
    expect(await postAsOperator<object>(running, placed, 'close', closing)).toMatchObject({
      outcome: 'closed',
    });
    // The sweep starts the capture a minute later. The test sends what the sweep would send.
    const work = { orderId: placed.orderId, step: 'capture', attempt: 1 };
    await backend.cloud.invoke('entrepot-local-PaymentOnScreeningReleased', { Records: [message({ work })] });
    await shopper.follow(placed, ({ timeline }) => timeline.some(({ fact }) => fact === 'payment.captured'));
    await shopper.follow(placed, isDelivered);

    // The price of a parcel: all charges of its consignment that the shopper pays to us.
    const view = await operatorView(backend, placed.orderId);
    const { consignments, totals } = view.landedCost as unknown as {
      readonly totals: { readonly total: { readonly amount: number } };
      readonly consignments: readonly {
        readonly consignmentId: string;
        readonly charges: readonly { readonly amount: { readonly amount: number } }[];
      }[];
    };
    const [placedFact] = view.facts as unknown as readonly {
      readonly data: { readonly parcels: readonly { parcelId: string; consignmentId: string }[] };
    }[];
    const sent = placedFact?.data.parcels.find(({ parcelId }) => left.includes(parcelId))?.consignmentId;
    const charges = consignments.find(({ consignmentId }) => consignmentId === sent)?.charges ?? [];
    const price = charges.reduce((all, { amount }) => all + amount.amount, 0);
    expect(price).toBeGreaterThan(0);
    expect(price).toBeLessThan(totals.total.amount);

    const captured = view.facts.filter(({ name }) => name === 'payment.captured');
    expect(captured.map(({ data }) => data.amount)).toEqual([{ amount: price, currency: 'EUR' }]);
    expect(view.facts.some(({ name }) => name.startsWith('refund.'))).toBe(false);
    const { intents } = await booksOf(backend.partners.urls, [placed.orderId]);
    expect(intents).toMatchObject([{ status: 'succeeded', amount_received: price, amount_capturable: 0 }]);
    expect(imbalances(view)).toEqual([]);
    expect(balances(view)).toMatchObject({ 'provider-clearing:stripe': price, 'customer-deposits': 0 });
  });

  it.each([
    ['won', 'winning_evidence'],
    ['lost', 'losing_evidence'],
  ] as const)(
    'is contested after the delivery and %s',
    async (outcome, evidence) => {
      const { backend, shopper, stripeUrl } = running;
      const placed = await shopper.buy(baskets.US, stripeUrl);
      await shopper.follow(placed, isDelivered);
      const view = () => operatorView(backend, placed.orderId);
      const total = (await view()).landedCost.totals.total?.amount ?? 0;
      const charge = String((await factsOf(placed, 'payment.captured'))[0]?.data.providerReference);
      const until = (status: string) =>
        patiently(async () => {
          const steps = (await factsOf(placed, 'payment.disputed')).map(({ data }) => data.status);
          if (steps.at(-1) !== status) throw new Error(`the dispute is ${steps.join(', ')}`);
          return steps;
        });
      const isOnList = async () =>
        (await onWorkList(running, placed))?.attention.some(({ reason }) => reason === 'payment disputed') ??
        false;

      // The cardholder asks first: a person has to look, and no money moves.
      const { id } = await post<{ id: string }>(`/sandbox/charges/${charge}/disputes`, { kind: 'inquiry' });
      await until('opened');
      expect(await isOnList()).toBe(true);
      expect(balances(await view())).toMatchObject({ 'provider-clearing:stripe': total });

      // The bank takes the money back, and Stripe keeps 15.00 for that.
      await post(`/sandbox/disputes/${id}/decisions`, { outcome: 'escalate' });
      await until('evidence-due');
      expect((await factsOf(placed, 'payment.disputed')).at(-1)?.data.evidenceDueAt).toBeDefined();
      expect(await isOnList()).toBe(true);
      const contested = {
        'chargebacks:stripe': total,
        'provider-fees': 1500,
        'provider-clearing:stripe': -1500,
      };
      expect(balances(await view())).toMatchObject(contested);

      // An operator submits the evidence, or a person does it in Stripe's dashboard, and the bank decides.
      const { apiKey } = backend.partners.keysOf('stripe');
      if (evidence === 'winning_evidence') {
        await post(
          `/v1/disputes/${id}`,
          { 'evidence[uncategorized_text]': evidence, submit: 'true' },
          apiKey,
        );
      } else {
        const path = `disputes/${id}/evidence`;
        const pdf = await backend.operator.call<Uint8Array>({
          ...{ method: 'GET', path: `/v1/admin/orders/${placed.orderId}/${path}`, answer: 'bytes' },
        });
        expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
        expect(await postAsOperator(running, placed, path)).toMatchObject({ outcome: 'submitted' });
        const [submitted] = await factsOf(placed, 'evidence.submitted');
        expect(submitted?.data.document).toBe(createHash('sha256').update(pdf).digest('hex'));
      }
      const steps = await until(outcome);
      // The word that it was submitted may come after that of the decision: then it is too late.
      expect(steps.filter((step) => step !== 'submitted')).toEqual(['opened', 'evidence-due', outcome]);
      expect(await isOnList()).toBe(false);
      const decided = await view();
      expect(decided.status).toBe('delivered');
      expect(imbalances(decided)).toEqual([]);
      expect(balances(decided)).toMatchObject(
        outcome === 'won'
          ? { 'chargebacks:stripe': 0, 'provider-clearing:stripe': total - 1500, 'provider-fees': 1500 }
          : { 'chargebacks:stripe': 0, 'chargeback-losses': total, 'provider-clearing:stripe': -1500 },
      );
    },
    120_000,
  );
});

describe('the payouts of the provider', () => {
  it('are read once a day: fees are booked, nothing is booked twice, and what differs is kept once', async () => {
    const { backend, shopper, stripeUrl } = running;
    const placed = await shopper.buy(baskets.US, stripeUrl);
    await shopper.follow(placed, isDelivered);
    await postAsOperator(running, placed, 'refund', { amount: { amount: 500, currency: 'USD' } });
    await shopper.follow(placed, ({ timeline }) => timeline.some(({ fact }) => fact === 'refund.paid'));
    const before = await operatorView(backend, placed.orderId);
    const total = before.landedCost.totals.total?.amount ?? 0;
    expect(balances(before)).toMatchObject({ 'provider-clearing:stripe': total - 500 });

    await post('/sandbox/payouts', {});
    expect(await runJob(backend.url, 'close-books', () => {})).toBe(true);
    const settled = await operatorView(backend, placed.orderId);
    const lines = settled.facts.filter(({ name }) => name === 'payment.settled');
    expect(lines.map(({ data }) => data.kind).sort()).toEqual(['payment', 'refund']);
    // Stripe keeps 1.5 per cent, half up, and 0.25 (the sandbox's fee): the rest of what it owed is in the bank.
    const fee = Math.floor((total * 15 + 500) / 1_000) + 25;
    expect(imbalances(settled)).toEqual([]);
    expect(balances(settled)).toMatchObject({
      ...{ 'provider-clearing:stripe': 0, 'provider-fees': fee, bank: total - 500 - fee },
    });
    const first = await reconciled();
    expect(first.differences).toEqual([]);

    // The same days are read again, and a line of a charge that nobody knows comes by a file.
    expect(await runJob(backend.url, 'close-books', () => {})).toBe(true);
    expect((await operatorView(backend, placed.orderId)).facts).toHaveLength(settled.facts.length);
    const amount = (minor: number) => ({ amount: minor, currency: 'USD' });
    const row = {
      ...{ rowId: 'txn_strange', kind: 'payment', reference: 'ch_strange', orderId: placed.orderId },
      ...{ gross: amount(100), fee: amount(0), held: amount(0), net: amount(100) },
      ...{ at: new Date().toISOString(), payoutId: 'po_strange' },
    };
    for (const isNew of [true, false])
      expect(
        await backend.operator.call({
          ...{ method: 'POST', path: '/v1/admin/reconciliations' },
          body: { provider: 'stripe', rows: [row] },
        }),
      ).toMatchObject({ matched: 0, differences: [{ kind: 'missing-here', isNew }] });
    expect((await reconciled()).differences).toMatchObject([
      { kind: 'missing-here', reference: 'ch_strange' },
    ]);
    expect((await onWorkList(running, placed))?.attention.map(({ reason }) => reason)).toEqual([
      'settlement-differs',
    ]);
  }, 120_000);
});
