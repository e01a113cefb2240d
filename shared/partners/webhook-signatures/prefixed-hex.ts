import { createHmac } from 'node:crypto';
import type { Instant } from '../../kernel/time.ts';
import { findSigner, refuse, type SignatureCheck } from './signature-check.ts';
import type { WebhookSecret } from './webhook-secret.ts';

const prefix = 'hmac-sha256-hex=';

/**
 * A header whose value is `hmac-sha256-hex=<hex>`: HMAC-SHA256 over the raw body. The key is the secret in Unicode
 * normalisation form KD. The signature covers no time, so its age can't be checked: a replay is recognised by the
 * event's id.
 */
export function verifyPrefixedHex(
  header: string | undefined,
  message: { readonly rawBody: Buffer; readonly now: Instant; readonly secrets: readonly WebhookSecret[] },
): SignatureCheck {
  if (header === undefined || header === '') return refuse('no-signature');
  if (!header.startsWith(prefix)) return refuse('malformed');
  const given = Buffer.from(header.slice(prefix.length));
  return findSigner(message.secrets, message.now, [given], (secret) =>
    Buffer.from(createHmac('sha256', secret.normalize('NFKD')).update(message.rawBody).digest('hex')),
  );
}
