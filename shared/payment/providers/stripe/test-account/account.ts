import * as z from 'zod';
import { defineTestAccount } from '../../../../../infra/test-accounts/test-account.ts';
import { testKeySchema } from '../../../../../infra/test-accounts/test-key.ts';
import { baseUrlSchema } from '../../../../partners/partner-answer.ts';
import { secretTextSchema } from '../../../../partners/secret-text.ts';
import { webhookSecretsSchema } from '../../../../partners/webhook-signatures/index.ts';
import { getRequest, postRequest } from '../requests.ts';
import { sandboxPartner } from '../sandbox/partner.ts';
import { positionSchema, readEvents } from './read-events.ts';

const keyForms = { partner: 'Stripe', test: ['sk_test_', 'rk_test_'], live: ['sk_live_', 'rk_live_'] };

/** Stripe with a test key: no card is charged. Stripe's test mode allows 25 requests a second. */
export const testAccount = defineTestAccount({
  kind: 'payment',
  code: 'stripe',
  entry: z.strictObject({
    apiKey: testKeySchema(keyForms, secretTextSchema),
    /** Secrets of webhooks that reach this machine by a tunnel, such as that of `stripe listen`. */
    webhookSecrets: webhookSecretsSchema.default([]),
    baseUrl: baseUrlSchema.default('https://api.stripe.com'),
  }),
  position: positionSchema,
  polled: 'its events',
  pollEveryMs: 2_000,
  limits: [
    'No card form: the sample shop of a browser is not there, because its card form replaces Stripe.js. Pay by the command below.',
    "Klarna and MobilePay work only if they are activated in the account's dashboard, and a browser has to open the redirect.",
    'Events older than 30 days are gone at Stripe: the sweeper then asks for each payment itself.',
  ],
  baseUrl: ({ baseUrl }) => baseUrl,
  settings: ({ apiKey, baseUrl, webhookSecrets }, secret) => ({
    apiKey,
    baseUrl,
    webhookSecrets: [secret, ...webhookSecrets],
  }),
  checkRequest: (entry) => getRequest(entry, '/v1/events?limit=1'),
  firstPosition: (atMs) => ({ from: Math.floor(atMs / 1_000), seen: [] }),
  poll: readEvents,
  sign: sandboxPartner.signHook,
  testCardsUrl: 'https://docs.stripe.com/testing',
  pay: async (call, entry, clientSecret) => {
    const intentId = clientSecret.split('_secret_')[0] ?? '';
    await call(
      postRequest(entry, {
        path: `/v1/payment_intents/${encodeURIComponent(intentId)}/confirm`,
        form: { payment_method: 'pm_card_visa', return_url: 'https://example.com/' },
        idempotencyKey: `confirm:${intentId}`,
      }),
    );
  },
  payCommand: ({ baseUrl }) =>
    [
      `curl -s ${baseUrl}/v1/payment_intents/\${SECRET%%_secret_*}/confirm -u "$STRIPE_TEST_KEY:"`,
      '-d payment_method=pm_card_visa -d return_url=https://example.com/',
    ].join(' '),
});
