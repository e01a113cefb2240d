import { createHmac } from 'node:crypto';
import type { Instant } from '../../kernel/time.ts';
import { checkAge, findSigner, refuse, type SignatureCheck } from './signature-check.ts';
import type { WebhookSecret } from './webhook-secret.ts';

/** Unix time in seconds, or in milliseconds. */
const TIME = /^\d{10}(\d{3})?$/;

/**
 * The family `ts=<Unix time>,v1=<hex>` in one header: HMAC-SHA256 over a text that names the object and the time, and
 * not over the body. `manifestOf` gives the text for a time; undefined if the call lacks a part of it. The body is a
 * hint then: nobody vouches for it.
 */
export function verifySignedManifest(
  header: string | undefined,
  message: {
    readonly manifestOf: (time: string) => string | undefined;
    readonly now: Instant;
    readonly secrets: readonly WebhookSecret[];
  },
): SignatureCheck {
  if (header === undefined || header === '') return refuse('no-signature');
  const pairs = header.split(',').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim() };
  });
  const time = pairs.find(({ name }) => name === 'ts')?.value ?? '';
  const signatures = pairs.filter(({ name }) => name === 'v1').map(({ value }) => Buffer.from(value));
  const manifest = TIME.test(time) ? message.manifestOf(time) : undefined;
  if (manifest === undefined || signatures.length === 0) return refuse('malformed');
  const check = findSigner(message.secrets, message.now, signatures, (secret) =>
    Buffer.from(createHmac('sha256', secret).update(manifest).digest('hex')),
  );
  const seconds = time.length === 10 ? Number(time) : Number(time) / 1_000;
  // The age is checked only after the signature: before that, anybody could have written the time.
  return check.genuine && !checkAge(seconds, message.now) ? refuse('stale') : check;
}
