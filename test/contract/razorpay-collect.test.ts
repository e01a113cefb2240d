import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../infra/sandbox/start-partners.ts';
import { money } from '../../shared/kernel/money.ts';
import type { BoundPaymentProvider } from '../../shared/payment/provider.ts';
import { razorpay } from '../../shared/payment/providers/razorpay/adapter.ts';
import { idOf } from '../builders/ids.ts';
import { callFaults, impatientSend, present, recordingSend } from '../fixtures/partner-calls.ts';
import { startFast } from './partners/sandbox.ts';

let partners: Partners;
let provider: BoundPaymentProvider;
let count = 0;
const settings = () => partners.settings()['partners-payment']?.razorpay;
const vpa = 'asha.rao@examplebank';

const asked = (over: { vpa?: string; payableUntil?: string } = {}) => {
  count += 1;
  const address = { name: 'Asha Rao', line1: '1 MG Road', city: 'Pune', postalCode: '411001', country: 'IN' };
  const customer = { email: 'asha.rao@example.com', phone: '+919876543210' };
  return {
    ...{ orderId: idOf('order', count), paymentId: idOf('payment', count), method: 'upi-collect' },
    ...{ country: 'IN', amount: money(499_000, 'INR'), returnUrl: 'https://shop.example/thanks' },
    payableUntil: over.payableUntil ?? new Date(Date.now() + 30 * 60_000).toISOString(),
    payer: { customer, address, vpa: over.vpa ?? vpa, device: { ip: '192.0.2.7', userAgent: 'Mozilla/5.0' } },
  };
};

interface Request {
  readonly vpa: string;
  readonly status: string;
  readonly order_id: string;
  readonly notes: { readonly payment_id: string };
}

async function requestsOf({ paymentId }: { readonly paymentId: string }): Promise<readonly Request[]> {
  const response = await fetch(`${partners.urlOf('razorpay')}/_sandbox/objects/razorpay.payment?limit=1000`);
  const { objects } = (await response.json()) as { readonly objects: readonly Request[] };
  return objects.filter(({ notes }) => notes.payment_id === paymentId);
}

const acts = (providerPaymentId: string, outcome: string) =>
  fetch(`${partners.urlOf('razorpay')}/sandbox/collect/${providerPaymentId}?outcome=${outcome}`);

beforeAll(async () => {
  partners = await startFast('http://127.0.0.1:1', { withoutWebhooks: ['razorpay'] });
  provider = razorpay.bind(settings(), impatientSend('razorpay'));
});
afterAll(() => partners.stop());

