import * as z from 'zod';
import { type Instant, instantSchema } from '../../kernel/time.ts';

/**
 * The secrets of one webhook endpoint. While one is being replaced both are listed; `notAfter` ends the old
 * one, and the id of the secret that matched tells when it is no longer in use.
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

/** The secrets that still count at that instant. */
export function liveSecrets(secrets: readonly WebhookSecret[], now: Instant): readonly WebhookSecret[] {
  return secrets.filter(({ notAfter }) => notAfter === undefined || now <= notAfter);
}
