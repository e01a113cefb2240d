import * as z from 'zod';
import { type Instant, instantSchema } from '../../kernel/time.ts';

/**
 * The secrets of one webhook endpoint. During a rotation both are listed. `notAfter` ends the old one, and the id of
 * the matching secret shows when the old one is no longer used.
 */
export const webhookSecretsSchema = z
  .array(
    z.strictObject({
      id: z.string().min(1),
      value: z.string().min(1),
      notAfter: instantSchema.optional(),
    }),
  )
  .min(1);

export type WebhookSecret = z.infer<typeof webhookSecretsSchema>[number];

/** The secrets that are still valid at that instant. */
export function liveSecrets(secrets: readonly WebhookSecret[], now: Instant): readonly WebhookSecret[] {
  return secrets.filter(({ notAfter }) => notAfter === undefined || now <= notAfter);
}
