import type {
  PartnerRequest,
  PartnerServer,
  Sandbox,
  SandboxPartner,
} from '../../../../../infra/sandbox/partner.ts';
import { newApiKey } from '../../../../../infra/sandbox/partner-keys.ts';
import { signTimestampedHex } from '../../../../../infra/sandbox/signatures.ts';
import { StripeBooks } from './books.ts';
import { stripeCheckout } from './checkout.ts';
import { type DisputeKind, decideDispute, openDispute } from './disputes.ts';
import { parseForm } from './form.ts';
import { stripeHelp } from './help.ts';
import { guardStripeKey, inFlightStripeKey } from './idempotency.ts';
import { stamp } from './operation.ts';
import { stripeOperations } from './operations.ts';
import { settleRefund } from './refunds.ts';
import { answerError } from './refusal.ts';

/** Stripe: cards and local payment methods, refunds, disputes and their events. */
export const sandboxPartner: SandboxPartner = {
  kind: 'payment',
  code: 'stripe',
  portOffset: 0,
  help: stripeHelp,
  answersBrowsers: true,
  checkout: stripeCheckout,
  createKeys: () => ({ apiKey: newApiKey('sk_test_'), webhookSecret: newApiKey('whsec_') }),
  settings: ({ url, apiKey, webhookSecrets }) => ({ apiKey, webhookSecrets, baseUrl: url }),
  signHook: (secret, message) => signTimestampedHex('stripe-signature', secret, message),
  createServer: createStripe,
};

function createStripe(sandbox: Sandbox): PartnerServer {
  const books = new StripeBooks(sandbox);
  return {
    operations: stripeOperations({ sandbox, books }),
    steps: {
      'stripe.refund': (data: { refund: string; fails: boolean }) => settleRefund(books, data),
      'stripe.dispute': ({ charge, kind }: { charge: string; kind: DisputeKind }) =>
        void openDispute(books, charge, kind),
      'stripe.dispute_decision': (data: { dispute: string }) => decideDispute(books, data.dispute),
    },
    guard: (request, named, work) => guardStripeKey(sandbox.store, request, named, work),
    inFlightKey: inFlightStripeKey,
    contextOf: (request, { id }) => contextOf(sandbox, request, id),
    conflict: (requestId) => {
      const message = 'There is currently another in-progress request using this idempotent key.';
      return stamp(
        requestId,
        answerError(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message }),
      );
    },
    error: (status, requestId, detail) => stamp(requestId, answerError(status, errorFor(status, detail))),
  };
}

function errorFor(status: number, message: string): Parameters<typeof answerError>[1] {
  if (status === 400 || status === 404) return { type: 'invalid_request_error', message };
  return status === 429
    ? { type: 'invalid_request_error', code: 'rate_limit', message }
    : { type: 'api_error', message };
}

function contextOf(sandbox: Sandbox, request: PartnerRequest, id: string | undefined): string {
  const named = parseForm(request.body).payment_intent ?? id;
  return typeof named === 'string'
    ? JSON.stringify(sandbox.store.get('stripe.payment_intent', named) ?? '')
    : '';
}
