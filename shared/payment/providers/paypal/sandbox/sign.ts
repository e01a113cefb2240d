import { randomUUID, sign } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type HookSecret, listSecrets, type SignedMessage } from '../../../../../infra/sandbox/signatures.ts';
import { SANDBOX_KEY } from './certificates.ts';

/** The headers of an event. The id of the webhook is part of what is signed; `origin` is where the certificate is. */
export function signEvent(
  webhookId: string,
  { timestamp, body }: Pick<SignedMessage, 'timestamp' | 'body'>,
  origin: string,
): Record<string, string> {
  const id = randomUUID();
  const time = new Date(timestamp * 1_000).toISOString().replace('.000Z', 'Z');
  const signed = `${id}|${time}|${webhookId}|${crc32(body)}`;
  return {
    'paypal-transmission-id': id,
    'paypal-transmission-time': time,
    'paypal-transmission-sig': sign('sha256', Buffer.from(signed), SANDBOX_KEY).toString('base64'),
    'paypal-cert-url': `${origin}/v1/notifications/certs/CERT-sandbox`,
    'paypal-auth-algo': 'SHA256withRSA',
  };
}

/** Signs a webhook. A link of the event says where this server is. */
export function signHook(secret: HookSecret, message: SignedMessage): Record<string, string> {
  const { links = [] } = JSON.parse(message.body) as { links?: readonly { readonly href: string }[] };
  const [newest = ''] = listSecrets(secret);
  return signEvent(newest, message, new URL(links[0]?.href ?? 'http://127.0.0.1').origin);
}
