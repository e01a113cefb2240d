import { createHmac } from 'node:crypto';
import type { Instant } from '../../kernel/time.ts';
import { findSigner, refuse, type SignatureCheck } from './signature-check.ts';
import type { WebhookSecret } from './webhook-secret.ts';

/**
 * A header whose value is the hex of HMAC-SHA256 over the raw body, in lower case. It covers no time: a replay is
 * recognised by the event's id.
 */
export function verifyPlainHex(
  header: string | undefined,
  message: { readonly rawBody: Buffer; readonly now: Instant; readonly secrets: readonly WebhookSecret[] },
): SignatureCheck {
  if (header === undefined || header === '') return refuse('no-signature');
  return findSigner(message.secrets, message.now, [Buffer.from(header)], (secret) =>
    Buffer.from(createHmac('sha256', secret).update(message.rawBody).digest('hex')),
  );
}