describe('a request to pay that goes to a UPI address', () => {
  it('has the form that Razorpay documents', async () => {
    const { send, requests } = recordingSend(impatientSend('razorpay'));
    const command = asked();
    const { orderId, paymentId } = command;
    const { payment, nextAction } = await razorpay.bind(settings(), send).start(present(), command);
    const last = requests.at(-1);
    expect([last?.method, new URL(last?.url ?? '').pathname]).toEqual(['POST', '/v1/payments/create/upi']);
    expect(JSON.parse(last?.body ?? '')).toEqual({
      ...{ amount: 499_000, currency: 'INR', order_id: payment.providerPaymentId, method: 'upi' },
      ...{ email: 'asha.rao@example.com', contact: '+919876543210', description: orderId },
      upi: { flow: 'collect', vpa, expiry_time: expect.toBeOneOf([29, 30]) },
      ...{ ip: '192.0.2.7', referer: 'https://shop.example/thanks', user_agent: 'Mozilla/5.0' },
      notes: { order_id: orderId, payment_id: paymentId },
    });
    expect(nextAction).toEqual({ type: 'push', expiresAt: command.payableUntil });
  });

  it('stays open for five minutes at least', async () => {
    const { send, requests } = recordingSend(impatientSend('razorpay'));
    const soon = new Date(Date.now() + 90_000).toISOString();
    await razorpay.bind(settings(), send).start(present(), asked({ payableUntil: soon }));
    expect(JSON.parse(requests.at(-1)?.body ?? '')).toMatchObject({ upi: { expiry_time: 5 } });
  });

  it.each(callFaults)('is sent once if the call meets the fault $name', async ({ fault }) => {
    const command = asked();
    partners.faults.add({ partner: 'razorpay', on: 'payments.createUpi', call: fault });
    await expect(provider.start(present(), command)).rejects.toMatchObject({ name: 'PartnerUnavailable' });
    const { payment, nextAction } = await provider.start(present(), command);
    expect(payment).toMatchObject({ status: 'waiting', isUnderWay: true });
    expect(nextAction.type).toBe('push');
    expect(await requestsOf(command)).toHaveLength(1);
  });

  it('is found without the address, which is not kept, and nobody is asked without one', async () => {
    const command = asked();
    const first = await provider.start(present(), command);
    const { payer: _, ...without } = command;
    expect(await provider.start(present(), without)).toEqual(first);
    expect(await requestsOf(command)).toHaveLength(1);

    const { payer: __, ...never } = asked();
    const { payment, nextAction } = await provider.start(present(), never);
    expect({ status: payment.status, nextAction }).toEqual({
      status: 'waiting',
      nextAction: { type: 'none' },
    });
    const { providerPaymentId } = payment;
    const ended = await provider.void(present(), { ...never, providerPaymentId, currency: 'INR' });
    expect(ended).toMatchObject({ status: 'voided', captures: [] });
    expect(await requestsOf(never)).toEqual([]);
  });

  it('goes to another address of the same order once it was refused', async () => {
    const command = asked();
    const { payment } = await provider.start(present(), command);
    await acts(payment.providerPaymentId, 'refuse');
    const refused = await provider.find(present(), payment);
    expect(refused).toMatchObject({ status: 'failed', failureCode: 'payment_declined' });
    const again = { ...command, payer: { ...command.payer, vpa: 'asha@otherbank' } };
    const second = await provider.start(present(), again);
    expect(second.payment).toMatchObject({
      ...{ status: 'waiting', providerPaymentId: payment.providerPaymentId },
    });
    expect((await requestsOf(command)).map((one) => one.vpa)).toEqual(['asha@otherbank', vpa]);
    await acts(payment.providerPaymentId, 'pay');
    expect(await provider.find(present(), payment)).toMatchObject({
      ...{ status: 'captured', captures: [{ amount: command.amount }] },
    });
  });

  it('fails for an address that Razorpay does not know, and the order stands', async () => {
    const command = asked({ vpa: 'nobody' });
    const { payment, nextAction } = await provider.start(present(), command);
    expect(payment).toMatchObject({ status: 'failed', failureCode: 'invalid_vpa', captures: [] });
    expect(nextAction).toEqual({ type: 'none' });
    const right = { ...command, payer: { ...command.payer, vpa } };
    const second = await provider.start(present(), right);
    expect(second.payment).toMatchObject({
      ...{ status: 'waiting', providerPaymentId: payment.providerPaymentId },
    });
  });

  it('can not be taken back: what is paid after the order has ended is found', async () => {
    const command = asked();
    const { payment } = await provider.start(present(), command);
    const { providerPaymentId } = payment;
    const voided = () => provider.void(present(), { ...command, providerPaymentId, currency: 'INR' });
    expect(await voided()).toMatchObject({ status: 'waiting' });
    await acts(providerPaymentId, 'pay');
    expect(await voided()).toMatchObject({ status: 'captured', captures: [{ amount: command.amount }] });
    expect(await provider.start(present(), command)).toMatchObject({ nextAction: { type: 'none' } });
  });

  it('that is paid is ours by its payment, which a dispute names', async () => {
    const command = asked();
    const { payment } = await provider.start(present(), command);
    await acts(payment.providerPaymentId, 'pay');
    const { captures } = await provider.find(present(), payment);
    const owner = await provider.ownerOf?.(present(), { providerPaymentId: captures[0]?.reference ?? '' });
    expect(owner).toEqual({ orderId: command.orderId, paymentId: command.paymentId });
  });
});
