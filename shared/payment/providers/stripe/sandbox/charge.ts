import { newId } from '../../../../../infra/sandbox/random.ts';
import type { StripeBooks } from './books.ts';
import type { StripeMethod } from './methods.ts';
import type { StripeCharge, StripeIntent } from './wire.ts';

/** Where the test card was issued. Stripe's own test cards are of the United States, but for those of a country. */
function issuedIn({ id }: StripeMethod): string {
  const code = /^pm_card_([a-z]{2})$/.exec(id)?.[1]?.toUpperCase();
  return code ?? 'US';
}

/** Cards of Europe are authenticated, without a question to the cardholder unless the card asks for one. */
function threeDSecure(method: StripeMethod): Record<string, string> | null {
  const isEuropean = ['DE', 'FR', 'GB'].includes(issuedIn(method));
  if (method.outcome !== 'authenticate' && !isEuropean) return null;
  return {
    authentication_flow: method.outcome === 'authenticate' ? 'challenge' : 'frictionless',
    ...{ electronic_commerce_indicator: '05', result: 'authenticated', version: '2.2.0' },
  };
}

/** One attempt to charge the intent's amount. `failure` is the decline's code, or null if the bank agreed. */
export function newCharge(
  books: StripeBooks,
  intent: StripeIntent,
  method: StripeMethod,
  failure: string | null,
): StripeCharge {
  return {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    balance_transaction: null,
    billing_details: { address: null, email: intent.receipt_email, name: null, phone: null },
    captured: false,
    created: books.nowSeconds(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_code: failure,
    failure_message: failure === null ? null : 'Your card was declined.',
    livemode: false,
    metadata: intent.metadata,
    outcome: {
      network_status: failure === null ? 'approved_by_network' : 'declined_by_network',
      risk_level: 'normal',
      type: failure === null ? 'authorized' : 'issuer_declined',
    },
    paid: failure === null,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: {
      type: method.type,
      [method.type]:
        method.type === 'card'
          ? {
              brand: 'visa',
              country: issuedIn(method),
              last4: '4242',
              three_d_secure: threeDSecure(method),
              wallet: null,
            }
          : {},
    },
    receipt_url: null,
    refunded: false,
    shipping: intent.shipping,
    status: failure === null ? 'succeeded' : 'failed',
  };
}
