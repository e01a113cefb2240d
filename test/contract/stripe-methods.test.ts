import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../infra/sandbox/start-partners.ts';
import type { Currency } from '../../shared/kernel/currency.ts';
import { money } from '../../shared/kernel/money.ts';
import { dayMs } from '../../shared/kernel/time.ts';
import type { BoundPaymentProvider } from '../../shared/payment/provider.ts';
import { providerOffers } from '../../shared/payment/providers/offers.ts';
import { stripe } from '../../shared/payment/providers/stripe/adapter.ts';
import { idOf } from '../builders/ids.ts';
import { impatientSend, present, recordingSend } from '../fixtures/partner-calls.ts';
import { startFast } from './partners/sandbox.ts';

let partners: Partners;
let provider: BoundPaymentProvider;
let count = 0;
const settings = () => partners.settings()['partners-payment']?.stripe;

const PAYABLE_UNTIL = '2099-01-04T10:00:00.000Z';
const asked = (method: string, country: string, currency: Currency, amountMinor = 4_990) => {
  count += 1;
  const address = { name: 'Ana Souza', line1: 'Rua 1', city: 'São Paulo', postalCode: '01310-100', country };
  return {
    ...{ orderId: idOf('order', count), paymentId: idOf('payment', count), method, country },
    ...{ amount: money(amountMinor, currency), payableUntil: PAYABLE_UNTIL },
    returnUrl: 'https://shop.example/return',
    payer: {
      customer: { email: 'ana.souza@example.com' },
      address: { ...address, taxId: '52998224725' },
    },
  };
};

const visit = (id: string, outcome: 'succeed' | 'fail' | 'expire') =>
  fetch(`${partners.urlOf('stripe')}/sandbox/authorise/${id}?outcome=${outcome}`, { redirect: 'manual' });

beforeAll(async () => {
  partners = await startFast('http://127.0.0.1:1', { withoutWebhooks: ['stripe'] });
  provider = stripe.bind(settings(), impatientSend('stripe'));
});
afterAll(() => partners.stop());

describe('the local methods of Stripe', () => {
  it.each([
    ['alipay', 'CN', 'CNY', 'redirect'],
    ['wechat-pay', 'CN', 'CNY', 'qr'],
    ['grabpay', 'SG', 'SGD', 'redirect'],
    ['oxxo', 'MX', 'MXN', 'voucher'],
    ['pix', 'BR', 'BRL', 'qr'],
    ['upi', 'IN', 'INR', 'redirect'],
  ] as const)('%s: the shopper gets what is needed to pay, again for the same call', async (...row) => {
    const [method, country, currency, type] = row;
    const command = asked(method, country, currency);
    const first = await provider.start(present(), command);
    expect(first).toMatchObject({ payment: { status: 'waiting' }, nextAction: { type } });
    expect(await provider.start(present(), command)).toEqual(first);
  });

  it('gives a voucher that ends before the order can no longer be paid', async () => {
    const { nextAction } = await provider.start(present(), asked('oxxo', 'MX', 'MXN'));
    if (nextAction.type !== 'voucher') throw new Error(nextAction.type);
    expect(nextAction).toMatchObject({
      reference: expect.stringMatching(/^\d{14}$/),
      url: expect.any(String),
    });
    // 23:59 in Mexico City, which is six hours behind UTC, two calendar days later.
    expect(nextAction.expiresAt).toMatch(/T05:59:00\.000Z$/);
    const daysLeft = (Date.parse(nextAction.expiresAt) - Date.now()) / dayMs;
    expect(daysLeft).toBeGreaterThan(1.9);
    expect(daysLeft).toBeLessThan(3);
  });

  it('takes a voucher that is paid two days later, and refunds it by way of a bank account', async () => {
    const command = asked('oxxo', 'MX', 'MXN');
    const { payment } = await provider.start(present(), command);
    const { providerPaymentId } = payment;
    partners.moveClock('stripe', 2 * dayMs);
    await visit(providerPaymentId, 'succeed').finally(() => partners.moveClock('stripe', 0));
    expect(await provider.find(present(), { providerPaymentId })).toMatchObject({
      ...{ status: 'captured', captures: [{ amount: command.amount }] },
    });
    const refund = { ...command, providerPaymentId, refundId: idOf('refund', count), askedAt: present() };
    expect(await provider.refund(present(), { ...refund, otherReferences: [] })).toMatchObject({
      status: 'pending',
    });
  });

  it('ends a code of Pix with the order’s time to pay, and names the taxpayer', async () => {
    const { send, requests } = recordingSend(impatientSend('stripe'));
    const { nextAction } = await stripe.bind(settings(), send).start(present(), asked('pix', 'BR', 'BRL'));
    expect(nextAction).toMatchObject({ type: 'qr', expiresAt: PAYABLE_UNTIL });
    const sent = decodeURIComponent(requests[1]?.body ?? '');
    expect(sent).toContain('payment_method_data[billing_details][tax_id]=52998224725');
    expect(sent).toContain(`payment_method_options[pix][expires_at]=${Date.parse(PAYABLE_UNTIL) / 1_000}`);
  });

  it('lets the shopper try again after an attempt that failed', async () => {
    const command = asked('grabpay', 'SG', 'SGD');
    const { payment } = await provider.start(present(), command);
    const { providerPaymentId } = payment;
    await visit(providerPaymentId, 'fail');
    expect(await provider.find(present(), payment)).toMatchObject({ status: 'failed' });
    const again = await provider.start(present(), command);
    expect(again).toMatchObject({
      ...{ payment: { providerPaymentId, status: 'waiting' }, nextAction: { type: 'redirect' } },
    });
    await visit(providerPaymentId, 'succeed');
    expect(await provider.find(present(), payment)).toMatchObject({ status: 'captured' });
    expect(await provider.start(present(), command)).toMatchObject({ nextAction: { type: 'none' } });
  });

  it.each([
    ['alipay', 'CN', 'CNY'],
    ['grabpay', 'SG', 'SGD'],
  ] as const)(
    '%s: finds the intent of a lost answer without the page to come back to, and voids it',
    async (...row) => {
      const command = asked(row[0], row[1], row[2]);
      const { payment } = await provider.start(present(), command);
      const { returnUrl: _none, ...repeated } = command;
      const again = await provider.start(present(), repeated);
      expect(again.payment.providerPaymentId).toBe(payment.providerPaymentId);
      const { currency } = command.amount;
      expect(await provider.void(present(), { ...command, ...again.payment, currency })).toMatchObject({
        status: 'voided',
      });
    },
  );

  it('refuses an address of Alipay without a page to come back to', async () => {
    const { returnUrl: _none, ...command } = asked('alipay', 'CN', 'CNY');
    await expect(provider.start(present(), command)).rejects.toMatchObject({
      ...{ name: 'PartnerRefused', status: 400 },
    });
  });

  it('has one name for a method that other providers offer as well', () => {
    const namesOf = (code: string) =>
      new Set(providerOffers.find((one) => one.code === code)?.methods.map(({ method }) => method));
    const others = providerOffers.filter(({ code }) => code !== 'stripe').map(({ code }) => namesOf(code));
    for (const method of ['alipay', 'wechat-pay', 'grabpay', 'oxxo', 'pix', 'upi']) {
      expect(namesOf('stripe').has(method)).toBe(true);
      expect(others.some((names) => names.has(method))).toBe(true);
    }
  });
});
