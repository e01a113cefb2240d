import * as z from 'zod';
import { type Instant, instantSchema } from '../../kernel/time.ts';
import { secretTextSchema } from '../secret-text.ts';

/** The schema of the secrets of one webhook endpoint, each of that form. */
export const webhookSecretsOf = (value: z.ZodType<string>) =>
  z.array(z.strictObject({ id: z.string().min(1), value, notAfter: instantSchema.optional() })).min(1);

/**
 * The secrets of one webhook endpoint, whose text is the key. During a rotation both are listed. `notAfter` ends the
 * old one, and the id of the matching secret shows when the old one is no longer used. A placeholder is refused.
 */
export const webhookSecretsSchema = webhookSecretsOf(secretTextSchema);

/** What Standard Webhooks 1.0 asks of a key. */
const MIN_KEY_BYTES = 24;
const MAX_KEY_BYTES = 64;
/** Random keys of 24 bytes have 22 or more different ones. `AAAA…` has one, `0123…` as base 64 a few. */
const MIN_DIFFERENT_BYTES = 12;

/**
 * The key of a Standard Webhooks secret: the base 64 after `whsec_`, which may be left out. Undefined unless it is
 * exact base 64 of 24 to 64 bytes, most of them different: a loose reading makes an empty key of a placeholder, and
 * anybody signs with that or with `AAAA…`.
 */
export function standardWebhookKey(secret: string): Buffer | undefined {
  const text = secret.replace(/^whsec_/, '');
  const key = Buffer.from(text, 'base64');
  const isExact = key.toString('base64') === text;
  const isLong = key.length >= MIN_KEY_BYTES && key.length <= MAX_KEY_BYTES;
  return isExact && isLong && new Set(key).size >= MIN_DIFFERENT_BYTES ? key : undefined;
}

/** As {@link webhookSecretsSchema}, for partners that sign by Standard Webhooks. */
export const standardWebhookSecretsSchema = webhookSecretsOf(
  z
    .string()
    .refine(
      (text) => standardWebhookKey(text) !== undefined,
      `whsec_ and the base 64 of ${MIN_KEY_BYTES} to ${MAX_KEY_BYTES} bytes`,
    ),
);

export type WebhookSecret = z.infer<typeof webhookSecretsSchema>[number];

/** The secrets that are still valid at that instant. */
export function liveSecrets(secrets: readonly WebhookSecret[], now: Instant): readonly WebhookSecret[] {
  return secrets.filter(({ notAfter }) => notAfter === undefined || now <= notAfter);
}
