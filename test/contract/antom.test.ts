import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signRsa } from '../../infra/sandbox/rsa-keys.ts';
import type { Partners } from '../../infra/sandbox/start-partners.ts';
import { money } from '../../shared/kernel/money.ts';
import type { BoundPaymentProvider } from '../../shared/payment/provider.ts';
import { antom } from '../../shared/payment/providers/antom/adapter.ts';
import { idOf } from '../builders/ids.ts';
import { impatientSend, present, recordingSend } from '../fixtures/partner-calls.ts';
import { startFast } from './partners/sandbox.ts';
import { visitWallet } from './suites/payment/wallets.ts';

let partners: Partners;
let provider: BoundPaymentProvider;
const settings = () => partners.settings()['partners-payment']?.antom;
let count = 0;

const start = (over: object = {}) => {
  count += 1;
  const ids = { orderId: idOf('order', count), paymentId: idOf('payment', count) };
  const command = { ...ids, amount: money(4_990, 'HKD'), method: 'alipay-hk', country: 'HK' };
  const asked = { ...command, payableUntil: '2099-01-01T00:00:00.000Z', ...over };
  return { command: asked, started: provider.start(present(), asked) };
};

beforeAll(async () => {
  partners = await startFast('http://127.0.0.1:1', { withoutWebhooks: ['antom'] });
  provider = antom.bind(settings(), impatientSend('antom'));
});
afterAll(() => partners.stop());

describe('Antom', () => {
  it('gives back what was paid and cancelled at the same time, and a refund of it is done', async () => {
    const { command, started } = start();
    const { providerPaymentId } = (await started).payment;
    const racing = antom.bind(settings(), async (request) => {
      // The shopper pays after we asked for the state, and before the cancellation arrives.
      if (request.url.endsWith('/cancel'))
        await visitWallet('antom', partners.urlOf('antom'), { providerPaymentId }, 'pay');
      return impatientSend('antom')(request);
    });
    const voided = await racing.void(present(), { ...command, providerPaymentId, currency: 'HKD' });
    expect(voided).toMatchObject({ status: 'voided', captures: [] });
    const refund = {
      ...command,
      providerPaymentId,
      refundId: idOf('refund', 1),
      askedAt: present(),
      otherReferences: [],
    };
    expect(await provider.refund(present(), refund)).toMatchObject({
      status: 'paid',
      amount: command.amount,
    });
  });

  it('is looked up by our ids after a lost answer, whatever became of it since', async () => {
    const never = { orderId: idOf('order', 901), paymentId: idOf('payment', 901) };
    expect(await provider.findStarted?.(present(), never)).toBeUndefined();
    partners.faults.add({ partner: 'antom', on: 'pay', call: { kind: 'reset', done: true } });
    const { command, started } = start();
    await expect(started).rejects.toMatchObject({ name: 'PartnerUnavailable' });
    const found = await provider.findStarted?.(present(), command);
    expect(found).toMatchObject({ status: 'waiting', amount: command.amount, captures: [] });
    const providerPaymentId = found?.providerPaymentId ?? '';
    await visitWallet('antom', partners.urlOf('antom'), { providerPaymentId }, 'pay');
    const paid = { providerPaymentId, status: 'captured', captures: [{ amount: command.amount }] };
    expect(await provider.findStarted?.(present(), command)).toMatchObject(paid);
    expect(await provider.start(present(), command)).toMatchObject({
      ...{ payment: paid, nextAction: { type: 'none' } },
    });
  });

  it('is looked up where the answer to a repeated start has no next action', async () => {
    const { command, started } = start();
    const { payment } = await started;
    const mute = antom.bind(settings(), async (request) => {
      const response = await impatientSend('antom')(request);
      if (!request.url.endsWith('/pay')) return response;
      const body = response.body.replace(/,"normalUrl":"[^"]*"/, '');
      expect(body).not.toBe(response.body);
      const head = `POST ${new URL(request.url).pathname}\nSANDBOX_MERCHANT.${response.headers['response-time']}`;
      const signature = signRsa(partners.keysOf('antom').webhookSecret, `${head}.${body}`);
      const header = `algorithm=RSA256,keyVersion=1,signature=${encodeURIComponent(signature)}`;
      return { ...response, body, headers: { ...response.headers, signature: header } };
    });
    expect(await mute.start(present(), command)).toMatchObject({
      payment: { providerPaymentId: payment.providerPaymentId, status: 'waiting' },
      nextAction: { type: 'none' },
    });
  });

  it('tells the state of a payment that is asked for again once it has ended', async () => {
    const { command, started } = start();
    const { providerPaymentId } = (await started).payment;
    await visitWallet('antom', partners.urlOf('antom'), { providerPaymentId }, 'decline');
    const again = await provider.start(present(), command);
    expect(again).toMatchObject({
      payment: { providerPaymentId, status: 'failed' },
      nextAction: { type: 'none' },
    });
  });

  it('refuses a payment that it never took', async () => {
    await expect(start({ amount: money(4_990, 'EUR') }).started).rejects.toMatchObject({
      ...{ name: 'PartnerRefused', status: 422, code: 'CURRENCY_NOT_SUPPORT' },
    });
  });

  it('accepts no answer that Antom did not sign', async () => {
    const changed = antom.bind(settings(), async (request) => {
      const response = await impatientSend('antom')(request);
      return { ...response, body: response.body.replace('"4990"', '"1"') };
    });
    const { command, started } = start();
    const { providerPaymentId } = (await started).payment;
    await expect(changed.find(present(), { ...command, providerPaymentId })).rejects.toThrow(/signature/);
  });

  it('signs its requests, and one by another key is refused as ours to repair', async () => {
    const { send, requests } = recordingSend(impatientSend('antom'));
    const foreign = antom.bind(settings(), (request) =>
      send({ ...request, headers: { ...request.headers, 'request-time': String(Date.now() + 1) } }),
    );
    await expect(foreign.find(present(), { providerPaymentId: '1' })).rejects.toMatchObject({
      ...{ name: 'PartnerRefused', status: 403, code: 'INVALID_SIGNATURE' },
    });
    expect(requests[0]?.url).toContain('/ams/sandbox/api/v1/payments/inquiryPayment');
    expect(requests[0]?.headers.signature).toMatch(/^algorithm=RSA256,keyVersion=1,signature=[\w%.~-]+$/);
  });

  it('is acknowledged as it asks to be', () => {
    expect(JSON.parse(provider.acknowledgement ?? '')).toEqual({
      result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' },
    });
  });
});
