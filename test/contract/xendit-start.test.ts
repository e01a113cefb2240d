import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Partners } from '../../infra/sandbox/start-partners.ts';
import { money } from '../../shared/kernel/money.ts';
import type { BoundPaymentProvider } from '../../shared/payment/provider.ts';
import { xendit } from '../../shared/payment/providers/xendit/adapter.ts';
import { idOf } from '../builders/ids.ts';
import { impatientSend, present } from '../fixtures/partner-calls.ts';
import { startFast } from './partners/sandbox.ts';

let partners: Partners;
let provider: BoundPaymentProvider;

const command = {
  ...{ orderId: idOf('order', 1), paymentId: idOf('payment', 1), method: 'dana', country: 'ID' },
  ...{ amount: money(9_900_000, 'IDR'), payableUntil: '2099-01-01T00:00:00.000Z' },
} as const;

beforeAll(async () => {
  partners = await startFast('http://127.0.0.1:1', { withoutWebhooks: ['xendit'] });
  provider = xendit.bind(partners.settings()['partners-payment']?.xendit, impatientSend('xendit'));
});
afterAll(() => partners.stop());

it("a wallet's start whose answer was lost is found without the page to return to, and voided", async () => {
  const call = { kind: 'reset', done: true } as const;
  partners.faults.add({ partner: 'xendit', on: 'payment_requests.create', call });
  const first = provider.start(present(), { ...command, returnUrl: 'https://shop.example/thanks' });
  await expect(first).rejects.toMatchObject({ name: 'PartnerUnavailable' });
  // The step that voids the payment of a stopped order knows the order alone.
  const { payment } = await provider.start(present(), command);
  const { providerPaymentId } = payment;
  const ended = await provider.void(present(), { ...command, providerPaymentId, currency: 'IDR' });
  expect(ended).toMatchObject({ status: 'voided', captures: [] });
  const stored = await fetch(`${partners.urlOf('xendit')}/_sandbox/objects/xendit.payment_request`);
  const { objects } = (await stored.json()) as { readonly objects: readonly { readonly status: string }[] };
  expect(objects.map(({ status }) => status)).toEqual(['CANCELED']);
});
