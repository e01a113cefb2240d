import { createHmac } from 'node:crypto';
import { invariant } from '../../kernel/invariant.ts';
import type { Instant } from '../../kernel/time.ts';
import { standardWebhookKey } from './webhook-secret.ts';

/** The headers of Standard Webhooks 1.0 for a message of ours: `verifyStandardWebhook` accepts them. */
export function signStandardWebhook({
  id,
  body,
  secret,
  now,
}: {
  readonly id: string;
  readonly body: string;
  /** `whsec_` and base64. */
  readonly secret: string;
  readonly now: Instant;
}): Readonly<Record<string, string>> {
  const key = standardWebhookKey(secret);
  invariant(key !== undefined, 'a secret of ours has the form of Standard Webhooks');
  const timestamp = String(Math.floor(Date.parse(now) / 1_000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
