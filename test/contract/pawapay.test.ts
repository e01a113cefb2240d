import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../infra/sandbox/start-partners.ts';
import { money } from '../../shared/kernel/money.ts';
import { uuidOf } from '../../shared/partners/uuid-of.ts';
import type { BoundPaymentProvider } from '../../shared/payment/provider.ts';
import { pawapay } from '../../shared/payment/providers/pawapay/adapter.ts';
import { idOf } from '../builders/ids.ts';
import { impatientSend, present, recordingSend } from '../fixtures/partner-calls.ts';
import { startFast } from './partners/sandbox.ts';
import { visitWallet } from './suites/payment/wallets.ts';

let partners: Partners;
let provider: BoundPaymentProvider;
let count = 0;
const settings = () => partners.settings()['partners-payment']?.pawapay;

const asked = (over: { method?: string; phone?: string; amountMinor?: number } = {}) => {
  count += 1;
  const { method = 'mtn-momo', phone = '+234 813 456 7899', amountMinor = 499_000 } = over;
  const address = { name: 'Ada Obi', line1: '1 Marina', city: 'Lagos', postalCode: '101001', country: 'NG' };
  return {
    ...{ orderId: idOf('order', count), paymentId: idOf('payment', count), method, country: 'NG' },
    ...{ amount: money(amountMinor, 'NGN'), payableUntil: '2099-01-01T00:00:00.000Z' },
    payer: { customer: { email: 'ada.obi@example.com', phone }, address },
  };
};

beforeAll(async () => {
  partners = await startFast('http://127.0.0.1:1', { withoutWebhooks: ['pawapay'] });
  provider = pawapay.bind(settings(), impatientSend('pawapay'));
});
afterAll(() => partners.stop());

describe('pawaPay', () => {
  it('asks the phone for the amount in the form that pawaPay documents', async () => {
    const { send, requests } = recordingSend(impatientSend('pawapay'));
    const command = asked();
    await pawapay.bind(settings(), send).start(present(), command);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      depositId: uuidOf(command.paymentId),
      ...{ amount: '4990', currency: 'NGN', customerMessage: expect.stringMatching(/^Order [\w ]{1,16}$/) },
      payer: { type: 'MMO', accountDetails: { phoneNumber: '2348134567899', provider: 'MTN_MOMO_NGA' } },
      metadata: [{ orderId: command.orderId }, { paymentId: command.paymentId }],
    });
  });

  it('keeps the fraction where the operator takes one', async () => {
    const { send, requests } = recordingSend(impatientSend('pawapay'));
    const { payment } = await pawapay
      .bind(settings(), send)
      .start(present(), asked({ amountMinor: 499_050 }));
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({ amount: '4990.50' });
    expect((await provider.find(present(), payment)).amount).toEqual(money(499_050, 'NGN'));
  });

  it('makes ids that are UUIDs of version 4, another one for each of ours', () => {
    const ids = Array.from({ length: 300 }, (_, n) => uuidOf(`pay_${n}`));
    for (const id of ids)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('shows the push again while the first one is open, and nothing once it was paid', async () => {
    const command = asked();
    const { payment, nextAction } = await provider.start(present(), command);
    expect(await provider.start(present(), command)).toEqual({ payment, nextAction });
    await visitWallet('pawapay', partners.urlOf('pawapay'), payment, 'pay');
    expect(await provider.start(present(), command)).toMatchObject({
      ...{ payment: { status: 'captured' }, nextAction: { type: 'none' } },
    });
  });

  it('tells a late approval of an order that ended, and its refund is made once', async () => {
    const command = asked();
    const { payment } = await provider.start(present(), command);
    const { providerPaymentId } = payment;
    const voided = () => provider.void(present(), { ...command, providerPaymentId, currency: 'NGN' });
    expect(await voided()).toMatchObject({ status: 'waiting' });
    await visitWallet('pawapay', partners.urlOf('pawapay'), payment, 'pay');
    expect(await voided()).toMatchObject({ status: 'captured', captures: [{ amount: command.amount }] });
    const refund = { ...command, providerPaymentId, refundId: idOf('refund', count), askedAt: present() };
    const once = () => provider.refund(present(), { ...refund, otherReferences: [] });
    const first = await once();
    expect(first).toMatchObject({ status: 'paid', amount: command.amount });
    expect(await once()).toEqual(first);
  });

  it('refuses a telephone that is not one of the operator', async () => {
    await expect(provider.start(present(), asked({ phone: '+4915112345678' }))).rejects.toMatchObject({
      ...{ name: 'PartnerRefused', status: 422, code: 'INVALID_PHONE_NUMBER' },
    });
  });

  it.each(['PROVIDER_TEMPORARILY_UNAVAILABLE', 'REFUND_IN_PROGRESS'])(
    'repeats a call that is refused with %s',
    async (failureCode) => {
      const busy = pawapay.bind(settings(), async () => ({
        ...{ status: 200, headers: {} },
        body: JSON.stringify({ status: 'REJECTED', failureReason: { failureCode, failureMessage: '' } }),
      }));
      await expect(busy.start(present(), asked())).rejects.toMatchObject({ name: 'PartnerUnavailable' });
    },
  );
});
