import { createHmac } from 'node:crypto';
import type { Instant } from '../../kernel/time.ts';
import { findSigner, refuse, type SignatureCheck } from './signature-check.ts';
import type { WebhookSecret } from './webhook-secret.ts';

const prefix = 'hmac-sha256-hex=';

/**
 * A header whose value is `hmac-sha256-hex=<hex>`: HMAC-SHA256 over the raw body, the secret after Unicode
 * normalisation form KD as the key. No time is signed, so an old call can't be told from a new one here: a
 * replay is known by the id of its event.
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
