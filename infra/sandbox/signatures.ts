import { createHmac } from 'node:crypto';

/** Secrets of one webhook endpoint; the newest signs first, older ones sign too while they are being rolled. */
export type HookSecret = string | readonly string[];

function listSecrets(secret: HookSecret): readonly string[] {
  return typeof secret === 'string' ? [secret] : secret;
}

/** Stripe-Signature: the whole `whsec_` text is the key, and `t.body` is signed. `timestamp` in Unix seconds. */
export function signAsStripe(secret: HookSecret, body: string, timestamp: number): Record<string, string> {
  const values = listSecrets(secret).map((one) => {
    const hex = createHmac('sha256', one).update(`${timestamp}.${body}`).digest('hex');
    return `v1=${hex}`;
  });
  return { 'stripe-signature': [`t=${timestamp}`, ...values].join(',') };
}

/** EasyPost: the secret after NFKD is the key, the raw body is signed, and no time is in it. One secret only. */
export function signAsEasyPost(secret: HookSecret, body: string): Record<string, string> {
  const key = (listSecrets(secret)[0] ?? '').normalize('NFKD');
  return { 'x-hmac-signature': `hmac-sha256-hex=${createHmac('sha256', key).update(body).digest('hex')}` };
}

/** Standard Webhooks 1.0: the base64 after `whsec_` is the key, and `id.timestamp.body` is signed. */
export function signAsStandardWebhook(
  secret: HookSecret,
  message: { id: string; timestamp: number; body: string },
): Record<string, string> {
  const signed = `${message.id}.${message.timestamp}.${message.body}`;
  const values = listSecrets(secret).map((one) => {
    const key = Buffer.from(one.replace(/^whsec_/, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  });
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': values.join(' '),
  };
}
