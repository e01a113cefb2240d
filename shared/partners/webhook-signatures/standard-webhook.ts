import { createHmac } from 'node:crypto';
import type { Instant } from '../../kernel/time.ts';
import type { Callback } from '../plug-in.ts';
import { checkAge, findSigner, readSeconds, refuse, type SignatureCheck } from './signature-check.ts';
import { standardWebhookKey, type WebhookSecret } from './webhook-secret.ts';

/**
 * Standard Webhooks 1.0: headers `webhook-id`, `webhook-timestamp` (Unix seconds) and `webhook-signature`, a list of
 * `v1,<base64>` separated by spaces. HMAC-SHA256 over `id.timestamp.body`; the key is the base64 after `whsec_`. The id
 * names the message: use it as the callback's id once the check has passed.
 */
export function verifyStandardWebhook(
  callback: Pick<Callback, 'headers' | 'rawBody'>,
  context: { readonly now: Instant; readonly secrets: readonly WebhookSecret[] },
): SignatureCheck {
  const id = callback.headers['webhook-id'];
  const timestamp = callback.headers['webhook-timestamp'];
  const header = callback.headers['webhook-signature'];
  if (id === undefined || header === undefined || header === '') return refuse('no-signature');
  const seconds = readSeconds(timestamp);
  if (id === '' || seconds === undefined) return refuse('malformed');
  const signatures = header
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice('v1,'.length)));
  const check = findSigner(context.secrets, context.now, signatures, (secret) => {
    const key = standardWebhookKey(secret);
    // The settings were checked, so that this secret comes from elsewhere. Nothing is signed with it.
    if (key === undefined) return undefined;
    const signed = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(callback.rawBody);
    return Buffer.from(signed.digest('base64'));
  });
  // The age is checked only after the signature: before that, anybody could have written the time.
  return check.genuine && !checkAge(seconds, context.now) ? refuse('stale') : check;
}
