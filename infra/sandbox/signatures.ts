import { createHmac } from 'node:crypto';

/** Secrets of one webhook endpoint, newest first. During a rotation the older ones sign too. */
export type HookSecret = string | readonly string[];

/** The signed parts of a webhook. */
export interface SignedMessage {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/** The secrets, newest first. */
export function listSecrets(secret: HookSecret): readonly string[] {
  return typeof secret === 'string' ? [secret] : secret;
}

/** A header `t=<Unix seconds>,v1=<hex>`. The key is the text of the secret, and the signed text is `t.body`. */
export function signTimestampedHex(
  header: string,
  secret: HookSecret,
  { timestamp, body }: Pick<SignedMessage, 'timestamp' | 'body'>,
): Record<string, string> {
  const values = listSecrets(secret).map((one) => {
    const hex = createHmac('sha256', one).update(`${timestamp}.${body}`).digest('hex');
    return `v1=${hex}`;
  });
  return { [header]: [`t=${timestamp}`, ...values].join(',') };
}

/** Standard Webhooks 1.0. The key is the base64 after `whsec_`, and the signed text is `id.timestamp.body`. */
export function signAsStandardWebhook(secret: HookSecret, message: SignedMessage): Record<string, string> {
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
