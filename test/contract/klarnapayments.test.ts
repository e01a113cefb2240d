import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../infra/sandbox/start-partners.ts';
import { money } from '../../shared/kernel/money.ts';
import { PartnerNotSetUp } from '../../shared/partners/plug-in.ts';
import type { BoundPaymentProvider } from '../../shared/payment/provider.ts';
import { klarnapayments } from '../../shared/payment/providers/klarnapayments/adapter.ts';
import { idOf } from '../builders/ids.ts';
import { impatientSend, present, recordingSend } from '../fixtures/partner-calls.ts';
import { startFast } from './partners/sandbox.ts';

interface Settings {
  readonly accounts: readonly { readonly region: string }[];
}

let partners: Partners;
let provider: BoundPaymentProvider;
let count = 0;
const settings = () => partners.settings()['partners-payment']?.klarnapayments as unknown as Settings;

const asked = (country = 'DE', currency: 'EUR' | 'USD' = 'EUR') => {
  count += 1;
  return {
    ...{ orderId: idOf('order', count), paymentId: idOf('payment', count), method: 'klarna', country },
    ...{ amount: money(10_000, currency), payableUntil: '2099-01-01T00:00:00.000Z' },
  };
};

const visit = (providerPaymentId: string) =>
  fetch(
    `${partners.urlOf('klarnapayments')}/sandbox/pay/${providerPaymentId.split('-').slice(3).join('-')}?outcome=pay`,
    { redirect: 'manual' },
  );

async function authorised() {
  const command = asked();
  const { payment } = await provider.start(present(), command);
  const { providerPaymentId } = payment;
  await visit(providerPaymentId);
  return { ...command, providerPaymentId };
}

beforeAll(async () => {
  partners = await startFast('http://127.0.0.1:1', { withoutWebhooks: ['klarnapayments'] });
  provider = klarnapayments.bind(settings(), impatientSend('klarnapayments'));
});
afterAll(() => partners.stop());

describe('Klarna', () => {
  it('asks for the amount in lines that sum to it, under a key that is a UUID', async () => {
    const { send, requests } = recordingSend(impatientSend('klarnapayments'));
    const command = asked();
    await klarnapayments.bind(settings(), send).start(present(), command);
    expect(requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      'POST /payments/v1/sessions',
      'POST /hpp/v1/sessions',
    ]);
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({
      ...{ purchase_country: 'DE', purchase_currency: 'EUR', order_amount: 10_000 },
      order_lines: [{ quantity: 1, unit_price: 10_000, total_amount: 10_000 }],
      ...{ merchant_reference1: command.orderId, merchant_reference2: command.paymentId },
    });
    expect(JSON.parse(requests[1]?.body ?? '').merchant_urls.status_update).toMatch(
      /^https:\/\/shop\.example\/v1\/hooks\/payment\/klarnapayments\?secret=.{10,}$/,
    );
    const keys = requests.map(({ headers }) => headers['klarna-idempotency-key'] ?? '');
    for (const key of keys) expect(key).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(new Set(keys).size).toBe(2);
  });

  it('captures two parcels, and releases the rest with the last one', async () => {
    const intent = await authorised();
    const capture = (captureId: string, amountMinor: number, isFinal: boolean) =>
      provider.capture(present(), { ...intent, captureId, amount: money(amountMinor, 'EUR'), isFinal });
    expect(await capture('par_1', 4_000, false)).toMatchObject({ status: 'authorised' });
    const last = await capture('par_2', 5_000, true);
    expect(last).toMatchObject({
      status: 'captured',
      captures: [
        { captureId: 'par_1', amount: money(4_000, 'EUR') },
        { captureId: 'par_2', amount: money(5_000, 'EUR') },
      ],
    });
    // 100.00 less 40.00 and 50.00: the last 10.00 were released, and nothing more can be taken.
    expect(await capture('par_3', 1_000, true)).toEqual(last);
  });

  it('takes an order by its reference after its session was forgotten', async () => {
    const intent = await authorised();
    const { authorisationReference = '' } = await provider.find(present(), intent);
    expect(authorisationReference).not.toBe('');
    partners.moveClock('klarnapayments', 3 * 86_400_000);
    try {
      expect(await provider.find(present(), intent)).toMatchObject({ status: 'voided' });
      const known = { ...intent, authorisationReference };
      const command = { ...known, captureId: intent.paymentId, isFinal: true };
      expect(await provider.capture(present(), command)).toMatchObject({ status: 'captured' });
    } finally {
      partners.moveClock('klarnapayments', 0);
    }
  });

  it('can not capture an order that has expired', async () => {
    const intent = await authorised();
    const { authorisationReference = '' } = await provider.find(present(), intent);
    partners.moveClock('klarnapayments', 29 * 86_400_000);
    const command = { ...intent, authorisationReference, captureId: intent.paymentId, isFinal: true };
    const late = await provider
      .capture(present(), command)
      .finally(() => partners.moveClock('klarnapayments', 0));
    expect(late).toMatchObject({ status: 'voided', captures: [] });
  });

  it('is not voided if the shopper pays at the same time', async () => {
    const command = asked();
    const { payment } = await provider.start(present(), command);
    const { providerPaymentId } = payment;
    const racing = klarnapayments.bind(settings(), async (request) => {
      if (request.method === 'DELETE') await visit(providerPaymentId);
      return impatientSend('klarnapayments')(request);
    });
    const query = { ...command, providerPaymentId, currency: 'EUR' } as const;
    expect(await racing.void(present(), query)).toMatchObject({ status: 'authorised' });
    expect(await provider.void(present(), query)).toMatchObject({ status: 'voided' });
  });

  it('has an account for each region, and says which one is missing', async () => {
    const european = settings().accounts.filter(({ region }) => region === 'eu');
    const one = klarnapayments.bind({ ...settings(), accounts: european }, impatientSend('klarnapayments'));
    await expect(one.start(present(), asked('US', 'USD'))).rejects.toThrow(PartnerNotSetUp);
    const { payment } = await provider.start(present(), asked('US', 'USD'));
    expect(payment.providerPaymentId).toMatch(/^na-10000-USD-/);
  });
});
