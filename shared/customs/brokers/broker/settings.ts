import * as z from 'zod';
import { baseUrlSchema } from '../../../partners/partner-answer.ts';
import { secretTextSchema } from '../../../partners/secret-text.ts';
import { standardWebhookSecretsSchema } from '../../../partners/webhook-signatures/index.ts';

export const restBrokerSettings = z.strictObject({
  apiKey: secretTextSchema,
  webhookSecrets: standardWebhookSecretsSchema,
  baseUrl: baseUrlSchema,
  /** Our EORI number, for declarations that do not name another one. */
  eori: z
    .string()
    .regex(/^[A-Z]{2}[A-Z0-9]{1,15}$/)
    .optional(),
});

export type RestBrokerSettings = z.infer<typeof restBrokerSettings>;
