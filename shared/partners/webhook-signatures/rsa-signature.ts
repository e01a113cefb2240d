import type { Instant } from '../../kernel/time.ts';
import { isSignedByRsa } from '../rsa.ts';
import { checkAge, refuse, type SignatureCheck } from './signature-check.ts';
import { liveSecrets, type WebhookSecret } from './webhook-secret.ts';

/**
 * The family of RSA (PKCS #1 v1.5) with SHA-256 over bytes that hold the time and the body. The `value` of each secret
 * is a public key of the partner. `seconds` is the Unix time in the signed bytes; undefined if it can't be read.
 */
export function verifyRsaSignature(
  signature: string | undefined,
  message: {
    readonly signed: Buffer;
    readonly seconds: number | undefined;
    readonly now: Instant;
    readonly secrets: readonly WebhookSecret[];
  },
): SignatureCheck {
  const { signed, seconds, now, secrets } = message;
  if (signature === undefined || signature === '') return refuse('no-signature');
  if (seconds === undefined) return refuse('malformed');
  const signer = liveSecrets(secrets, now).find(({ value }) => isSignedByRsa(value, signed, signature));
  if (signer === undefined) return refuse('bad-signature');
  // The age is checked only after the signature: before that, anybody could have written the time.
  return checkAge(seconds, now) ? { genuine: true, secretId: signer.id } : refuse('stale');
}
