import * as z from 'zod';
import { defineTestAccount } from '../../../../../infra/test-accounts/test-account.ts';
import { testKeySchema } from '../../../../../infra/test-accounts/test-key.ts';
import { baseUrlSchema } from '../../../../partners/partner-answer.ts';
import { secretTextSchema } from '../../../../partners/secret-text.ts';
import { webhookSecretsSchema } from '../../../../partners/webhook-signatures/index.ts';
import { getRequest } from '../requests.ts';
import { sandboxPartner } from '../sandbox/partner.ts';
import { customsSignerSchema, servicesSchema } from '../settings.ts';
import { positionSchema, readTrackers } from './read-trackers.ts';

const keyForms = { partner: 'EasyPost', test: ['EZTK'], live: ['EZAK'] };

/** EasyPost with a test key: labels cost nothing and are not valid for carriage. */
export const testAccount = defineTestAccount({
  kind: 'carrier',
  code: 'easypost',
  entry: z.strictObject({
    apiKey: testKeySchema(keyForms, secretTextSchema),
    /** Secrets of webhooks that reach this machine by a tunnel. */
    webhookSecrets: webhookSecretsSchema.default([]),
    baseUrl: baseUrlSchema.default('https://api.easypost.com'),
    services: servicesSchema,
    customsSigner: customsSignerSchema,
  }),
  position: positionSchema,
  polled: 'its trackers',
  pollEveryMs: 10_000,
  limits: [
    'No carrier picks a parcel up: a test label is not valid. A parcel moves on only as far as EasyPost moves its test trackers.',
    'A new account has USPS alone, which takes parcels in the United States only. The sample warehouses are in Shenzhen and Poznań: connect a carrier that serves them, or store a warehouse in the United States.',
  ],
  baseUrl: ({ baseUrl }) => baseUrl,
  settings: ({ webhookSecrets, ...own }, secret) => ({ ...own, webhookSecrets: [secret, ...webhookSecrets] }),
  checkRequest: (entry) => getRequest(entry, '/v2/trackers?page_size=1'),
  firstPosition: (atMs) => ({ since: new Date(atMs).toISOString(), seen: {} }),
  poll: readTrackers,
  sign: sandboxPartner.signHook,
});
