import Stripe from 'stripe';
import { keys, type Receiver } from './sandbox.ts';

/** The official client, pointed at the sandbox. */
export function connectStripe(url: string, key: string = keys.stripe.apiKey): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
}

/** Event types about one intent, each accepted by the official check, in the order of arrival. */
export function eventsAbout(receiver: Receiver, intentId: string): string[] {
  const { webhooks } = new Stripe(keys.stripe.apiKey);
  return receiver.arrived
    .filter((hook) => hook.path === '/v1/hooks/payment/stripe')
    .map((hook) =>
      webhooks.constructEvent(hook.raw, String(hook.headers['stripe-signature']), keys.stripe.webhookSecret),
    )
    .filter((event) => JSON.stringify(event.data.object).includes(intentId))
    .map((event) => event.type);
}

/** The Stripe error that the call fails with. */
export async function errorOf(
  promise: Promise<unknown>,
): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Stripe.errors.StripeError)) {
    throw new Error(`Expected a Stripe error, got ${String(error)}`);
  }
  return error;
}
