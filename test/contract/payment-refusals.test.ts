import { describe, expect, test } from 'vitest';
import { money } from '../../shared/kernel/money.ts';
import { PartnerRefused } from '../../shared/partners/partner-answer.ts';
import { razorpay } from '../../shared/payment/providers/razorpay/adapter.ts';
import { stripe } from '../../shared/payment/providers/stripe/adapter.ts';
import { present } from '../fixtures/partner-calls.ts';

const json = (status: number, body: object) => ({ status, headers: {}, body: JSON.stringify(body) });

/** Answers of partners that no sandbox of ours gives. */
describe("a refund for which the merchant's balance at Razorpay is too small", () => {
  const settings = {
    keyId: 'rzp_test_1',
    keySecret: 'refusals-9f31',
    webhookSecrets: [{ id: 'only', value: 's' }],
  };
  const refusedWith = (description: string) =>
    razorpay.bind(settings, async ({ method, url }) => {
      if (method === 'POST')
        return json(400, { error: { code: 'BAD_REQUEST_ERROR', description, reason: null } });
      if (url.includes('/refunds')) return json(200, { items: [] });
      const payment = { id: 'pay_R1', amount: 4_990, currency: 'INR', status: 'captured' };
      if (url.includes('/payments?')) return json(200, { items: [payment] });
      return json(200, {
        ...{ id: 'qr_1', status: 'closed', payment_amount: 4_990, image_content: 'upi://pay?tr=1' },
        notes: { order_id: 'ord_1', payment_id: 'pay_1' },
      });
    });
  const command = {
    ...{ orderId: 'ord_1', paymentId: 'pay_1', refundId: 'ref_1', providerPaymentId: 'qr_1' },
    ...{ amount: money(4_990, 'INR'), askedAt: present(), otherReferences: [] },
  };

  test('is asked for again, and one that Razorpay will never take has failed', async () => {
    const short = 'Your account does not have enough balance to carry out the refund operation.';
    await expect(refusedWith(short).refund(present(), command)).rejects.toBeInstanceOf(PartnerRefused);
    const late = 'Payment is more than 6 months old, only instant refund is supported';
    expect(await refusedWith(late).refund(present(), command)).toMatchObject({ status: 'failed' });
  });
});

describe('the payouts of an account at Stripe that another system uses too', () => {
  const transaction = (id: string, members: object) => ({
    ...{ id, object: 'balance_transaction', type: 'charge', reporting_category: 'charge' },
    ...{ amount: 4_990, fee: 175, net: 4_815, currency: 'eur', created: 1_796_000_000 },
    source: {
      id: `ch_${id}`,
      object: 'charge',
      amount: 4_990,
      currency: 'eur',
      metadata: { orderId: 'ord_1' },
    },
    ...members,
  });
  const transactions = [
    transaction('txn_1', {}),
    // A charge in hryvnias, and an account in dinars: we offer neither at Stripe.
    transaction('txn_2', { source: { id: 'ch_2', object: 'charge', amount: 240_000, currency: 'uah' } }),
    transaction('txn_3', { currency: 'kwd', source: null }),
  ];
  const settings = { apiKey: 'sk_test_1', webhookSecrets: [{ id: 'only', value: 'whsec_1' }] };
  const provider = stripe.bind(settings, async ({ url }) =>
    url.includes('/payouts')
      ? json(200, { data: [{ id: 'po_1', arrival_date: 1_796_000_000, automatic: true }], has_more: false })
      : json(200, { data: transactions, has_more: false }),
  );

  test('are read although a line has a currency that we do not offer', async () => {
    const period = { from: '2026-11-27T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' };
    const rows = await provider.settlements?.(present(), period);
    expect(rows).toMatchObject([
      { rowId: 'txn_1', orderId: 'ord_1', gross: money(4_990, 'EUR'), net: money(4_815, 'EUR') },
      // Its amount in the currency of the account: no order of ours is named.
      { rowId: 'txn_2', gross: money(4_990, 'EUR') },
    ]);
    expect(rows?.[1]?.orderId).toBeUndefined();
  });
});
