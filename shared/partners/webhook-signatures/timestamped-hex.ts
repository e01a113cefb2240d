import { createHmac } from 'node:crypto';
import type { Instant } from '../../kernel/time.ts';
import { checkAge, findSigner, readSeconds, refuse, type SignatureCheck } from './signature-check.ts';
import type { WebhookSecret } from './webhook-secret.ts';

/**
 * The family `t=<unix seconds>,v1=<hex>[,v1=<hex>]` in one header: HMAC-SHA256 over `t.body`, the whole secret
 * text as the key. Several partners use it; other schemes in the header are ignored.
 */
export function verifyTimestampedHex(
  header: string | undefined,
  message: { readonly rawBody: Buffer; readonly now: Instant; readonly secrets: readonly WebhookSecret[] },
): SignatureCheck {
  if (header === undefined || header === '') return refuse('no-signature');
  const pairs = header.split(',').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim() };
  });
  const timestamp = pairs.find(({ name }) => name === 't')?.value;
  const seconds = readSeconds(timestamp);
  const signatures = pairs.filter(({ name }) => name === 'v1').map(({ value }) => Buffer.from(value));
  if (seconds === undefined || signatures.length === 0) return refuse('malformed');
  const check = findSigner(message.secrets, message.now, signatures, (secret) =>
    Buffer.from(createHmac('sha256', secret).update(`${timestamp}.`).update(message.rawBody).digest('hex')),
  );
  // The age is checked only after the signature: before that, anybody could have written the time.
  return check.genuine && !checkAge(seconds, message.now) ? refuse('stale') : check;
}
