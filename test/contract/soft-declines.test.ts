import { afterAll, beforeAll, expect, test } from 'vitest';
import { countrySchema } from '../../shared/kernel/country.ts';
import { money } from '../../shared/kernel/money.ts';
import { receivePaymentCallback, startPayment } from '../../shared/payment/index.ts';
import { confirmAsBrowser } from '../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';
import { factsNamed } from '../../shared/timeline/index.ts';
import { drawsOf } from '../payment-orders/draws.ts';
import { placeOrder } from '../payment-orders/order.ts';
import { type Sandboxes, startSandboxes } from '../payment-orders/sandboxes.ts';

let sandboxes: Sandboxes;
beforeAll(async () => {
  sandboxes = await startSandboxes(1);
});
afterAll(() => sandboxes.stop());

let place = 900;

/** An order whose card was declined in the shopper's browser; its provider has called. */
async function declined(card: string) {
  place += 1;
  const provider = sandboxes.providers.find(({ plugIn }) => plugIn.code === 'stripe');
  const offer = provider?.plugIn.methods.find(({ method }) => method === 'card');
  if (provider === undefined || offer === undefined) throw new Error('Stripe takes cards');
  const plan = { provider, offer, amount: money(4_990, 'EUR'), country: countrySchema.parse('DE') };
  const order = placeOrder(sandboxes, plan, place, drawsOf(1, place));
  const start = () => startPayment(order.deps, order.orderId, { returnUrl: 'https://shop.example/return' });
  const started = await start();
  const secret =
    started.ok && started.value.nextAction.type === 'confirm' ? started.value.nextAction.clientSecret : '';
  await confirmAsBrowser(provider.url, secret, card).catch(() => undefined);
  for (const call of await sandboxes.calls()) await receivePaymentCallback(order.deps, call);
  return { order, start, code: factsNamed(order.facts(), 'payment.failed').at(-1)?.data.code };
}

test('a card that its bank could not be asked about is offered anew through another provider', async () => {
  const { order, start, code } = await declined('pm_card_chargeDeclinedProcessingError');
  expect(code).toBe('processing_error');
  const again = await start();
  expect(again).toMatchObject({ ok: true, value: { method: 'card', nextAction: { type: 'redirect' } } });
  expect(again.ok && again.value.provider).not.toBe('stripe');
  expect(order.facts().map(({ name }) => name)).toEqual([
    ...['order.placed', 'payment.started', 'payment.failed', 'payment.moved', 'intent.voided'],
    'payment.started',
  ]);
});

test('a card without money stays with its provider', async () => {
  const { order, start, code } = await declined('pm_card_chargeDeclinedInsufficientFunds');
  expect(code).toBe('insufficient_funds');
  expect(await start()).toMatchObject({ ok: true, value: { provider: 'stripe' } });
  expect(order.facts().map(({ name }) => name)).not.toContain('payment.moved');
});

test('no soft decline is about the shopper, the money or fraud', () => {
  const codes = sandboxes.providers.flatMap(({ bound }) => bound.softDeclines ?? []);
  expect(codes.length).toBeGreaterThan(0);
  for (const code of codes) expect(code).not.toMatch(/fund|balance|fraud|lost|stolen|pin|limit|expired/i);
});
